"""Which words cannot have a term, told from their letters alone, so that they need not be analysed.

A word has the beginning of each of its terms in it, of whole words and of parts alike: what is taken off or put on in
making a basic form stands at the end. Exceptions are the rules that change a word from its beginning ("mænd" -> "mand",
"gik" -> "gå"); for a term that such a rule leads to, the rule's own letters are looked for too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minutes.search import lexicon
from minutes.search.folding import folded, normalised

_LENGTH = 3  # letters of a beginning that are looked for
_LONGER = 2  # letters that a term may have more than the part it is of
_RULES_DEEP = 2  # a word, the compound's last part, and the like: rules that may follow one another
_NO_LETTER = re.compile(r"[\W_]+")
_DIGIT = re.compile("[0-9]")
_SIGNS = (("%", "procent"), ("&", "og"), ("§", "paragraf"))
_LEADING = re.compile(r"[0-9]+|[^\W\d_]+")


@functools.lru_cache(maxsize=2**16)
def letters(piece: str) -> str:
    """The letters and digits of a piece of text as they stand in terms, signs as the words that they are read as."""
    plain = piece.lower() if piece.isascii() else folded(normalised(piece))
    if plain.isalnum():
        return plain
    for sign, word in _SIGNS:
        if sign in piece:
            plain += word
    return _NO_LETTER.sub("", plain)


class Sieve:
    """Lets through every piece of text that can have one of `terms`, or begin as `beginnings`, and few more."""

    def __init__(self, terms: Iterable[str], beginnings: Iterable[str] = ()) -> None:
        words = [term for term in terms if "=" not in term and "@" not in term]
        keys = {key for term in words for key in _keys(term)}
        for beginning in beginnings:
            leading = _LEADING.match(beginning)
            keys.add(leading[0][:_LENGTH].lower() if leading else "")
        if "klokken" in words:
            keys.add("kl")
        self._keys = sorted(key for key in keys if not any(other != key and other in key for other in keys))
        self.pattern = re.compile("|".join(map(re.escape, self._keys)) if keys else r"(?!)")
        hints = {hint for term in terms if "=" in term or "@" in term for hint in _hints(term)}
        self.has_hints = bool(hints)
        self._hints = re.compile("|".join(sorted(map(re.escape, hints))) if hints else r"(?!)", re.IGNORECASE)

    def passes(self, piece: str) -> bool:
        """Whether a piece without blanks may have what is looked for, in whatever text it stands."""
        return bool(self.pattern.search(letters(piece))) or self.hints(piece)

    def hints(self, piece: str) -> bool:
        """Whether a piece may be of a date, case number or e-mail address that is looked for."""
        return bool(self._hints.search(piece))

    def joins(self, text: str) -> bool:
        """Whether words of `text` could have a term together, as "arbejds- og mødekultur" has "arbejdskultur"."""
        words = [letters(word) for word in text.split()]
        joined = " ".join(words)
        if self.pattern.search(joined):
            return True
        return any(
            (key[cut:] in joined and any(word.endswith(key[:cut]) for word in words))
            or (key[:cut] in joined and any(word.startswith(key[cut:]) for word in words))
            for key in self._keys
            for cut in range(1, len(key))
        )


@functools.lru_cache(maxsize=2**12)
def _keys(term: str, depth: int = _RULES_DEEP) -> frozenset[str]:
    """Letters of which one sequence stands in every word that has the term."""
    plain = _NO_LETTER.sub("", term).lower()
    key = (plain.removesuffix("e") or plain)[:_LENGTH]  # "arbejds-" is of "arbejde"
    keys = {key}
    if depth:
        for at, rule in _rules_within(key):
            if len(plain) <= len(rule.lemma) - at + _LONGER:
                keys |= _keys(rule.ending, depth - 1)
        for cut in range(1, len(key)):
            for rule in _rules_from(key[cut:]):
                if len(plain) - cut <= len(rule.lemma) + _LONGER:
                    keys |= _keys(plain[:cut] + rule.ending, depth - 1)
    return frozenset(keys)


def _hints(term: str) -> Iterator[str]:
    """What a piece must contain to be of the date, case number or address that has this term."""
    kind, _, text = term.rpartition("=")
    if not kind:
        yield "@"
    elif kind in {"date", "day"}:
        yield str(int(text[-2:])) if text[-2:].isdecimal() else ""
    elif kind == "month":
        yield text[2:4]
    else:
        first = re.search(r"[0-9]{2}", text)
        yield text if kind == "facet" and "-" not in text else first[0] if first else ""


class _Rule(NamedTuple):
    """Makes a basic form of a word by putting `lemma` for `ending`, both folded; the first `same` letters stay."""

    ending: str
    lemma: str
    same: int


def _rules_within(key: str) -> Iterable[tuple[int, _Rule]]:
    """Rules that bring `key` into a word, and where in their lemma it stands."""
    return _index().get(key, ())


def _rules_from(key: str) -> Iterator[_Rule]:
    """Rules whose lemma begins with `key` and whose ending does not."""
    return (rule for at, rule in _rules_within(key) if not at)


@functools.cache
def _index() -> dict[str, list[tuple[int, _Rule]]]:
    """Every row of one to three letters that a rule brings into a word, to the rules and the place in their lemma."""
    index: dict[str, list[tuple[int, _Rule]]] = {}
    for rule in _changing_rules():
        for length in range(1, _LENGTH + 1):
            for at in range(max(0, rule.same - length + 1), len(rule.lemma) - length + 1):
                key = rule.lemma[at : at + length]
                if at == 0 or (length > 1 and key not in rule.ending):
                    index.setdefault(key, []).append((at, rule))
    return index


@functools.cache
def _changing_rules() -> tuple[_Rule, ...]:
    """Rules that do more than take letters from the end of a word, or put an "e" there."""
    changing = set()
    for ending, lemmas in lexicon.endings().items():
        for lemma in lemmas.split(","):
            if ending.startswith(lemma.removesuffix("e")):
                continue  # nearly all
            made, of = folded(lemma).lower(), folded(ending).lower()
            pairs = enumerate(zip(made, of, strict=False))
            same = next((at for at, (one, other) in pairs if one != other), min(len(made), len(of)))
            changing.add(_Rule(of, made, same))
    return tuple(changing)


def warm_up() -> None:
    """Make the table of rules now rather than at the first search; a server does it before it forks."""
    _index()
