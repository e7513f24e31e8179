"""Links over stretches of Markdown: only where the text stays what it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.templatetags.links_in_text import Link
from minutes.templatetags.markdown import markdown
from tests.views.page import Page


def link(text: str, words: str, address: str = "/moeder/2017-05-18/", name: str = "") -> Link:
    start = text.index(words)
    return Link(start, start + len(words), address, name)


def links_of(text: str, *words: str) -> list[tuple[str, str]]:
    return Page(markdown(text, links=[link(text, one) for one in words])).links


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Se mødet d. 18. maj 2017 i referatet.", "mødet d. 18. maj 2017"),
        ("mødet d. 18. maj", "mødet d. 18. maj"),
        ("- først\n- mødet d. 18. maj", "mødet d. 18. maj"),
        ("**Se mødet d. 18. maj**", "mødet d. 18. maj"),
        ("**mødet d. 18. maj**", "mødet d. 18. maj"),
        ("Se (mødet *d.* 18. maj).", "mødet *d.* 18. maj"),
        ("# Mødet d. 18. maj\n\nTekst", "Mødet d. 18. maj"),
        ("| mødet d. 18. maj | b |\n|---|---|\n| 1 | 2 |", "mødet d. 18. maj"),
        ("| a | b |\n|---|---|\n| x | mødet d. 18. maj |", "mødet d. 18. maj"),
        ("> mødet d. 18. maj", "mødet d. 18. maj"),
        ("<b>mødet d. 18. maj</b>", "mødet d. 18. maj"),
        ("mødet\nd. 18. maj", "mødet\nd. 18. maj"),
        ("på mødet\n18. maj", "18. maj"),
        ("a\r\nmødet d. 18. maj\r\n", "mødet d. 18. maj"),
        ("sag 00.01.00\\-A00-3-17 &amp; mødet", "00.01.00\\-A00-3-17"),
    ],
)
def test_words_become_a_link(text: str, words: str) -> None:
    found = links_of(text, words)
    assert len(found) == 1
    assert found[0][0] == "/moeder/2017-05-18/"
    shown = " ".join(words.replace("*", "").replace("\\", "").split())
    assert found[0][1] == shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("26. juni behandlede styregruppen det", "26. juni"),  # a list that begins with 26
        ("**mødet d.** 18. maj", "mødet d.** 18. maj"),
        ("mødet *d. 18. maj*", "mødet *d. 18."),
        ("`mødet d. 18. maj`", "mødet d. 18. maj"),
        ("    mødet d. 18. maj", "mødet d. 18. maj"),
        ("```\nmødet d. 18. maj\n```", "mødet d. 18. maj"),
        ("mødet d.\n\n18. maj", "mødet d.\n\n18. maj"),
        ("a &amp; b", "amp"),
        ("| a | b |\n|---|---|\n| mødet | d. 18. maj |", "mødet | d. 18. maj"),
        ("[1]: https://albertslund.dk/mødet\n\nx", "mødet"),
        ("# mødet", "# mødet"),
    ],
)
def test_no_link_rather_than_another_text(text: str, words: str) -> None:
    assert markdown(text, links=[link(text, words)]) == markdown(text)


def test_an_address_in_the_text_is_the_link() -> None:
    text = "[se mødet d. 18. maj](https://albertslund.dk/moede) og <https://albertslund.dk/18-maj>"
    assert links_of(text, "mødet d. 18. maj", "18-maj", text) == Page(markdown(text)).links
    assert len(Page(markdown(text)).links) == 2


def test_one_that_disturbs_the_text_takes_no_other_with_it() -> None:
    text = "26. juni var der møde\n\nSe mødet d. 18. maj og sag 00.01.00-A00-3-17, &amp; mere."
    assert [words for _, words in links_of(text, "26. juni", "mødet d. 18. maj", "amp", "00.01.00-A00-3-17")] == [
        "mødet d. 18. maj",
        "00.01.00-A00-3-17",
    ]


def test_of_two_over_each_other_the_first() -> None:
    text = "punkt 3 på mødet d. 18. maj"
    assert [words for _, words in links_of(text, "mødet d. 18. maj", text, "punkt 3 på mødet")] == [text]


def test_the_name_has_the_words_in_it_and_nothing_comes_out_of_an_attribute() -> None:
    text = "Se 26. juni."
    html = markdown(text, links=[link(text, "26. juni", '/x/"><script>', '26. juni: "><script>')])
    assert html == (
        '<p>Se <a class="reference" href="/x/&quot;&gt;&lt;script&gt;" aria-label="26. juni: &quot;&gt;&lt;script&gt;">'
        "26. juni</a>.</p>\n"
    )


@pytest.mark.parametrize("places", [(5, 5), (7, 3), (0, 99), (-1, 4)])
def test_places_that_are_none(places: tuple[int, int]) -> None:
    assert markdown("Se mødet.", links=[Link(*places, "/x/")]) == markdown("Se mødet.")


def test_a_text_may_hold_the_characters_that_mark() -> None:
    text = "\ue000 mødet \ue001 d. 18. maj \ue002"
    html = markdown(text, links=[link(text, "d. 18. maj")])
    assert html == '<p>\ue000 mødet \ue001 <a class="reference" href="/moeder/2017-05-18/">d. 18. maj</a> \ue002</p>\n'
    everything = "".join(map(chr, range(0xE000, 0xF900)))
    assert "<a" not in markdown(everything, links=[Link(0, 5, "/x/")])


MARKUP = st.text(alphabet=st.sampled_from("<>&;\"'`|-#*_[]()!:\\/. \n\t1a2bø\ue000"), max_size=120)
_WORDS = "mødet d. 18. maj|26. juni|[x](https://a.dk)|<https://a.dk>|&amp;|**|*|`|```|# |- |> |---|    |[|](|\\|"
PIECES = st.lists(st.sampled_from([*_WORDS.split("|"), "|", "\n", "\n\n"]), max_size=25).map("".join)


@given(text=MARKUP | PIECES, data=st.data())
def test_the_text_is_unaltered(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    links = [Link(*sorted(pair), "/her/") for pair in data.draw(st.lists(st.tuples(place, place), max_size=6))]
    html = markdown(text, links=links)
    opened = re.compile(r'<a class="reference" href="/her/">(.*?)</a>', re.DOTALL)
    assert opened.sub(r"\1", html) == markdown(text)
    for words in opened.findall(html):
        assert "<a" not in words
    Page(html)
