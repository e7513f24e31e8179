"""What is typed into the search field, and how it is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.casenumber import CaseNumber
from minutes.search.fields import Field
from minutes.search.language import (
    MOST_CHARACTERS,
    MOST_WORDS,
    Atom,
    Day,
    Month,
    Number,
    Phrase,
    Prefix,
    Query,
    Word,
    parse,
)


def told(atom: Atom) -> str:
    """An atom in short: word, word* for a prefix, "a b" for a phrase, and days, months, numbers by what they are."""
    match atom:
        case Word():
            return f"({atom.text})" if atom.is_filler else f"{atom.text}?" if atom.is_weak else atom.text
        case Prefix():
            return f"{atom.text}*"
        case Phrase():
            return f'"{" ".join(atom.words)}"'
        case Day(mention):
            year = f"{mention.year}-" if mention.year else ""
            return f"day {year}{mention.month:02}-{mention.day:02}"
        case Month():
            return f"month {atom.year}-{atom.month:02}"
        case Number(number):
            return f"{'case' if isinstance(number, CaseNumber) else 'part'} {number}"


def read(typed: str) -> list[str]:
    """The clauses of a query in short, alternatives with a bar between them."""
    return [
        ("-" if clause.is_excluded else "")
        + (f"{clause.field.value}:" if clause.field else "")
        + "|".join(map(told, clause.atoms))
        for clause in parse(typed).clauses
    ]


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("budget", ["budget"]),
        ("Mødekultur, budget!", ["Mødekultur", "budget"]),
        ("og/eller budget", ["(og)", "(eller)", "budget"]),
        ('"Vi cykler til arbejde"', ['"Vi cykler til arbejde"']),
        ("”a b” »c d« “e f” „g h“", ['"a b"', '"c d"', '"e f"', '"g h"']),
        ('budget "Vi cykler til', ["budget", '"Vi cykler til"']),
        ('skærm 12" fladt', ["skærm", "12", "fladt"]),
        ('budget "', ["budget"]),
        ('"" budget " "', ["budget"]),
        ("-budget kultur", ["-budget", "kultur"]),
        ('kultur -"møde kultur" IKKE fest', ["kultur", '-"møde kultur"', "-fest"]),
        ("-fordeling.pptx kultur", ['-"fordeling pptx"', "kultur"]),
        ("mødekultur-projekt", ["mødekultur-projekt"]),
        ("kultur - budget", ["kultur", "budget"]),
        ("møderegler og -kultur", ["møderegler", "(og)", "-kultur"]),
        ("-14. juni 2017 budget", ["-day 2017-06-14", "budget"]),
        ("kultur OR fritid budget", ["kultur|fritid", "budget"]),
        ("kultur ELLER fritid ELLER idræt", ["kultur|fritid|idræt"]),
        ('"møde kultur" ELLER fritid', ['"møde kultur"|fritid']),
        ("kultur eller fritid", ["kultur", "(eller)", "fritid"]),
        ("kultur ELLER", ["kultur"]),
        ("OR kultur", ["kultur"]),
        ("kultur OR -fritid", ["kultur", "-fritid"]),
        ("budget -kultur OR fritid", ["budget", "-kultur|fritid"]),
        ("budget OG kultur AND fritid", ["budget", "kultur", "fritid"]),
        ("ELLER", ["ELLER"]),
        ("OR OR", ["OR", "OR"]),
        ("budg* -møde-pro* b*", ["budg*", "-møde-pro*", "b"]),
        ("titel:budget kultur", ["titel:budget", "kultur"]),
        ("Titel: budget", ["titel:budget"]),
        ('BESLUTNING:"til efterretning"', ['beslutning:"til efterretning"']),
        ("indstilling:mål bilag:budg* tekst:frist", ["indstilling:mål", "bilag:budg*", "tekst:frist"]),
        ("titel:(a b)", ["titel:a", "b"]),
        ("titel:mål.pptx", ['titel:"mål pptx"']),
        ("-titel:budget kultur", ["-titel:budget", "kultur"]),
        ("titel:a OR b", ["titel:a|b"]),
        ("titel:a OR titel:b", ["titel:a|b"]),
        ("titel:a OR beslutning:b", ["a|b"]),
        ("titel:", ["titel"]),
        ("http://kl:9", ["http", "klokken", "9"]),
        ("Kl. 9:30", ["klokken", "9", "30"]),
        ("KL's CO₂ 2015-2018 § 17 A4", ["KL's", "CO₂", "2015", "2018", "§", "17", "A4"]),
        ("fornavn.efternavn@kommune.dk", ["fornavn.efternavn@kommune.dk"]),
        ("mål og ressourcefordeling.pptx", ["mål", "(og)", "ressourcefordeling", "pptx"]),
        ("Status på budgetaftale 2017_juni", ["Status", "(på)", "budgetaftale", "2017", "juni"]),
        ("12.500 kr. i 2023", ["12.500", "kr", "(i)", "2023"]),
        ("Borger & Arbejdsmarked", ["Borger", "(&)", "Arbejdsmarked"]),
        ("' & | ! <-> :* \\", []),
        ("'; DROP TABLE x; --", ["DROP", "TABLE", "x"]),
        ("<b>budget</b>", ["b", "budget", "b"]),
        ("🎉 \x00 budget\u202e", ["budget"]),
        ("", []),
    ],
)
def test_words_and_operators(typed: str, clauses: list[str]) -> None:
    assert read(typed) == clauses


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("14. juni 2017", ["day 2017-06-14"]),
        ("14-06-2017", ["day 2017-06-14"]),
        ("2017-06-14", ["day 2017-06-14"]),
        ("14/6 2017", ["day 2017-06-14"]),
        ("14.6.17", ["day 2017-06-14"]),
        ("(14-06-2017)", ["day 2017-06-14"]),
        ("onsdag den 14. juni", ["(onsdag)", "(den)", "day 06-14"]),
        ("21. december", ["day 12-21"]),
        ("møde 14. juni 2017", ["møde?", "day 2017-06-14"]),
        ("14. og 26. juni 2017", ["day 2017-06-14", "(og)", "day 2017-06-26"]),
        ("14/6", ['day 06-14|"14 6"']),
        ("december 2023", ["month 2023-12"]),
        ("dec. 2023", ["month 2023-12"]),
        ("2023 december", ["month 2023-12"]),
        ("sept 2023", ["month 2023-09"]),
        ("december", ["december"]),
        ("31. juni", ["31", "juni"]),
        ('"14. juni 2017"', ['"14 juni 2017"']),
        ("11.10.16", ["day 2016-10-11"]),  # 11 is no main group
        ("14.06.17", ["day 2017-06-14|part 14.06.17"]),
        ("30.05", ["part 30.05|day 05-30"]),
        ("kl. 15.30", ["klokken", "15.30"]),
        ("2017", ["2017"]),
        ("12 15 2023", ["12", "15", "2023"]),
    ],
)
def test_days_and_months(typed: str, clauses: list[str]) -> None:
    assert read(typed) == clauses


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("00.01.10-A00-3-16", ["case 00.01.10-A00-3-16"]),
        ("81.28.00 P05 1 17", ["case 81.28.00-P05-1-17"]),
        ("00 01 10 P20 1 17 budget", ["case 00.01.10-P20-1-17", "budget"]),
        ("00-01-10-P20-1-17", ["case 00.01.10-P20-1-17"]),
        ("000110P20117", ["case 00.01.10-P20-1-17"]),
        ("000110p20", ["part 00.01.10-P20"]),
        ("00.01.10", ["part 00.01.10"]),
        ("00.01.10, budget", ["part 00.01.10", "budget"]),
        ("00-01-10", ["part 00.01.10"]),
        ("00 01 10", ["part 00.01.10"]),
        ("00.01.10 A00", ["part 00.01.10-A00"]),
        ("03.30", ["part 03.30"]),
        ("A00", ["part A00|A00"]),
        ("p22", ["part P22|p22"]),
        ("A00 2023", ["part A00|A00", "2023"]),
        ("A00-3-17", ["part A00-3-17"]),
        ("853005", ["part 85.30.05|853005"]),
        ("120000", ["120000"]),  # 12 is no main group
        ("14/45987", ["case 14/45987"]),
        ("sag 14/45987", ["(sag)", "case 14/45987"]),
        ("Sagsnr.: 00.01.10-A00-3-16", ["(Sagsnr)", "case 00.01.10-A00-3-16"]),
        ("EMN-2025-003383 budget", ["case EMN-2025-003383", "budget"]),
        ("43 68 68 68", ["43", "68", "68", "68"]),
        ("sag:00", ["sag:part 00"]),
        ("sag:00.01 budget", ["sag:part 00.01", "budget"]),
        ("sag: 00 01 10 A00", ["sag:part 00.01.10-A00"]),
        ("sag:01.10.16", ["sag:part 01.10.16"]),
        ("sag:853005", ["sag:part 85.30.05"]),
        ("sag:14/45987", ["sag:case 14/45987|14/45987"]),
        ("sag:2017", ["sag:2017"]),
        ("sag:budget", ["sag:budget"]),
        ('"00.01.10-A00-3-16"', ['"00.01.10-A00-3-16"']),
    ],
)
def test_case_numbers(typed: str, clauses: list[str]) -> None:
    assert read(typed) == clauses


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        (
            "hvad blev der besluttet om mødekultur",
            ["(hvad)", "(blev)", "(der)", "besluttet?", "(om)", "mødekultur"],
        ),
        ("hvor mange kilometer blev cyklet", ["(hvor)", "(mange)", "kilometer", "(blev)", "cyklet"]),
        ("hvornaar kommer budgettet", ["(hvornaar)", "(kommer)", "budgettet"]),
        ("beslutning om samarbejdet", ["beslutning?", "(om)", "samarbejdet"]),
        ("godkendelse af referat", ["godkendelse", "(af)", "referat"]),
        ("hvem er det", ["hvem", "er", "det"]),
        ("beslutning om møde", ["beslutning", "(om)", "møde"]),
        ("ikke godkendt", ["ikke", "godkendt"]),
        ("MED om MED-udvalg", ["MED", "(om)", "MED-udvalg"]),
        ("status på orientering", ["status", "(på)", "orientering"]),
        ('"hvad er" om OR titel:i -på', ['"hvad er"', "om|i", "-på"]),
        ("om -budget", ["om", "-budget"]),
    ],
)
def test_words_that_do_not_weigh(typed: str, clauses: list[str]) -> None:
    assert read(typed) == clauses


def test_questions_are_told() -> None:
    assert all(parse(typed).is_question for typed in ["Hvem kommer", "til hvilket møde", "godkendt?", "HVORNÅR"])
    assert not any(parse(typed).is_question for typed in ["budget", "vi ved hvad det er", ""])


@pytest.mark.parametrize("typed", ['"a b"', "-a b", "a IKKE b", "a OR b", "a ELLER b", "budg*", "titel:budget"])
def test_operators_are_told(typed: str) -> None:
    assert parse(typed).has_operators


@pytest.mark.parametrize("typed", ["", "a b", "a - b", "14. juni 2017", "00.01.10", "budget OG kultur", "OR", 'a "'])
def test_plain_words_have_no_operators(typed: str) -> None:
    assert not parse(typed).has_operators


def test_blank_is_what_looks_for_nothing() -> None:
    assert [parse(typed).is_blank for typed in ["", " ", "-budget", "?!", "-a b"]] == [True, True, True, True, False]


def test_a_field_is_one_of_ours() -> None:
    assert parse("bilag:budget").clauses[0].field is Field.ATTACHMENTS


def test_texts_are_as_typed() -> None:
    day, number = (clause.atoms[0] for clause in parse("den  14.\tjuni 2017 81.28.00 P05 1 17").clauses[1:])
    assert (day.text, number.text) == ("14. juni 2017", "81.28.00 P05 1 17")
    assert isinstance(day, Day)
    assert day.text[day.mention.start : day.mention.end] == day.text
    assert parse("14. og 26. juni").clauses[0].atoms[0].text == "14. juni"


def test_words_are_replaced_where_they_stand() -> None:
    query = parse('Bugdet,  titel:bugdet -"det bugdet" bugdet* budbugdet  bugdet?')
    assert query.with_word("bugdet", "budget") == 'Bugdet, titel:budget -"det budget" bugdet* budbugdet budget?'
    assert parse("aa bb cc").with_words({"aa": "b", "cc": "ø"}) == "b bb ø"
    assert parse("aa").with_word("bb", "cc") == "aa"


def test_long_ones_are_cut_at_a_word() -> None:
    query = parse("mødekultur " * 500)
    assert query.is_cut
    assert read(str(query)) == ["mødekultur"] * MOST_WORDS
    assert str(query).endswith(" mødekultur")
    assert len(str(query)) <= MOST_CHARACTERS
    assert parse('"' + "a " * 100 + '"').clauses[0].atoms == (Phrase(("a",) * MOST_WORDS, " ".join("a" * MOST_WORDS)),)
    assert parse("x" * 10_000).is_cut
    assert not parse("budget" + " " * 10_000).is_cut


def size(query: Query) -> int:
    return sum(len(atom.words) if isinstance(atom, Phrase) else 1 for clause in query.clauses for atom in clause.atoms)


PIECES = (
    *('"', "”", "»", "«", "-", " ", "  ", "*", ":", "titel:", "sag:", " OR ", " ELLER ", " IKKE ", " OG ", "(", ")"),
    *("møde", "a", "og", "hvad", "14. juni", "2017", "00.01.10", "-A00-3-17", "P22", "14/45987", "1.", "/", "kl. 9"),
    *(
        "'",
        "_",
        "%",
        "&",
        "|",
        "!",
        "<->",
        "\\",
        "\x00",
        "\u200f",
        "\u00ad",
        "🎉",
        "é",
        "₂",
        "½",
        "ﷺ",
        "\ud800",
        "@b.dk",
    ),
)
ANYTHING = st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(ANYTHING)
@example("' & | ! <-> :* \\ '; drop table --")
@example('"' * 2000)
@example("1 " * 5000)
def test_anything_is_a_query_within_bounds_that_reads_the_same_again(typed: str) -> None:
    query = parse(typed)
    assert len(query.typed) <= MOST_CHARACTERS
    assert size(query) <= 2 * MOST_WORDS  # what may be meant in two ways counts once
    assert all(clause.atoms and all(atom.text for atom in clause.atoms) for clause in query.clauses)
    again = parse(str(query))
    assert (again.clauses, again.is_question, again.has_operators) == (
        query.clauses,
        query.is_question,
        query.has_operators,
    )


@given(ANYTHING)
def test_places_are_those_of_words(typed: str) -> None:
    query = parse(typed)
    reached = 0
    for start, end, _ in query.places:
        assert reached <= start < end <= len(query.typed)
        reached = end
    assert query.with_words({}) == query.typed
    words = {word for _, _, word in query.places}
    for clause in query.clauses:
        for atom in clause.atoms:
            if isinstance(atom, Word):
                assert atom.text in words or any(letter.isdigit() for letter in atom.text)
