"""The language of the search field: what staff type, read as a Query. Pure, and nothing typed raises.

Words; "phrases"; -word and IKKE word to leave out; OR and ELLER between two, binding tighter than a blank; beginnings
such as budg*; titel:, beslutning:, indstilling:, bilag:, sag: and tekst: before what has to stand there. Operators are
words only in capitals. Dates and case numbers are read as such, outside phrases.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from minutes.search import fillers
from minutes.search.analysis import Token, analyse
from minutes.search.atoms import Atom, Clause, Day, Month, Number, Phrase, Prefix, Word
from minutes.search.fields import Field
from minutes.search.mentions import find_mentions

__all__ = [
    "MOST_CHARACTERS",
    "MOST_WORDS",
    "Atom",
    "Clause",
    "Day",
    "Month",
    "Number",
    "Phrase",
    "Prefix",
    "Query",
    "Word",
    "parse",
]

MOST_CHARACTERS = 1000
MOST_WORDS = 32  # those in phrases counted, a date or number as one
_MOST_PIECES = 6 * MOST_WORDS  # between blanks; a number may be typed in six

# Control characters, marks that turn the direction of writing, halves of characters
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BRACKETS = str.maketrans("()[]{}<>", " " * 8)
_DOUBLES, _ANGLES = '"“”„‟＂', "»«"
_QUOTES = _DOUBLES + _ANGLES
_FIELDS = {field.value: field for field in Field}
_OPERATORS = {"OR": "or", "ELLER": "or", "AND": "and", "OG": "and", "IKKE": "not"}
# What a word may begin with
_OPENING = re.compile(
    rf"(?P<dash>-(?=[^\W_]|[{_QUOTES}]))"
    rf"|(?P<field>(?i:{'|'.join(_FIELDS)})):"
    rf"|(?P<operator>{'|'.join(_OPERATORS)})(?!\S)"
    r"|(?P<prefix>[^\W_][\w'’-]*[^\W_])\*+(?![\w*])"
)
_PLAIN = re.compile(rf"[^\s{_QUOTES}]+")
_SUSPENDED = re.compile(r"(?<!\S)(?:og|eller|samt) \Z")  # before "-kultur" in "møderegler og -kultur"


class _Lexeme(NamedTuple):
    """A stretch of what was typed. `kind` is "plain", "phrase", "prefix", the name of an operator or of a field."""

    kind: str
    start: int  # of a phrase and a prefix these enclose the words alone
    end: int


class _Unit(NamedTuple):
    """A date, a number, a phrase, or what stands between two blanks.

    By itself it is `clauses`, one for each word; where an operator applies to it `atoms`, the alternatives of one.
    """

    clauses: tuple[tuple[Atom, ...], ...]
    atoms: tuple[Atom, ...]


type _Place = tuple[int, int, str]  # start, end, word


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for; every clause has to hold. `typed`, and `str(query)`, is what was typed as far as it is read:
    in one line, without control characters."""

    typed: str
    clauses: tuple[Clause, ...] = ()
    is_question: bool = False
    is_cut: bool = False  # more was typed than is read
    has_operators: bool = False  # anything beyond words, dates and numbers
    places: tuple[_Place, ...] = field(default=(), repr=False, compare=False)  # of the words in `typed`

    @property
    def is_blank(self) -> bool:
        """Whether nothing is looked for."""
        return all(clause.is_excluded for clause in self.clauses)

    def __str__(self) -> str:
        return self.typed

    def with_word(self, old: str, new: str) -> str:
        """What would have been typed with `new` for the word `old`, also in phrases."""
        return self.with_words({old: new})

    def with_words(self, replacements: Mapping[str, str]) -> str:
        """What would have been typed with other words for those that are keys."""
        pieces, reached = [], 0
        for start, end, word in self.places:
            if word in replacements:
                pieces += [self.typed[reached:start], replacements[word]]
                reached = end
        return "".join([*pieces, self.typed[reached:]])


def parse(typed: str) -> Query:
    """The query that `typed` is. Takes any text and never raises."""
    text, is_cut = _readable(typed)
    scanned = text.translate(_BRACKETS)
    lexemes = list(_lexemes(scanned))
    pieces, places = _pieces(scanned, lexemes)
    clauses, is_too_long = _assembled(pieces)
    if not clauses:  # "OR", "titel:": then they are words
        lexemes = [_Lexeme("plain", 0, len(scanned))]
        pieces, places = _pieces(scanned, lexemes)
        clauses, is_too_long = _assembled(pieces)
    asks = fillers.is_question(text)
    return Query(
        text,
        fillers.marked(clauses, asks=asks),
        is_question=asks,
        is_cut=is_cut or is_too_long,
        has_operators=any(lexeme.kind not in {"plain", "and"} for lexeme in lexemes),
        places=tuple(places),
    )


def _readable(typed: str) -> tuple[str, bool]:
    """`typed` in one line without what nobody can read, and whether its end was cut off."""
    kept, rest = typed[:MOST_CHARACTERS], typed[MOST_CHARACTERS:]
    is_cut = bool(rest.strip())
    if is_cut and not rest[0].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]  # no half word
    pieces = _UNREADABLE.sub(" ", kept).split()
    return " ".join(pieces[:_MOST_PIECES]), is_cut or len(pieces) > _MOST_PIECES


def _lexemes(text: str) -> Iterator[_Lexeme]:
    at, opens = 0, True  # `opens`: a word may begin here
    while at < len(text):
        if text[at].isspace():
            at, opens = at + 1, True
        elif text[at] in _QUOTES:
            end = _closing(text, at) if opens else None
            if end is not None:
                yield _Lexeme("phrase", at + 1, end)
            at = at + 1 if end is None else end + 1  # a quote that opens nothing is as if it were not there
        elif opens and (match := _OPENING.match(text, at)) and not _is_suspended(match):
            kind = _kind(match)
            yield _Lexeme(kind, at, match.end("prefix") if kind == "prefix" else match.end())
            at, opens = match.end(), kind != "prefix"
        else:
            plain = _PLAIN.match(text, at)
            end = plain.end() if plain else at + 1
            yield _Lexeme("plain", at, end)
            at, opens = end, False


def _closing(text: str, at: int) -> int | None:
    """Where the phrase ends that the quote at `at` opens: at its partner, else the end; None when it opens nothing."""
    partners = _DOUBLES if text[at] in _DOUBLES else _ANGLES
    partner = next((place for place in range(at + 1, len(text)) if text[place] in partners), None)
    if partner is None and not text[at + 1 : at + 2].strip():
        return None
    return len(text) if partner is None else partner


def _kind(match: re.Match[str]) -> str:
    if match["operator"]:
        return _OPERATORS[match["operator"]]
    return match["field"].lower() if match["field"] else "prefix" if match["prefix"] else "not"


def _is_suspended(match: re.Match[str]) -> bool:
    """Whether a dash is that of "møderegler og -kultur"."""
    return bool(match["dash"] and _SUSPENDED.search(match.string, 0, match.start()))


def _pieces(text: str, lexemes: Iterable[_Lexeme]) -> tuple[list[_Unit | str], list[_Place]]:
    """The units, and operators and fields by their names, in order; and where each word stands."""
    pieces: list[_Unit | str] = []
    places: list[_Place] = []
    for kind, group in itertools.groupby(lexemes, key=lambda lexeme: lexeme.kind):
        found = list(group)
        if kind == "plain":  # together, as dates and numbers have blanks in them
            found = [_Lexeme(kind, found[0].start, found[-1].end)]
        for lexeme in found:
            stretch = text[lexeme.start : lexeme.end]
            words = _words(stretch, whole_addresses=kind == "plain") if kind in {"plain", "phrase"} else []
            if kind == "plain":
                pieces += _plain_units(stretch, words, is_case=pieces[-1:] == [Field.CASE.value])
            elif kind == "phrase":
                pieces += [_unit(_phrase(stretch.strip(), words))] if words else []
            else:
                pieces.append(_unit(Prefix(stretch)) if kind == "prefix" else kind)
            places += [(lexeme.start + start, lexeme.start + end, word) for start, end, word in words]
    return pieces, places


def _words(text: str, *, whole_addresses: bool) -> list[_Place]:
    """Every word in `text`, none overlapping another: a date is its words, an e-mail address one or its words."""
    words: list[_Place] = []
    tokens = analyse(text)
    for token, following in itertools.zip_longest(tokens, tokens[1:]):
        is_inside = bool(words) and token.start < words[-1][1]
        is_over_several = following is not None and following.start < token.end
        if is_inside or not token.terms or (is_over_several and not (whole_addresses and "@" in token.word)):
            continue
        words.append((token.start, token.end, _spelling(token, text)))
    return words


def _spelling(token: Token, text: str) -> str:
    """The word as typed, but "kl." before an hour as what it is only there."""
    is_hour = token.word.lower() == "kl" and token.terms[0].text == "klokken"
    return "klokken" if is_hour else text[token.start : token.end]


def _phrase(text: str, words: list[_Place]) -> Phrase:
    return Phrase(tuple(word for _, _, word in words), text)


def _unit(*atoms: Atom) -> _Unit:
    return _Unit((atoms,), atoms)


def _plain_units(text: str, words: list[_Place], *, is_case: bool) -> list[_Unit]:
    """The units of a text without operators."""
    found = [(mention.start, mention.end, _unit(*mention.atoms)) for mention in find_mentions(text, is_case=is_case)]
    for chunk in re.finditer(r"\S+", text):
        free = [
            word
            for word in words
            if chunk.start() <= word[0] < chunk.end()
            and all(word[1] <= start or end <= word[0] for start, end, _ in found)
        ]
        if free:
            start, end = free[0][0], free[-1][1]
            clauses = tuple((Word(word),) for _, _, word in free)
            unit = _Unit(clauses, clauses[0] if len(free) == 1 else (_phrase(text[start:end], free),))
            found.append((start, start, unit))  # ends where it starts, so that no word stands in its way
    return [unit for _, _, unit in sorted(found, key=lambda place: place[0])]


def _assembled(pieces: list[_Unit | str]) -> tuple[list[Clause], bool]:
    """The clauses, and whether there was more than is read."""
    clauses: list[Clause] = []
    excluded, limit, joins = False, None, False
    words_left = MOST_WORDS
    for at, piece in enumerate(pieces):
        if isinstance(piece, str):
            excluded = excluded or piece == "not"
            limit = _FIELDS.get(piece, limit)
            joins = joins or (piece == "or" and bool(clauses))
            continue
        if not words_left:
            return clauses, True
        is_first_of_several = pieces[at + 1 : at + 2] == ["or"] and any(
            isinstance(each, _Unit) for each in pieces[at + 2 :]
        )
        if excluded or limit or joins or is_first_of_several:
            clause = Clause(tuple(_cut(atom, words_left) for atom in piece.atoms), limit, excluded)
            if joins and (clauses[-1].is_excluded or not excluded):
                clause = _joined(clauses.pop(), clause)
            clauses.append(clause)
        else:
            clauses += [Clause(tuple(_cut(atom, words_left) for atom in atoms)) for atoms in piece.clauses[:words_left]]
        size = max(len(piece.clauses), _size(piece.atoms[0]))
        if size > words_left:
            return clauses, True
        words_left -= size
        excluded, limit, joins = False, None, False
    return clauses, False


def _joined(first: Clause, second: Clause) -> Clause:
    """Both as alternatives. The field of the first holds for both; where they differ, neither."""
    limit = first.field if second.field in (None, first.field) else None
    return Clause((*first.atoms, *second.atoms), limit, first.is_excluded)


def _size(atom: Atom) -> int:
    return len(atom.words) if isinstance(atom, Phrase) else 1


def _cut(atom: Atom, most: int) -> Atom:
    if isinstance(atom, Phrase) and len(atom.words) > most:
        return replace(atom, words=atom.words[:most], text=" ".join(atom.words[:most]))
    return atom
