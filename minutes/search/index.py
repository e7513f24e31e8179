"""The index: the one place that writes SearchEntry, SearchText and Word.

`index_items` is called in the transaction that writes the items; `forget_items` before items are deleted, since the
vocabulary counts in how many items a word stands. Both are to be called under `locks.archive_lock`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple  # Any: an AgendaItem with what other models hang on it, which no checker sees

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from minutes.models import AgendaItem, SearchEntry, SearchFacets, SearchText, Section, Word
from minutes.models.locks import archive_lock
from minutes.search.analysis import VERSION, analyse_query_word, plain_text
from minutes.search.document import Part, as_lexeme, document
from minutes.search.fields import Field

BATCH = 200  # items in one transaction of `reindex`: some seconds, in which nobody else can store minutes
_WORDS = 10_000  # of the vocabulary, held in memory at once

_FIELDS_OF_SECTIONS = {"indstilling": Field.PROPOSAL, Section.ATTACHMENTS: Field.ATTACHMENTS}
_ENTRY_FIELDS = ["vector", "date", "number", "facets", "is_closed", "analyser_version"]


def index_items(ids: Collection[int], *, vocabulary: bool = True) -> None:
    """Write the index of the items with these primary keys as their rows are now, in one transaction. At most some
    hundred at once: they are all held in memory.

    Without `vocabulary` the words are not counted; `rebuild_vocabulary` must follow.
    """
    with transaction.atomic():
        before = _counted(ids) if vocabulary else None
        entries, texts, facets = [], [], []
        for item in _with_parts(ids):
            entry, text = _rows(item)
            entries.append(entry)
            texts.append(text)
            facets.append(_facets_of(item))
        for entry, kept in zip(entries, _kept_facets(facets), strict=True):
            entry.facets = kept
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["item"], update_fields=_ENTRY_FIELDS
        )
        SearchText.objects.bulk_create(
            texts, update_conflicts=True, unique_fields=["item"], update_fields=["parts", "words"]
        )
        if before is not None:
            _count(before, _counted(ids))


def forget_items(ids: Collection[int]) -> None:
    """Take items out of the index and the vocabulary; to be called before they are deleted."""
    with transaction.atomic():
        before = _counted(ids)
        SearchEntry.objects.filter(pk__in=ids).delete()
        SearchText.objects.filter(pk__in=ids).delete()
        _count(before, {})


def outdated() -> QuerySet[AgendaItem]:
    """Items that are not indexed, or were by another version of the analyser."""
    current = SearchEntry.objects.filter(item=OuterRef("pk"), analyser_version=VERSION)
    return AgendaItem.objects.filter(~Exists(current))


def parts_of(item: Any) -> list[Part]:
    """The parts of an item in the order of their worth. What a closed attachment is called is in none of them."""
    attachments = list(item.attachments.all())
    names = [attachment for attachment in attachments if not attachment.is_closed]
    parts = [Part(Field.TITLE, "Titel", item.title)]
    if item.printed_case_number:
        parts.append(Part(Field.CASE, "Sag", item.printed_case_number))
    decision = getattr(item, "decision", None)
    if decision is not None:
        parts.append(Part(Field.DECISION, decision.heading or "Beslutning", plain_text(decision.text)))
    sections = [section for section in item.sections.all() if not (attachments and section.kind == Section.ATTACHMENTS)]
    parts += sorted(map(_part, sections), key=lambda part: part.field is not Field.PROPOSAL)
    if names:
        parts.append(Part(Field.ATTACHMENTS, "Bilag", "\n".join(attachment.name for attachment in names)))
    parts += [Part(Field.ATTACHMENTS, attachment.name, attachment.text) for attachment in names if attachment.text]
    return [part for part in parts if part.text.strip()]


class Step(NamedTuple):
    """How far the making of the index has come."""

    what: str  # "ord" or "punkter"
    done: int
    total: int
    last: int = 0  # the key of the last item that is done


type Progress = Callable[[Step], None]


def _in_silence(step: Step) -> None:
    """For who does not want to know."""


def reindex(*, everything: bool = False, after: int = 0, progress: Progress = _in_silence) -> int:
    """Index what is outdated, or `everything` with a key above `after`; answers how many items. `progress` is told
    after each batch.

    A batch is a transaction that takes its turn with those who store minutes. Broken off, what is done is done, and the
    next call goes on. In the meantime every item is found by its old row until the new one stands there; where the
    analyser has changed, words that the two read differently find only one kind, and how common a word is may be a
    little off. The vocabulary's terms come first: as long as they are not all new, an old row tells so.
    """
    if everything or SearchEntry.objects.exclude(analyser_version=VERSION).exists():
        _refresh_terms(progress)
    wanted = AgendaItem.objects.all() if everything else outdated()
    done, total = 0, wanted.filter(pk__gt=after).count()
    while True:
        with archive_lock():
            ids = list(wanted.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not ids:
                return done
            index_items(ids)
        after = ids[-1]
        done += len(ids)
        progress(Step("punkter", done, max(done, total), after))


def rebuild_vocabulary(*, progress: Progress = _in_silence) -> None:
    """Count every word anew, from the texts that are indexed, in one transaction."""
    entry, text, word = (model._meta.db_table for model in (SearchEntry, SearchText, Word))
    with archive_lock(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{word}"')  # noqa: S608 - names of our own tables
        cursor.execute(
            f"""
            SELECT word, count(*) FILTER (WHERE NOT is_closed), count(*)
            FROM "{text}" JOIN "{entry}" USING (item_id), unnest(words) AS word
            GROUP BY word
            """  # noqa: S608 - names of our own tables
        )
        done, total = 0, cursor.rowcount
        for rows in iter(lambda: cursor.fetchmany(_WORDS), []):
            Word.objects.bulk_create(
                Word(text=text, open_count=open_count, total_count=total, terms=_terms_of(text))
                for text, open_count, total in rows
            )
            done += len(rows)
            progress(Step("ord", done, total))


def _refresh_terms(progress: Progress) -> None:
    """What today's analyser makes of the words that the archive has."""
    done, total = 0, Word.objects.count()
    reached = ""
    while words := list(Word.objects.filter(text__gt=reached).order_by("text")[:_WORDS]):
        stale = [word for word in words if word.terms != _terms_of(word.text)]
        for word in stale:
            word.terms = _terms_of(word.text)
        with archive_lock():
            Word.objects.bulk_update(stale, ["terms"], batch_size=1_000)
        reached = words[-1].text
        done += len(words)
        progress(Step("ord", done, max(done, total)))


def _with_parts(ids: Collection[int]) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.filter(pk__in=ids).select_related("meeting", "case", "decision")
    return items.prefetch_related("decision__outcomes", "sections", "recommendations", "attachments")


def _rows(item: Any) -> tuple[SearchEntry, SearchText]:
    parts = parts_of(item)
    vector, words = document(parts, item.meeting.date)
    entry = SearchEntry(
        item=item,
        vector=vector,
        date=item.meeting.date,
        number=item.number,
        is_closed=item.is_closed or item.meeting.is_closed,
        analyser_version=VERSION,
    )
    return entry, SearchText(
        item=item, parts=[(part.field.value, part.label, part.text) for part in parts], words=list(words)
    )


def _facets_of(item: Any) -> SearchFacets:
    decision = getattr(item, "decision", None)
    outcomes = decision.outcomes.all() if decision is not None else []
    offices = (recommendation.office for recommendation in item.recommendations.all())
    values = {
        "main_group": item.case.main_group if item.case else "",
        "outcomes": sorted({outcome.kind for outcome in outcomes}),
        "offices": sorted({office for office in offices if office}),
        "has_decision": decision is not None,
        "has_attachments": any(not attachment.is_closed for attachment in item.attachments.all()),
        "is_standing": item.is_standing,
    }
    return SearchFacets(**values, digest=hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest())


def _kept_facets(wanted: Sequence[SearchFacets]) -> list[SearchFacets]:
    """For each of `wanted` the row that says the same."""
    by_digest = {facets.digest: facets for facets in wanted}
    kept = SearchFacets.objects.in_bulk(list(by_digest), field_name="digest")
    if missing := sorted(by_digest.keys() - kept.keys()):
        SearchFacets.objects.bulk_create([by_digest[digest] for digest in missing], ignore_conflicts=True)
        kept |= SearchFacets.objects.in_bulk(missing, field_name="digest")
    return [kept[facets.digest] for facets in wanted]


def _part(section: Section) -> Part:
    field = _FIELDS_OF_SECTIONS.get(section.kind, Field.TEXT)
    return Part(field, section.heading or section.kind.capitalize(), plain_text(section.text))


type _Counts = dict[str, tuple[int, int]]  # of each word: in how many open items, in how many


def _counted(ids: Collection[int]) -> _Counts:
    """The words of items as they are indexed now."""
    open_counts: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    rows = SearchText.objects.filter(pk__in=ids).values_list("words", "item__search_entry__is_closed")
    for words, is_closed in rows:
        totals.update(words)
        if not is_closed:
            open_counts.update(words)
    return {word: (open_counts[word], total) for word, total in totals.items()}


def _count(before: _Counts, after: _Counts) -> None:
    """Bring the vocabulary from `before` to `after`."""
    changes = dict(_changes(before, after))
    if not changes:
        return
    new = sorted(changes.keys() - before.keys())
    texts = sorted(changes)
    table = Word._meta.db_table
    Word.objects.bulk_create((Word(text=word, terms=_terms_of(word)) for word in new), ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE "{table}" SET open_count = open_count + open_change, total_count = total_count + total_change
            FROM unnest(%s::text[], %s::int[], %s::int[]) AS change(word, open_change, total_change)
            WHERE text = word
            """,  # noqa: S608 - names of our own tables
            [texts, [changes[text][0] for text in texts], [changes[text][1] for text in texts]],
        )
    Word.objects.filter(Q(text__in=before.keys() - after.keys()), total_count=0).delete()


def _changes(before: _Counts, after: _Counts) -> Iterator[tuple[str, tuple[int, int]]]:
    for word in before.keys() | after.keys():
        was, now = before.get(word, (0, 0)), after.get(word, (0, 0))
        if was != now:
            yield word, (now[0] - was[0], now[1] - was[1])


def _terms_of(word: str) -> list[str]:
    return [as_lexeme(term) for term in analyse_query_word(word)]
