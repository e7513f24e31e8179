"""What the archive's own words tell: how common a term is, and which terms begin so. Each reader has a vocabulary of
their own, without what stands only in closed items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import F, Q, Value

from minutes.models import Reader, SearchEntry, Word
from minutes.search import stems
from minutes.search.analysis import danish_spellings
from minutes.search.folding import folded, normalised

IN_WORDS = 40  # of the words with a beginning, how many of the most frequent give their terms
SHORTEST_BEGINNING = 2  # letters
SHORTEST_CONTAINED = 6  # letters: what is shorter stands in too much by chance
CONTAINING = 20  # words, the most frequent
_SURE = 5_000  # rows; from so many on the statistics' estimate is good enough


def counts(lexemes: Sequence[str], reader: Reader) -> dict[str, int]:
    """In about how many items each of `lexemes` stands; those that stand in none are left out.

    An item in which two words have the lexeme counts twice.
    """
    if not lexemes:
        return {}
    rows = Word.objects.visible_for(reader).filter(terms__overlap=list(lexemes)).values_list("terms", count_of(reader))
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT term, sum(known.number)::int FROM ({sql}) AS known (terms, number), unnest(known.terms) AS term
            WHERE term = ANY(%s) GROUP BY term
            """,  # noqa: S608 - the query is the ORM's own
            [*params, list(lexemes)],
        )
        return dict(cursor.fetchall())


def terms_beginning(starts: Sequence[str], reader: Reader) -> Mapping[str, tuple[str, ...]]:
    """For each of `starts` the terms of the most frequent words that begin so: "mænd" gives "mand"."""
    found = {}
    for start in dict.fromkeys(starts):
        if len(start) >= SHORTEST_BEGINNING:
            spellings = Q()
            for spelling in (start.lower(), *danish_spellings(start.lower())):
                spellings |= Q(text__startswith=spelling)
            words = Word.objects.visible_for(reader).filter(spellings)
            rows = words.order_by(F(count_of(reader)).desc()).values_list("terms", flat=True)[:IN_WORDS]
            terms = (term for terms in rows for term in terms if not term.startswith("~"))
            found[start] = tuple(dict.fromkeys(terms))
    return found


def containing(words: Sequence[str], reader: Reader) -> dict[str, tuple[str, ...]]:
    """For each of `words` the whole terms of the most frequent words that have it in them, in its basic form, but that
    the analyser left whole: "finansiering" gives "medfinansiering". Words that have no such are left out."""
    asked = {word: _contained(word) for word in dict.fromkeys(words)}
    asked = {word: form for word, form in asked.items() if len(form) >= SHORTEST_CONTAINED and form.isalnum()}
    if not asked:
        return {}
    one, *others = (
        Word.objects.visible_for(reader)
        .filter(text__contains=form)
        .exclude(terms__overlap=[folded(form), f"~{folded(form)}"])
        .order_by(F(count_of(reader)).desc(), "text")
        .annotate(asked=Value(word))
        .values_list("asked", count_of(reader), "terms")[:CONTAINING]
        for word, form in asked.items()
    )
    rows = one.union(*others, all=True) if others else one
    found: dict[str, dict[str, None]] = {}
    for word, _, terms in sorted(rows, key=lambda row: -row[1]):
        found.setdefault(word, {}).update(dict.fromkeys(term for term in terms if not term.startswith("~")))
    return {word: tuple(found[word]) for word in asked if word in found}


def _contained(word: str) -> str:
    """The basic form of a word, the shortest that it begins with when there are several: "plan" of "planer"."""
    form = normalised(word)
    bases = [base for base in stems.basic_forms(form)[0] if form.startswith(base)]
    return min(bases, key=len, default=form)


def count_of(reader: Reader) -> str:
    """The column that counts what `reader` may see."""
    return "total_count" if reader.reads_closed else "open_count"


def archive_size() -> int:
    """About how many items there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::int FROM pg_class WHERE oid = %s::regclass", [SearchEntry._meta.db_table])
        estimate = cursor.fetchone()[0]
    return estimate if estimate >= _SURE else SearchEntry.objects.filter(Q(is_closed=False)).count()
