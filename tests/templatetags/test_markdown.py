"""Text from a file on a page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.templatetags.markdown import markdown, plain
from tests.views.page import Page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Godkendt.", "<p>Godkendt.</p>\n"),
        ("**Fed** og *kursiv*", "<p><strong>Fed</strong> og <em>kursiv</em></p>\n"),
        ("- a\n    - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
        ("3. at", '<ol start="3">\n<li>at</li>\n</ol>\n'),
        ("<b onclick=x>fed</b>", "<p>&lt;b onclick=x&gt;fed&lt;/b&gt;</p>\n"),
        ("<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>\n"),
        ("[her](https://albertslund.dk)", '<p><a href="https://albertslund.dk">her</a></p>\n'),
        ("<skriv@albertslund.dk>", '<p><a href="mailto:skriv@albertslund.dk">skriv@albertslund.dk</a></p>\n'),
        ("se albertslund.dk", "<p>se albertslund.dk</p>\n"),
        ("", ""),
    ],
)
def test_text(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//andre.dk",
        "/admin/",
        "#x",
    ],
)
def test_addresses_that_are_no_links(address: str) -> None:
    assert "<a" not in markdown(f"[her]({address})")
    assert "<a" not in markdown(f"[her][1]\n\n[1]: {address}")
    assert "<a" not in markdown(f"<{address}>")


def test_images_are_off() -> None:
    assert "<img" not in markdown("![et billede](https://andre.dk/x.png)")


def test_headings_lie_below_the_pages_own_and_leave_no_gap() -> None:
    text = "## A\n\n#### B\n\n###### C\n\n#### D\n\n# E\n\n### F"
    assert [rank for rank, _ in Page(markdown(text, level=3)).headings] == ["h3", "h4", "h5", "h4", "h3", "h4"]
    assert [rank for rank, _ in Page(markdown("# A\n\n## B", level=6)).headings] == ["h6", "h6"]


def test_tables() -> None:
    html = markdown("| a | | <b> |\n|--:|---|:-:|\n| 1 | 2 | 3 |\n\n| x |\n|---|\n", name='Sag"en')
    page = Page(html)
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert heads == [
        {"scope": "col", "class": "align-text-right"},
        {"scope": "col", "class": "align-text-center"},
        {"scope": "col"},
    ]
    names = [attributes["aria-label"] for _, attributes in page.tags if "aria-label" in attributes]
    assert names == ['Tabel 1 i Sag"en', 'Tabel 2 i Sag"en']
    assert "style=" not in html


@pytest.mark.parametrize(
    ("head", "rows", "names"),
    [
        ("| | 2017 | 2018 |", "| Drift | 1 | 2 |\n| Anlæg | | 3 |", ["Drift", "Anlæg"]),  # a blank corner
        ("| mio. kr. | 2017 |", "| **Drift** | 1 |\n| **Anlæg *i alt*** | 2 |", ["Drift", "Anlæg i alt"]),  # bold names
        ("| mio. kr. | 2017 |", "| Drift | 1 |\n| Anlæg | 2 |", []),
        ("| mio. kr. | 2017 |", "| **Drift** | 1 |\n| Anlæg | 2 |", []),
        ("| mio. kr. | 2017 |", "| **Drift** og **anlæg** | 1 |", []),
        ("| | 2017 | |", "| Drift | 1 | 2 |", []),  # a merged head: the corner says nothing
        ("| | 2017 |", "| Drift | 1 |\n| | 2 |", []),
        ("| |", "| Drift |", []),
        ("| | 2017 |", "", []),
    ],
)
def test_a_first_column_heads_its_rows_only_where_the_minutes_say_so(head: str, rows: str, names: list[str]) -> None:
    html = markdown(f"{head}\n{'|---' * (head.count('|') - 1)}|\n{rows}\n")
    found = re.findall(r'<th scope="row">(.*?)</th>', html)
    assert [re.sub("<.*?>", "", name) for name in found] == names
    assert html.count('scope="row"') == len(names)
    Page(html)


@given(st.text(alphabet=st.sampled_from("<>&\"'`|-#*_[]()!:\\/ \n\tabscriptjæøå1."), max_size=200))
def test_nothing_gets_through(text: str) -> None:
    page = Page(markdown(text))
    allowed = set("p em strong a ul ol li h3 h4 h5 h6 blockquote pre code hr br div table thead tbody tr th td".split())
    assert {tag for tag, _ in page.tags} <= allowed
    for tag, attributes in page.tags:
        assert set(attributes) <= {"href", "title", "start", "class", "scope", "role", "tabindex", "aria-label"}, tag
        assert (attributes.get("href") or "https://").startswith(("http://", "https://", "mailto:"))


def test_plain_words() -> None:
    text = "# Overskrift\n\nFed: **ja**\nnæste linje\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- <b>x</b>"
    assert plain(text) == "Overskrift Fed: ja næste linje a b 1 2 <b>x</b>"
    assert not hasattr(plain("x"), "__html__")
