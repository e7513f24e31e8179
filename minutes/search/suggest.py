"""What somebody may be typing: words of the archive, cases, titles of items. Nothing that they may not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.http import urlencode

from minutes.casenumber import InvalidCaseNumber, parse_case_number, parse_partial
from minutes.models import AgendaItem, Case, Reader, SearchEntry, Word
from minutes.search import tsquery
from minutes.search.analysis import danish_spellings
from minutes.search.fields import Field
from minutes.search.folding import normalised
from minutes.search.ranking import Matches
from minutes.search.synonyms import SMALL_WORDS

LONGEST = 100  # characters; who types more knows what they look for
SHORTEST = 2
MOST_WORDS = 4  # of the suggestions; as many cases
_MOST_TYPED_WORDS = 6  # of which titles must have each
_CANDIDATES = 24  # rows from which different ones are chosen
_POOL = 600  # items of whose titles the newest are taken; a beginning that more have is no help anyway
MOST_MILLISECONDS = 300

_LAST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*-?$")
_BEGINNING = re.compile(r"([0-9]{2})[\s./_-]*([0-9]{0,2})[\s./_-]*([0-9]{0,2})")
_FACET_BEGINNING = re.compile(
    r"(?P<subject>[0-9]{2}\.[0-9]{2}\.[0-9]{2})[\s./_-]+(?P<facet>[A-Z][0-9]?)", re.IGNORECASE
)
_LOOKS_LIKE_A_NUMBER = re.compile(r"[A-ZÆØÅ0-9 ./_:-]*[0-9][A-ZÆØÅ0-9 ./_:-]*", re.IGNORECASE)


class Suggestion(NamedTuple):
    """A line below the search box."""

    kind: str  # Ord, Sag, Punkt
    text: str
    url: str


def suggest(typed: str, *, reader: Reader, limit: int = 8) -> list[Suggestion]:
    """What `typed` may become, at most `limit`, in three questions to the database at most. Takes any text; what would
    take too long is not suggested."""
    typed = " ".join(typed.split())[: LONGEST + 1] + (" " if typed[-1:].isspace() else "")
    if not SHORTEST <= len(typed.strip()) <= LONGEST or not reader.reads:
        return []
    wanted = _begun_number(typed.strip())
    found: list[Suggestion] = []
    try:
        with _guarded():
            found += _words(typed, reader) if wanted is None else _cases(wanted, reader)
            if len(found) < limit:
                found += _titles(typed, reader)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != "57014":  # query_canceled
            raise
    return found[:limit]


@contextmanager
def _guarded() -> Iterator[None]:
    """A transaction in which no question may take long, and an index is used whatever the statistics say."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true)",
            [str(MOST_MILLISECONDS)],
        )
        yield


def _words(typed: str, reader: Reader) -> Iterator[Suggestion]:
    """`typed` with its last word made whole, the most frequent first and of each word one form."""
    match = _LAST_WORD.search(typed)
    if match is None or len(match[0]) < SHORTEST:
        return
    before, beginning = typed[: match.start()], normalised(match[0])
    begins = Q(text__startswith=beginning)
    for spelling in danish_spellings(beginning)[:3]:
        begins |= Q(text__startswith=spelling)
    count = "total_count" if reader.reads_closed else "open_count"
    known = Word.objects.visible_for(reader).filter(begins).exclude(text__in=SMALL_WORDS).order_by(f"-{count}", "text")
    said: set[str] = set()
    number = 0
    for text, terms in known.values_list("text", "terms")[:_CANDIDATES]:
        forms = {term for term in terms if not term.startswith("~")} or {text}
        if forms & said:
            continue
        said |= forms
        yield Suggestion("Ord", f"{before}{text}", f"{reverse('search')}?{urlencode({'q': before + text})}")
        number += 1
        if number == MOST_WORDS:
            return


def _titles(typed: str, reader: Reader) -> Iterator[Suggestion]:
    """The newest items in whose titles all words stand, the last of them perhaps not whole; each title once."""
    expression = _in_titles(typed)
    if not expression:
        return
    entries = SearchEntry.objects.visible_for(reader).filter(Matches(F("vector"), expression))
    entries = entries.filter(facets__is_standing=False)
    # The newest are chosen here: the database, asked for them, walks the whole archive by date.
    some = sorted(entries.values_list("date", "number", "pk")[:_POOL], key=lambda row: (-row[0].toordinal(), row[1]))
    items = AgendaItem.objects.visible_for(reader).filter(pk__in=[pk for _, _, pk in some[:_CANDIDATES]])
    rows = items.order_by("-meeting__date", "number").values_list("title", "meeting__slug", "number")
    said: set[str] = set()
    for title, slug, number in rows:
        if title and title.casefold() not in said:
            said.add(title.casefold())
            yield Suggestion("Punkt", title, reverse("item", args=[slug, number]))


def _in_titles(typed: str) -> tsquery.Expression:
    """What the titles must have: every word, and words that begin with the last one unless a blank follows it."""
    found = tsquery.typed(typed)[:_MOST_TYPED_WORDS]
    wanted = [_word_in_titles(one.terms) for one in found]
    match = _LAST_WORD.search(typed)
    if match and found and found[-1].word == normalised(match[0]):
        begun = [tsquery.beginning(match[0], Field.TITLE)]
        begun += [tsquery.beginning(spelling, Field.TITLE) for spelling in danish_spellings(normalised(match[0]))[:3]]
        wanted[-1] = tsquery.any_of([*begun, wanted[-1]])
    return tsquery.all_of(wanted)


def _word_in_titles(terms: Iterable[str]) -> tsquery.Expression:
    listed = list(terms)
    return tsquery.any_of([tsquery.wholes(listed, Field.TITLE), tsquery.parts(listed, Field.TITLE)])


def _cases(wanted: Q, reader: Reader) -> Iterator[Suggestion]:
    """Cases whose number begins with what was typed, in any spelling, each with the title that it had last."""
    items = AgendaItem.objects.visible_for(reader).filter(case=OuterRef("pk")).newest_first()
    cases = Case.objects.visible_for(reader).filter(wanted).order_by("-year", "sort_key", "pk")
    cases = cases.annotate(title=Subquery(items.values("title")[:1]))
    for number, slug, title, is_collective in cases.values_list("number", "slug", "title", "is_collective")[
        :MOST_WORDS
    ]:
        words = "samlesag" if is_collective else title
        yield Suggestion("Sag", f"{number} {words}" if words else number, reverse("case", args=[slug]))


def _begun_number(typed: str) -> Q | None:
    """Which cases have a number that begins so; None where `typed` is the beginning of none."""
    if len(typed) < 3 or not _LOOKS_LIKE_A_NUMBER.fullmatch(typed):
        return None
    try:
        part = parse_partial(typed)
    except InvalidCaseNumber:
        return _odd_beginning(typed)
    wanted = Q(subject__startswith=part.subject) if part.subject else Q()
    for column in ("facet", "serial", "year"):
        if (value := getattr(part, column)) is not None:
            wanted &= Q(**{column: value})
    return wanted


def _odd_beginning(typed: str) -> Q | None:
    """As `_begun_number`, for what ends within a part of a number and for the numbers of other bodies."""
    if match := _FACET_BEGINNING.fullmatch(typed):
        return Q(subject=match["subject"], facet__startswith=match["facet"].upper())
    if match := _BEGINNING.fullmatch(typed):
        return Q(subject__startswith=".".join(filter(None, match.groups())))
    try:
        return Q(normalised__startswith=parse_case_number(typed).normalised)
    except InvalidCaseNumber:
        return None
