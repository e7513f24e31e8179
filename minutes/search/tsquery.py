"""Words → expressions of PostgreSQL's type tsquery, as text. Pure; what is typed can never become an operator here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes.search import words
from minutes.search.analysis import analyse, divisions, split_compound
from minutes.search.document import in_part
from minutes.search.fields import Field
from minutes.search.folding import folded, normalised
from minutes.search.synonyms import Synonyms

type Expression = str  # of a tsquery; "" finds nothing

NEIGHBOURS = 3  # "statistik over nyt fravær": how far apart a compound's parts may stand, the last part first
LONGEST_ABBREVIATION = 3  # letters of capitals that are one word and no form of another
_LONGEST_PHRASE = 12  # positions that are compared; what follows is not


class Typed(NamedTuple):
    """What stands at one position of a text that was typed: terms of whole words, and the word as it was written."""

    word: str
    terms: tuple[str, ...]
    position: int


def typed(text: str) -> list[Typed]:
    """The words of `text`, one for each position; an address is one word, not many."""
    found: list[Typed] = []
    reached = -1
    for token in analyse(text):
        if token.start < reached:
            continue
        is_address = "@" in token.word
        if is_address:
            reached = token.end
        terms = tuple(term.text for term in token.terms if not term.part and (is_address or "=" not in term.text))
        if _is_abbreviation(text[token.start : token.end]):
            terms = terms[:1]
        if terms:
            found.append(Typed(token.word, terms, token.position))
    return found


def _is_abbreviation(written: str) -> bool:
    """TR is no form of "tre"; but BØRN may be shouted."""
    return 2 <= len(written) <= LONGEST_ABBREVIATION and written.isalpha() and written.isupper()


def lexeme(text: str, field: Field | None = None, *, beginning: bool = False) -> Expression:
    """A lexeme that must be there; with `beginning` any that begins so."""
    quoted = (text if field in {None, Field.TEXT} else in_part(text, field)).replace("\\", "").replace("'", "")  # type: ignore[arg-type]
    marks = ("*" if beginning else "") + ("D" if field is Field.TEXT else "")
    return f"'{quoted}':{marks}" if marks else f"'{quoted}'"


def any_of(expressions: Iterable[Expression]) -> Expression:
    return _joined(expressions, " | ")


def all_of(expressions: Iterable[Expression]) -> Expression:
    """One that finds nothing makes the whole find nothing."""
    listed = list(expressions)
    return _joined(listed, " & ") if all(listed) else ""


def wholes(terms: Iterable[str], field: Field | None = None) -> Expression:
    """Words that stand by themselves."""
    return any_of(lexeme(term, field) for term in terms)


def parts(terms: Iterable[str], field: Field | None = None) -> Expression:
    """The same words as parts of compounds."""
    return any_of(lexeme(f"~{term}", field) for term in terms)


def phrase(text: str, field: Field | None = None) -> Expression:
    """The words of `text` one after another, each in any inflection."""
    found = typed(text)[:_LONGEST_PHRASE]
    if not found:
        return ""
    expression = wholes(found[0].terms, field)
    for before, after in zip(found, found[1:], strict=False):
        distance = max(1, after.position - before.position)
        expression = f"{expression} <{distance}> {wholes(after.terms, field)}"
    return f"({expression})" if len(found) > 1 else expression


def terms_of(part: str, synonyms: Synonyms) -> tuple[str, ...]:
    """The terms of a compound's part, and of the words that mean the same."""
    own = _terms(part)
    return tuple(dict.fromkeys([*own, *(other for term in own for other in synonyms.of_part(term))]))


def together(word: str, synonyms: Synonyms, field: Field | None = None) -> Expression:
    """A compound said otherwise: its parts inside one other compound, or in two words next to each other."""
    ways = []
    smallest = split_compound(word)
    if smallest:
        ways.append(_beside([parts(terms_of(part, synonyms), field) for part in smallest], 0))
    for first, last in divisions(word):
        left, right = terms_of(first, synonyms), terms_of(last, synonyms)
        inside = _beside([parts(left, field), parts(right, field)], 0)
        standing_left = any_of([wholes(left, field), parts(left, field)])
        standing_right = any_of([wholes(right, field), parts(right, field)])
        ways.append(inside)
        ways.append(_beside([standing_left, standing_right], 1))
        ways += [_beside([standing_right, standing_left], distance) for distance in range(1, NEIGHBOURS + 1)]
    return any_of(dict.fromkeys(ways))


def apart(pieces: Sequence[Sequence[str]], field: Field | None = None) -> Expression:
    """A compound's parts, each given by its terms, wherever they stand."""
    return all_of(any_of([wholes(terms, field), parts(terms, field)]) for terms in pieces)


def beginning(text: str, field: Field | None = None) -> Expression:
    """Words and compounds' parts whose basic form begins with `text`."""
    start = folded(normalised(text))
    if not start:
        return ""
    return any_of([lexeme(start, field, beginning=True), lexeme(f"~{start}", field, beginning=True)])


def near(groups: Sequence[Sequence[str]]) -> Expression:
    """Words one after another in the order in which they were typed, with at most one between them."""
    ways = []
    for before, after in zip(groups, groups[1:], strict=False):
        left, right = wholes(before), wholes(after)
        ways += [_beside([left, right], distance) for distance in (1, 2)]
    return any_of(ways)


def _terms(word: str) -> tuple[str, ...]:
    return tuple(term.text for term in words.read(word)[1] if not term.part)


def _beside(expressions: Sequence[Expression], distance: int) -> Expression:
    return f"({f' <{distance}> '.join(expressions)})" if all(expressions) else ""


def _joined(expressions: Iterable[Expression], operator: str) -> Expression:
    listed = list(dict.fromkeys(filter(None, expressions)))
    return f"({operator.join(listed)})" if len(listed) > 1 else "".join(listed)
