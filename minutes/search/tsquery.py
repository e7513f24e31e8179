"""Words → expressions of PostgreSQL's type tsquery, as text. Pure; what is typed can never become an operator here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes.search import pairs, words
from minutes.search.analysis import analyse, divisions, split_compound
from minutes.search.document import in_part
from minutes.search.fields import Field
from minutes.search.folding import folded, normalised
from minutes.search.kin import kin
from minutes.search.synonyms import Synonyms

type Expression = str  # of a tsquery; "" finds nothing

LONGEST_ABBREVIATION = 3  # letters of capitals that are one word and no form of another
_LONGEST_PHRASE = 12  # words that are compared; what follows is not
_MOST_FORMS = 4  # of a word and its synonyms, in pairs


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
    quoted = (text if field in {None, Field.TEXT} else in_part(text, field)).replace("\\", "").replace("'", "")
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
    """The words of `text` one after another, each in any inflection: all of them, and each two neighbours together."""
    found = typed(text)[:_LONGEST_PHRASE]
    together = (follows(before.terms, after.terms) for before, after in itertools.pairwise(found))
    return all_of([*(wholes(word.terms, field) for word in found), *together])


def follows(first: Sequence[str], second: Sequence[str]) -> Expression:
    """A word right after another, or with small words between them."""
    ways = [pairs.pair(one, other) for one in first[:_MOST_FORMS] for other in second[:_MOST_FORMS]]
    return any_of(map(lexeme, ways))


def terms_of(part: str, synonyms: Synonyms) -> tuple[str, ...]:
    """The terms of a compound's part, and of the words that mean the same."""
    own = _terms(part)
    return tuple(dict.fromkeys([*own, *(other for term in own for other in synonyms.of_part(term))]))


def together(word: str, synonyms: Synonyms, field: Field | None = None) -> Expression:
    """A compound said otherwise: its parts inside another compound, or in two words next to each other."""
    ways = []
    smallest = [terms_of(part, synonyms) for part in split_compound(word)]
    divided = [(terms_of(first, synonyms), terms_of(last, synonyms)) for first, last in divisions(word)]
    if len(smallest) > 2:
        inside = [_inside(one, other) for one, other in itertools.pairwise(smallest)]
        ways.append(all_of([*(parts(terms, field) for terms in smallest), *inside]))
    for left, right in divided:
        ways.append(all_of([parts(left, field), parts(right, field), _inside(left, right)]))
        beside = any_of([follows(left, right), follows(right, left)])
        ways.append(all_of([wholes(left, field), wholes(right, field), beside]))
    return any_of(ways)


def _inside(one: Sequence[str], other: Sequence[str]) -> Expression:
    ways = [pairs.inside(left, right) for left in one[:_MOST_FORMS] for right in other[:_MOST_FORMS]]
    return any_of(map(lexeme, ways))


def apart(words_of_parts: Sequence[str], pieces: Sequence[Sequence[str]], field: Field | None = None) -> Expression:
    """A compound's parts, each given by its word and its terms, wherever they or their relatives stand."""
    ways = []
    for part, terms in zip(words_of_parts, pieces, strict=True):
        every = [*terms, *(term for relative in kin(part) for term in _terms(relative))]
        ways.append(any_of([wholes(every, field), parts(every, field)]))
    return all_of(ways)


def beginning(text: str, field: Field | None = None) -> Expression:
    """Words and compounds' parts whose basic form begins with `text`."""
    start = folded(normalised(text))
    if not start:
        return ""
    return any_of([lexeme(start, field, beginning=True), lexeme(f"~{start}", field, beginning=True)])


def near(groups: Sequence[Sequence[str]]) -> Expression:
    """Words one after another as they were typed."""
    return any_of(follows(before, after) for before, after in itertools.pairwise(groups))


def _terms(word: str) -> tuple[str, ...]:
    return tuple(term.text for term in words.read(word)[1] if not term.part)


def _joined(expressions: Iterable[Expression], operator: str) -> Expression:
    listed = list(dict.fromkeys(filter(None, expressions)))
    return f"({operator.join(listed)})" if len(listed) > 1 else "".join(listed)
