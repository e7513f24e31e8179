"""Word: what a reader of the printed page would see."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from minutes.parsing.readers import read
from minutes.parsing.types import Line, ReadDocument

Make = Callable[[Document], None]


def read_word(make: Make) -> ReadDocument:
    document = docx.Document()
    make(document)
    target = io.BytesIO()
    document.save(target)
    return read(target.getvalue())


def lines(make: Make) -> tuple[Line, ...]:
    return read_word(make).lines


def body(xml: str) -> Make:
    """A document that holds this XML (in the namespaces w, r and wps)."""

    def make(document: Document) -> None:
        space = nsdecls("w", "r") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        for element in parse_xml(f"<w:body {space}>{xml}</w:body>"):
            document.element.body.append(element)

    return make


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def test_headings_by_style_outline_and_danish_name() -> None:
    def make(document: Document) -> None:
        document.add_heading("Titel", 0)
        document.add_heading("Punkt 1", 1)
        own = document.styles.add_style("Overskrift 2", 1)
        document.add_paragraph("Anledning", own)
        based = document.styles.add_style("Sektion", 1)
        based.base_style = document.styles["Heading 3"]
        document.add_paragraph("Bilag", based)
        paragraph = document.add_paragraph("Niveau 4")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "3")
        paragraph._p.get_or_add_pPr().append(level)
        document.add_paragraph("Tekst")

    assert [(line.text, line.heading) for line in lines(make)] == [
        ("Titel", 1),
        ("Punkt 1", 1),
        ("Anledning", 2),
        ("Bilag", 3),
        ("Niveau 4", 4),
        ("Tekst", None),
    ]


def test_emphasis_links_and_size() -> None:
    def make(document: Document) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("Mødested").bold = True
        paragraph.add_run(" Lokale ")
        paragraph.add_run("to").italic = True
        run = document.add_paragraph().add_run("Alt er fedt")
        run.bold, run.font.size = True, Pt(14)
        hidden = document.add_paragraph("Synligt").add_run(" skjult")
        hidden.font.hidden = True

    first, second, third = lines(make)
    assert (first.text, first.markdown, first.bold) == ("Mødested Lokale to", "**Mødested** Lokale *to*", False)
    assert (second.bold, second.size) == (True, 14)
    assert third.text == "Synligt"


def test_line_breaks_tabs_and_odd_characters() -> None:
    found = lines(
        body(
            "<w:p><w:r><w:t>Uge 50</w:t><w:tab/><w:t>Oplæg</w:t><w:br/><w:t>15.12</w:t><w:br w:type='page'/></w:r>"
            "</w:p>"
            "<w:p><w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:sym w:font='Wingdings' "
            "w:char='F0FC'/></w:r></w:p>"
        )
    )
    assert [(line.text, line.number, line.continues) for line in found] == [
        ("Uge 50\tOplæg", 1, False),
        ("15.12", 1, False),
        ("A-B✓", 2, False),
    ]


def test_tracked_changes_fields_and_content_controls() -> None:
    document = read_word(
        body(
            "<w:p><w:r><w:t>Det </w:t></w:r><w:ins w:id='1' w:author='x'><w:r><w:t>nye</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='x'><w:r><w:delText>gamle</w:delText></w:r></w:del></w:p>"
            "<w:sdt><w:sdtPr><w:alias w:val='Felt'/></w:sdtPr><w:sdtContent>"
            + p("I et felt")
            + "</w:sdtContent></w:sdt>"
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Evt.</w:t><w:tab/><w:t>12</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        )
    )
    assert [line.text for line in document.lines] == ["Det nye", "I et felt", "Evt.\t12"]
    assert [(one.code, one.line) for one in document.warnings] == [("tracked_changes", 1)]


def test_text_boxes_stand_once() -> None:
    box = "<w:txbxContent>" + p("I en boks") + "</w:txbxContent>"
    found = lines(
        body(
            "<w:p><w:r><w:t>Ved siden af</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
            "</w:r></w:p>"
        )
    )
    assert [line.text for line in found] == ["Ved siden af", "I en boks"]


def test_a_text_in_word_lists() -> None:
    def make(document: Document) -> None:
        for style in ("List Bullet", "List Bullet 2", "List Bullet", "List Number", "List Number"):
            document.add_paragraph(f"i {style}", style)
        document.add_paragraph("- skrevet af en person")
        document.add_paragraph("1. juni 2017 var en torsdag")

    assert [(line.marker, line.depth, line.text) for line in lines(make)] == [
        ("-", 0, "i List Bullet"),
        ("-", 1, "i List Bullet 2"),
        ("-", 0, "i List Bullet"),
        ("1.", 0, "i List Number"),
        ("2.", 0, "i List Number"),
        ("-", 0, "skrevet af en person"),
        (None, 0, "1. juni 2017 var en torsdag"),
    ]


def test_tables_with_merged_cells() -> None:
    def make(document: Document) -> None:
        table = document.add_table(3, 3)
        for row, texts in enumerate((("Mål", "2017", "2018"), ("Skoler", "1", "2"), ("", "3", "4"))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Begge år"
        table.cell(1, 0).merge(table.cell(2, 0))
        for run in (table.cell(0, 0).paragraphs[0].runs[0], table.cell(0, 1).paragraphs[0].runs[0]):
            run.bold = True

    found = lines(make)
    assert [line.cells for line in found] == [("Mål", "Begge år", ""), ("Skoler", "1", "2"), ("", "3", "4")]
    assert [line.header for line in found] == [True, False, False]


def test_a_table_that_only_places_text_is_read_as_paragraphs() -> None:
    def make(document: Document) -> None:
        frame = document.add_table(1, 1).cell(0, 0)
        frame.text = "I en ramme"
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "Venstre"
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"

    assert [(line.text, line.cells) for line in lines(make)] == [
        ("I en ramme", None),
        ("Venstre", None),
        ("a\tb", ("a", "b")),
    ]


def test_running_heads_are_furniture() -> None:
    def make(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Albertslund Kommune"
        document.sections[0].footer.paragraphs[0].text = "Side 1"
        document.add_paragraph("Tekst")

    assert [line.text for line in lines(make)] == ["Tekst"]


def test_pages_are_not_known() -> None:
    document = read_word(lambda document: document.add_paragraph("Tekst"))
    assert document.pages is None
    assert document.lines[0].page is None


@pytest.mark.parametrize("text", ["Punkt 1: CF - Budget", "4. udkast til budgetkatalog", "Æblegrød, CO₂ – 10 %"])
def test_text_stands_as_typed(text: str) -> None:
    (line,) = lines(lambda document: document.add_paragraph(text))
    assert " ".join(filter(None, (line.marker, line.text))) == text
