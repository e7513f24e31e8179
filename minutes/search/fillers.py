"""Which words of a query do not weigh: those of the question, and those that name the archive's own form.

Only words that stand for themselves are marked; what is in a phrase, a field, an OR or excluded was meant as typed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from minutes.parsing.dates import WEEKDAYS
from minutes.search.atoms import Clause, Day, Month, Number, Word
from minutes.search.folding import folded, normalised


def _keys(words: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words.split())


_ASKING = _keys("hvad hvem hvornår hvor hvordan hvorfor hvilke hvilken hvilket hvorvidt hvorhen hvortil hvormed")
FUNCTION_WORDS = _keys(
    """
    og eller samt men både i på af til om for med fra ved hos som at over under efter før mellem mod uden gennem omkring
    angående vedrørende vedr vedr. ang ift mht der det den de en et her når så da hvis
    er var blev bliver blevet være været har havde have skal skulle kan kunne vil ville må måtte bør
    vi jeg man du han hun os jer mig dig ham hende dem sig min mit mine din dit dine sin sit sine vores deres hans
    hendes jeres dette denne disse nogen noget nogle
    """
) | {"&"}
_REQUESTS = _keys("find vis søg giv fortæl")
_IN_QUESTIONS = _keys(
    """
    ikke siger sige sagde sagt står stå stod handler handlede gik går får fik gør gøre gjorde gjort sker sket skete
    findes ligger lå hedder kommer kom betyder gælder nu egentlig sidst sidste seneste senest nogensinde
    """
)
_AFTER_HOW = _keys("mange meget længe ofte lang langt lange stor stort store gammel tit tæt vidt dyrt")
_LABELS = _keys("sag sagen sager sagsnr sagsnummer journalnr journalnummer jnr nr nummer kle emne facet")
_BEFORE_DAY = _keys(" ".join(["d", "den", *WEEKDAYS, *(f"{day}en" for day in WEEKDAYS)]))
_OWN_FORM = _keys(
    """
    beslutning beslutningen beslutninger beslutningerne besluttet beslutte besluttes besluttede
    indstilling indstillingen
    referat referatet referater referaterne punkt punktet punkter punkterne dagsordenspunkt dagsordenspunktet
    møde mødet møder møderne mødereferat mødereferater sag sagen sager sagerne chefforum chefforums
    """
)
_OWN_ACTS = _keys(
    "drøftet drøftede drøfte drøfter drøftes behandlet behandlede behandle behandler behandles"
    " vedtaget vedtog vedtage vedtager talt talte taler aftalt aftalte"
)
_BELONGING = _keys("af og eller samt &")  # "godkendelse af referat" asks for the referat
_FIRST_WORDS = re.compile(r"[^\W\d_]+")


def is_question(typed: str) -> bool:
    """Whether `typed` asks: ends so, or begins with "hvad", "i hvilken" and the like."""
    if typed.rstrip().endswith("?"):
        return True
    first, *others = [folded(normalised(word)) for word in _FIRST_WORDS.findall(typed[:100])[:2]] or [""]
    return first in _ASKING or (first in FUNCTION_WORDS and any(word in _ASKING for word in others))


def marked(clauses: list[Clause], *, asks: bool) -> tuple[Clause, ...]:
    """The clauses with their fillers and weak words marked, never all of them; `asks` when they are a question."""
    keys = _keys_of(clauses)
    fillers = {at for at, key in enumerate(keys) if key and _is_filler(clauses, keys, at, asks=asks)}
    wanted = {at for at, clause in enumerate(clauses) if not clause.is_excluded}
    if wanted <= fillers:
        return tuple(clause for clause, key in zip(clauses, keys, strict=True) if key != "&")  # it says nothing alone
    weak = {at for at, key in enumerate(keys) if at not in fillers and _is_weak(keys, at, asks=asks)}
    if wanted <= fillers | weak:
        weak = set()
    return tuple(
        replace(clause, atoms=(replace(clause.atoms[0], is_filler=at in fillers, is_weak=at in weak),))
        if at in fillers | weak and isinstance(clause.atoms[0], Word)
        else clause
        for at, clause in enumerate(clauses)
    )


def _keys_of(clauses: list[Clause]) -> list[str]:
    """Of each clause that is nothing but a word its folded form, of others ""."""
    alone = [
        clause.atoms[0].text
        if len(clause.atoms) == 1
        and isinstance(clause.atoms[0], Word)
        and clause.field is None
        and not clause.is_excluded
        else ""
        for clause in clauses
    ]
    has_small = any(text != text.upper() for text in alone)
    keys = []
    for text in alone:
        is_short_name = len(text) > 1 and has_small and text.isupper()  # MED is no "med"
        keys.append("" if is_short_name else text if text == "&" else folded(normalised(text)))
    return keys


def _is_filler(clauses: list[Clause], keys: list[str], at: int, *, asks: bool) -> bool:
    key = keys[at]
    following = clauses[at + 1].atoms if at + 1 < len(clauses) else ()
    return (
        key in _ASKING
        or key in FUNCTION_WORDS
        or (at == 0 and key in _REQUESTS)
        or (asks and key in _IN_QUESTIONS)
        or (key in _AFTER_HOW and at > 0 and keys[at - 1] == "hvor")
        or (key in _LABELS and any(isinstance(atom, Number) for atom in following))
        or (key in _BEFORE_DAY and _is_before_day(clauses, keys, at))
    )


def _is_before_day(clauses: list[Clause], keys: list[str], at: int) -> bool:
    """Whether nothing stands between the word and a day but "den"."""
    after = next((place for place in range(at + 1, len(clauses)) if keys[place] not in _BEFORE_DAY), at)
    return any(isinstance(atom, Day | Month) for atom in clauses[after].atoms)


def _is_weak(keys: list[str], at: int, *, asks: bool) -> bool:
    if asks:
        return keys[at] in _OWN_FORM or keys[at] in _OWN_ACTS
    return keys[at] in _OWN_FORM and not (at > 0 and keys[at - 1] in _BELONGING)
