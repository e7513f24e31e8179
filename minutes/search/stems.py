"""The basic forms of a word, so that its inflections meet: "budgetter", "budgettet" -> "budget".

Lemmy's rules give the lemmas from the word's ending; they were learnt from all forms of the words of Dansk Sprognævn,
and hold for compounds and new words too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from minutes.search import compounds, lexicon

# Of words that no rule leads to a known lemma: the longest first.
_ENDINGS = (
    *("ernes", "erne", "este", "enes", "ene", "ere", "est", "ers", "ens", "ets", "er", "en", "et", "es", "ne"),
    *("e", "s", "n", "r", "t"),
)
_SAFE_ENDINGS = frozenset({"ernes", "erne", "est", "este"})  # of short words too
_LONGEST_RULE = 40

# Where the rules are wrong. KL is Kommunernes Landsforening: `analysis` knows it from the hour.
_IRREGULAR = {"kl": ("kl",), "gør": ("gøre",), "højest": ("høj",), "øerne": ("ø",), "øernes": ("ø",)}


def basic_forms(word: str) -> tuple[tuple[str, ...], bool]:
    """The basic forms of a normalised word, and whether they are known words or compounds of such."""
    if word in _IRREGULAR:
        return _IRREGULAR[word], True
    candidates = lemmas(word)
    known = [form for form in dict.fromkeys([*candidates, word]) if compounds.is_word(form)]
    known = known or _likeliest([*candidates, word])
    known = known or next(([base] for base in _bases(word) if is_known(base)), [])
    if known:
        # "ministeriet" may be of "ministerium" or of "ministerie"
        return (*known, *(form[:-2] + "e" for form in known if form.endswith("ium"))), True
    genitive = [word[:-1]] if word[-1:] == "s" and len(word) > 2 else []
    latin = [word[:-2] + "e"] if word.endswith("ium") else []
    return tuple(dict.fromkeys([word, *candidates, *genitive, *latin])), False


def _likeliest(forms: list[str]) -> list[str]:
    """Of forms that the lexicon has not, the one that is a compound most likely: -kulturen is no kult-uren."""
    costs = {form: compounds.cost(form) for form in forms}
    form = min(forms, key=lambda form: costs[form])
    return [form] if costs[form] < math.inf else []


def is_known(word: str) -> bool:
    """Whether it is a word of the lexicon or a compound of such."""
    return compounds.is_word(word) or bool(compounds.parts(word))


def lemmas(word: str) -> list[str]:
    """What the rule for the longest ending makes of a word; the word itself when there is none."""
    rules = lexicon.endings()
    for start in range(max(0, len(word) - _LONGEST_RULE), len(word)):
        if found := rules.get(word[start:]):
            return [word[:start] + lemma for lemma in found.split(",")]
    return [word]


def _bases(word: str) -> Iterator[str]:
    """What is left without an ending, and without the doubling before it ("smukkere")."""
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) > (0 if ending in _SAFE_ENDINGS else 3):
            yield base
            if base[-2:-1] == base[-1]:
                yield base[:-1]
