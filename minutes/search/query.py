"""From what was typed to what is asked of the index: what is wanted, how rare it is, and how else it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minutes.models import Reader
from minutes.search import tsquery, vocabulary
from minutes.search.analysis import case_terms, date_terms, is_lexical, month_term, split_compound
from minutes.search.fields import Field
from minutes.search.kin import kin
from minutes.search.language import Atom, Clause, Day, Month, Number, Phrase, Prefix, Query, Word
from minutes.search.matching import Target
from minutes.search.synonyms import Synonyms
from minutes.search.tsquery import Expression

SYNONYM = 0.7  # what a synonym is worth beside the word itself, when marks are weighed
COUNTED_FIELDS = (Field.TITLE, Field.DECISION, Field.PROPOSAL, Field.ATTACHMENTS)
COMMON_AT_LEAST = 0.05  # the least that a word weighs: one that stands everywhere still is no filler


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that hits must have. The expressions are the ways in which it may be met, the best first."""

    typed: str
    whole: Expression = ""  # the words themselves
    parts: Expression = ""  # the words inside compounds
    alike: Expression = ""  # synonyms
    together: Expression = ""  # a compound's parts beside each other
    apart: Expression = ""  # a compound's parts anywhere, or the word's relatives: parkering, parkere
    groups: tuple[tuple[str, ...], ...] = ()  # the terms at each position; () for what is no word
    pieces: tuple[tuple[str, ...], ...] = ()  # the terms of each part of the compound that was typed
    synonyms: tuple[tuple[str, ...], ...] = ()  # the words of each
    relatives: tuple[str, ...] = ()  # terms
    beginnings: tuple[str, ...] = ()
    is_phrase: bool = False
    is_any: bool = False  # one of several was enough
    is_required: bool = True
    count: int = 0  # about how many items meet it directly
    rarity: float = 1.0

    @property
    def direct(self) -> Expression:
        return tsquery.any_of([self.whole, self.parts, self.alike])

    @property
    def ranked(self) -> Expression:
        """What of it has places in the text, for ranking."""
        return tsquery.any_of(tsquery.wholes(group) for group in self.groups) or self.whole

    @property
    def ranked_alike(self) -> Expression:
        words = (word for other in self.synonyms for word in tsquery.typed(" ".join(other)))
        return tsquery.any_of(tsquery.wholes(word.terms) for word in words)

    @property
    def beside(self) -> Expression:
        return tsquery.any_of([self.direct, self.together])

    @property
    def anywhere(self) -> Expression:
        return tsquery.any_of([self.direct, self.together, self.apart])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of the index."""

    wanted: tuple[Wanted, ...]
    excluded: Expression = ""
    near: Expression = ""
    unknown: tuple[str, ...] = ()  # words that stand in nothing that the asker may see, nor all their parts

    @property
    def required(self) -> tuple[Wanted, ...]:
        return tuple(one for one in self.wanted if one.is_required)

    @property
    def has_compounds(self) -> bool:
        return any(one.together for one in self.required)

    @property
    def has_loose(self) -> bool:
        return any(one.apart for one in self.required)

    def direct(self) -> Expression:
        return self._all(one.direct for one in self.required)

    def beside(self) -> Expression:
        return self._all(one.beside for one in self.required)

    def anywhere(self) -> Expression:
        return self._all(one.anywhere for one in self.required)

    def some(self, wanted: Iterable[Wanted]) -> Expression:
        """At least one of `wanted`."""
        return self.without_excluded(tsquery.any_of(one.beside for one in wanted))

    def any_piece(self) -> Expression:
        """Anything at all that comes near: a word, or a part of a compound that was typed."""
        pieces = [piece for one in self.wanted for piece in one.pieces]
        near = (tsquery.any_of([tsquery.wholes(piece), tsquery.parts(piece)]) for piece in pieces)
        return self.without_excluded(tsquery.any_of([*(one.beside for one in self.wanted), *near]))

    def target(self) -> Target:
        """What is to be marked in the texts of hits."""
        return _target(self.wanted)

    def _all(self, expressions: Iterable[Expression]) -> Expression:
        return self.without_excluded(tsquery.all_of(expressions))

    def without_excluded(self, expression: Expression) -> Expression:
        return f"{expression} & !{self.excluded}" if expression and self.excluded else expression


def plan(query: Query, *, reader: Reader, synonyms: Synonyms) -> Plan:
    """The plan of `query`, with two questions to the vocabulary, whatever is typed."""
    clauses = [clause for clause in query.clauses if not clause.is_excluded and not _is_filler(clause)]
    prefixes = [atom.text for clause in query.clauses for atom in clause.atoms if isinstance(atom, Prefix)]
    beginnings = vocabulary.terms_beginning(prefixes, reader) if prefixes else {}
    wanted = [_of_clause(clause, synonyms, beginnings) for clause in clauses]
    wanted = _with_phrases_alike(wanted, clauses, synonyms)
    counts = vocabulary.counts(_lexemes(wanted), reader)
    wanted = _with_containing(wanted, counts, reader)
    total = max(vocabulary.archive_size(), *counts.values(), 1)
    excluded = (_excluded(clause, beginnings) for clause in query.clauses if clause.is_excluded)
    return Plan(
        wanted=tuple(_weighed(one, counts, total) for one in wanted if one.anywhere),
        excluded=tsquery.any_of(excluded),
        near=tsquery.near([one.groups[0] for one in wanted if len(one.groups) == 1 and one.is_required]),
        unknown=tuple(one.typed for one in wanted if _is_unknown(one, counts)),
    )


def in_fields(
    query: Query, plan: Plan, *, also: Sequence[Field], synonyms: Synonyms, beside: bool
) -> dict[Field, Expression]:
    """For each part of an item that is counted, and `also` others, all words of the query in that part, with `beside`
    compounds said otherwise too; of words limited to a part already, in theirs."""
    clauses = [clause for clause in query.clauses if not clause.is_excluded and not _is_filler(clause)]
    found = {}
    for field in dict.fromkeys((*COUNTED_FIELDS, *also)):
        ways = (_of_clause(replace(clause, field=clause.field or field), synonyms, {}) for clause in clauses)
        met = (one.beside if beside else one.direct for one in ways if one.is_required)
        found[field] = plan.without_excluded(tsquery.all_of(met))
    return found


def rarest(wanted: Sequence[Wanted], enough: float) -> list[Wanted]:
    """The fewest and rarest of `wanted` of which every item has one that has `enough` of their weight."""
    ordered = sorted(wanted, key=lambda one: -one.rarity)
    spare = (1 - enough) * sum(one.rarity for one in wanted)  # what such an item may lack
    taken: list[Wanted] = []
    for one in ordered:
        taken.append(one)
        spare -= one.rarity
        if spare < 0:
            break
    return taken


def _is_filler(clause: Clause) -> bool:
    return all(isinstance(atom, Word) and atom.is_filler for atom in clause.atoms)


def _of_clause(clause: Clause, synonyms: Synonyms, beginnings: Mapping[str, tuple[str, ...]]) -> Wanted:
    ways = [_of_atom(atom, clause.field, synonyms, beginnings) for atom in clause.atoms]
    if len(ways) == 1:
        return ways[0]
    return Wanted(
        typed=" ELLER ".join(one.typed for one in ways),
        whole=tsquery.any_of(one.whole for one in ways),
        parts=tsquery.any_of(one.parts for one in ways),
        alike=tsquery.any_of(one.alike for one in ways),
        together=tsquery.any_of(one.together for one in ways),
        groups=tuple(group for one in ways for group in one.groups),
        synonyms=tuple(synonym for one in ways for synonym in one.synonyms),
        beginnings=tuple(start for one in ways for start in one.beginnings),
        is_any=True,
    )


def _of_atom(atom: Atom, field: Field | None, synonyms: Synonyms, beginnings: Mapping[str, tuple[str, ...]]) -> Wanted:
    match atom:
        case Word():
            return _of_word(atom, field, synonyms)
        case Prefix(text=text):
            more = beginnings.get(text, ())
            expression = tsquery.any_of([tsquery.beginning(text, field), tsquery.wholes(more, field)])
            return Wanted(typed=f"{text}*", whole=expression, beginnings=(text,))
        case Phrase(text=text):
            found = tsquery.typed(text)
            groups = tuple(one.terms for one in found)
            return Wanted(typed=f"”{text}”", whole=tsquery.phrase(text, field), groups=groups, is_phrase=len(found) > 1)
        case Day(mention=mention, text=text):
            return _exact(text, _day(mention, field), [date_terms(mention)[0].text])
        case Month(year=year, month=month, text=text):
            term = month_term(month, year).text
            return _exact(text, tsquery.lexeme(term, field), [term])
        case Number(number=number, text=text):
            terms = [case_terms(number)[0].text] if case_terms(number) else []
            spelled = tsquery.phrase(text, field) if " " not in text else ""
            words = tsquery.typed(text) if spelled else []
            expression = tsquery.any_of([tsquery.wholes(terms, field), spelled])
            return _exact(text, expression, [*terms, *(words[0].terms if len(words) == 1 else ())])


def _exact(text: str, expression: Expression, terms: Sequence[str]) -> Wanted:
    return Wanted(typed=text, whole=expression, groups=(tuple(terms),) if terms else ())


def _day(mention: object, field: Field | None) -> Expression:
    """The day itself; where a text leaves the year out, the day in minutes of that year."""
    terms = [term.text for term in date_terms(mention)]  # type: ignore[arg-type]
    date = tsquery.lexeme(terms[0], field)
    year = getattr(mention, "year", None)
    if year is None:
        return date
    return tsquery.any_of([date, tsquery.all_of([tsquery.lexeme(terms[-1], field), tsquery.lexeme(str(year))])])


def _of_word(word: Word, field: Field | None, synonyms: Synonyms) -> Wanted:
    found = tsquery.typed(word.text)
    groups = tuple(one.terms for one in found)
    alone = word.text if len(found) == 1 else ""
    alike = synonyms.of_word(word.text) if alone else ()
    parts = split_compound(alone) if alone else ()
    pieces = tuple(tsquery.terms_of(part, synonyms) for part in parts)
    relatives = tuple(term for relative in kin(alone) for term in tsquery.terms_of(relative, Synonyms.none()))
    return Wanted(
        typed=word.text,
        whole=tsquery.all_of(tsquery.wholes(group, field) for group in groups),
        parts=tsquery.parts(groups[0], field) if len(groups) == 1 else "",
        alike=tsquery.any_of(tsquery.phrase(" ".join(other), field) for other in alike),
        together=tsquery.together(alone, synonyms, field) if alone else "",
        apart=tsquery.any_of(
            [
                "" if is_lexical(alone) else tsquery.apart(parts, pieces, field),
                tsquery.wholes(relatives, field),
                tsquery.parts(relatives, field),
            ]
        ),
        relatives=relatives,
        groups=groups,
        pieces=pieces,
        synonyms=alike,
        is_required=not word.is_weak,
    )


def _with_phrases_alike(wanted: Sequence[Wanted], clauses: Sequence[Clause], synonyms: Synonyms) -> list[Wanted]:
    """Two or more words in a row that have a synonym together become one thing that is wanted."""
    plain = [_plain(clause) for clause in clauses]
    result: list[Wanted] = []
    reached = 0
    for start, end, others in synonyms.in_words(plain):
        if end - start < 2 or start < reached or not all(plain[start:end]):
            continue
        result += wanted[reached:start]
        row = wanted[start:end]
        result.append(
            Wanted(
                typed=" ".join(one.typed for one in row),
                whole=tsquery.all_of(one.whole for one in row),
                parts=tsquery.all_of(one.direct for one in row),
                alike=tsquery.any_of(tsquery.phrase(" ".join(other)) for other in others),
                together=tsquery.all_of(one.beside for one in row),
                groups=tuple(group for one in row for group in one.groups),
                synonyms=tuple(others),
            )
        )
        reached = end
    return [*result, *wanted[reached:]]


def _plain(clause: Clause) -> str:
    """The word of a clause that is nothing but a word, without limit to a part."""
    if clause.field is None and len(clause.atoms) == 1 and isinstance(clause.atoms[0], Word):
        return clause.atoms[0].text
    return ""


def _with_containing(wanted: Sequence[Wanted], counts: Mapping[str, int], reader: Reader) -> list[Wanted]:
    """Of words that stand nowhere also those with them inside: "finansiering" in "medfinansiering"."""
    unknown = [one.typed for one in wanted if _is_unknown(one, counts)]
    found = vocabulary.containing(unknown, reader) if unknown else {}
    return [
        replace(one, apart=tsquery.any_of([one.apart, tsquery.wholes(terms)]), relatives=(*one.relatives, *terms))
        if (terms := found.get(one.typed))
        else one
        for one in wanted
    ]


def _excluded(clause: Clause, beginnings: Mapping[str, tuple[str, ...]]) -> Expression:
    """What may not be there: the words themselves, in any inflection, and nothing more than was said."""
    ways = (_of_atom(atom, clause.field, Synonyms.none(), beginnings).whole for atom in clause.atoms)
    return tsquery.any_of(ways)


def _lexemes(wanted: Iterable[Wanted]) -> list[str]:
    found: dict[str, None] = {}
    for one in wanted:
        for group in (*one.groups, *one.pieces):
            for term in group:
                found[term] = found[f"~{term}"] = None
        for other in one.synonyms:
            for word in tsquery.typed(" ".join(other)):
                found.update(dict.fromkeys(word.terms))
    return list(found)


def _weighed(one: Wanted, counts: Mapping[str, int], total: int) -> Wanted:
    count = _count(one, counts, total)
    rarity = max(COMMON_AT_LEAST, math.log(1 + total / (1 + count)) - math.log(1.5))
    return replace(one, count=count, rarity=rarity)


def _count(one: Wanted, counts: Mapping[str, int], total: int) -> int:
    """About how many items meet it; a guess where the vocabulary cannot tell."""
    if one.beginnings or not one.groups or any("=" in term for group in one.groups for term in group):
        return max(1, total // 20)
    if not any(map(str.isalpha, one.typed)):  # the vocabulary has no numbers
        return max(1, total // 20)
    of_groups = [sum(counts.get(term, 0) + counts.get(f"~{term}", 0) for term in group) for group in one.groups]
    of_others = [[_best(word.terms, counts) for word in tsquery.typed(" ".join(other))] for other in one.synonyms]
    return min(total, max((max if one.is_any else min)(of_groups), 0, *(min(found, default=0) for found in of_others)))


def _best(terms: Iterable[str], counts: Mapping[str, int]) -> int:
    return max((counts.get(term, 0) for term in terms), default=0)


def _is_unknown(one: Wanted, counts: Mapping[str, int]) -> bool:
    if one.beginnings or one.is_phrase or not one.groups or any("=" in term for group in one.groups for term in group):
        return False
    if _count(one, counts, 1):
        return False
    return not (one.pieces and all(_best([*piece, *(f"~{term}" for term in piece)], counts) for piece in one.pieces))


def _target(wanted: Sequence[Wanted]) -> Target:
    wholes: dict[str, float] = {}
    parts: dict[str, float] = {}
    phrases: list[tuple[frozenset[str], ...]] = []
    for one in wanted:
        if one.is_phrase:
            phrases.append(tuple(frozenset(group) for group in one.groups))
        else:
            for term in _terms(one.groups):
                wholes[term] = parts[term] = one.rarity
        if not one.count:  # the compound stands nowhere as it was typed
            for term in (*_terms(one.pieces), *one.relatives):
                wholes.setdefault(term, one.rarity / 2)
                parts.setdefault(term, one.rarity / 2)
        for other in one.synonyms:
            words = tuple(frozenset(word.terms) for word in tsquery.typed(" ".join(other)))
            if len(words) > 1:
                phrases.append(words)
            else:
                wholes.update((term, one.rarity * SYNONYM) for word in words for term in word)
    return Target(
        wholes=wholes,
        parts=parts,
        beginnings=tuple(start for one in wanted for start in one.beginnings),
        together=tuple(frozenset(piece[0] for piece in one.pieces if piece) for one in wanted if one.pieces),
        phrases=tuple(phrases),
    )


def _terms(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    for group in groups:
        yield from group
