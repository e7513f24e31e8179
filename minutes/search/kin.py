"""The nearest relatives of a word by derivation: "parkering" and "parkere", "frivillig" and "frivillighed".

Words go in and come out in their basic form; only such come out as the lexicon has. Who does a thing is no kin: a
"leder" is somebody, not the leading. Nor is what has come to mean something else: a "stilling" is not to "stille".
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from minutes.search import compounds

_LEAST_STEM = 3  # letters before an ending
_VOWELS = "aeiouyæøå"

# A noun's ending, and what stands instead of it in its verb or adjective; where several may, the first.
_ENDINGS = (
    *(("ation", "ere"), ("uktion", "ucere"), ("ement", "ere"), ("ning", "e"), ("ing", "e"), ("else", "e")),
    *(("else", ""), ("hed", ""), ("ivitet", "iv"), ("ilitet", "il")),
)
_DOUBLED = frozenset("bdfgklmnprst")

# Pairs that no rule makes, or of which it makes others; a noun's stand for all that it has.
_IRREGULAR = """
    valg vælge; fravalg fravælge; tilvalg tilvælge; salg sælge; frasalg frasælge; køb købe; indkøb indkøbe; brug
    bruge; forbrug forbruge; misbrug misbruge; genbrug genbruge; tilbud tilbyde; påbud påbyde; forbud forbyde; udbud
    udbyde; forslag foreslå; afslag afslå; krav kræve; besparelse spare; besparelse bespare; besøg besøge; svar
    svare; svar besvare; forsøg forsøge; hjælp hjælpe; kørsel køre; lån låne; udlån udlåne; bistand bistå; fokus
    fokusere; ophør ophøre; start starte; opstart opstarte; stop stoppe; støj støje; vækst vokse; fald falde; tab
    tabe; mangel mangle; håb håbe; skift skifte; kontrol kontrollere; analyse analysere; debat debattere; diskussion
    diskutere; transport transportere; eksport eksportere; import importere; protest protestere; kontakt kontakte;
    test teste; trivsel trives; færdsel færdes; inspektion inspicere; revision revidere; byggeri bygge; dom dømme;
    straf straffe; bevis bevise; forsvar forsvare; indførsel indføre; udførsel udføre; fødsel føde; tilførsel
    tilføre; redning redde; bytning bytte; strikning strikke; skrotning skrotte; logning logge; modning modne;
    stilhed stille; lægning lægge; underlægning underlægge; nævning nævne
"""
_PAIRS = tuple((noun, base) for noun, base in map(str.split, _IRREGULAR.split(";")))

# Nouns that no longer say what their verb or adjective does.
_APART = frozenset(
    """
    afdeling afføring aktivitet anledning arving begavelse begivenhed beholdning bestyrelse besætning bygning
    destination dronning endelse enhed facilitet fatning flygtning forbindelse forening foranstaltning forfatning
    forladelse formation forretning forseelse fæstning færdighed generation gerning gødning hastighed helhed
    holdning induktion kending kendelse kuling kylling ladning ledning lejlighed lidelse lighed ligning linning
    lysning løshed menighed messing mulighed munding myndighed nyhed næring offentlighed omstændighed ordning
    organisation personlighed regering regning retning rettighed rotting rustning rådighed røgelse sandsynlighed
    skikkelse skilling skråning slutning spøgelse stavelse stemning stilling stivelse strækning styrelse sætning
    terning tinding trilling tykkelse udvalg ugerning varighed virkelighed virksomhed værdighed værelse
    yngling øvrighed
    """.split()
)


@functools.lru_cache(maxsize=2**12)
def kin(word: str) -> tuple[str, ...]:
    """The relatives of `word`, a basic form: nouns of a verb or an adjective, and those of a noun. () for a compound
    whose last part has relatives but it itself none."""
    found = dict.fromkeys((*_bases(word), *(noun for noun in _nouns(word) if word in _bases(noun))))
    return tuple(one for one in found if one != word)


def _bases(noun: str) -> tuple[str, ...]:
    """The verbs or adjectives of which a noun is made."""
    if noun in _APART or not compounds.is_word(noun):
        return ()
    irregular = tuple(base for other, base in _PAIRS if other == noun)
    if irregular:
        return irregular
    for ending, instead in _ENDINGS:
        stem = noun.removesuffix(ending)
        if stem == noun or len(stem) < _LEAST_STEM:
            continue
        base = next(filter(compounds.is_word, _joined(stem, ending, instead)), None)
        if base:
            return (base,)
    return ()


def _joined(stem: str, ending: str, instead: str) -> Iterator[str]:
    if ending == "else" and not instead:
        if stem[-1] in _VOWELS:  # forstå, forny
            yield stem
        return
    yield stem + instead
    if ending == "ning" and stem[-1] in _DOUBLED and stem[-2] in _VOWELS:
        yield stem + stem[-1] + instead  # lukke


def _nouns(base: str) -> Iterator[str]:
    """What nouns of a verb or an adjective might be called."""
    yield from (noun for noun, verb in _PAIRS if verb == base)
    for ending, instead in _ENDINGS:
        stem = base.removesuffix(instead)
        if stem + instead != base or len(stem) < _LEAST_STEM:
            continue
        yield stem + ending
        if ending == "ning" and stem[-1] == stem[-2]:
            yield stem[:-1] + ending
