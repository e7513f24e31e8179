"""One meeting's minutes, made up, as Word files and PDFs of many layouts, for the tests of the parser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

TITLE = "REFERAT Chefforum d. 18-01-2024"
DATE, PLACE = "Torsdag d. 18. januar 2024 kl. 09:00", "Mødelokale 915"


@dataclass(frozen=True)
class Point:
    """An item: number, title as printed, case number, and its sections: heading and lines ("1." and "-": of a list)."""

    number: int
    title: str
    case: str
    sections: tuple[tuple[str, tuple[str | tuple[str, str], ...]], ...]


POINTS = (
    Point(
        1,
        "CF - Godkendelse af dagsorden og referat",
        "00.01.00-P35-9-23",
        (
            ("Anledning", ("Dagsordenen skal godkendes.",)),
            (
                "Indstilling",
                (
                    "Kommunaldirektøren indstiller,",
                    ("1.", "at dagsordenen godkendes."),
                    ("1.", "at referatet fra 7. december 2023 godkendes."),
                ),
            ),
            ("Beslutning", ("Godkendt.",)),
        ),
    ),
    Point(
        2,
        "CF - Ny model for intern rekruttering",
        "81.03.00-A00-2-24",
        (
            ("Anledning", ("HR har udarbejdet en model for intern rekruttering på tværs af afdelinger.",)),
            (
                "Sagsfremstilling",
                (
                    "Modellen består af to dele, se bilag 1:",
                    ("-", "et internt jobopslag"),
                    ("-", "en samtale med nærmeste leder"),
                    "Beslutning om fortsættelse træffes i efteråret.",
                ),
            ),
            (
                "Indstilling",
                (
                    "Chefen for HR og direktøren for Børn, Sundhed & Velfærd indstiller,",
                    ("1.", "at modellen godkendes,"),
                    ("1.", "at modellen evalueres i oktober 2024."),
                ),
            ),
            ("Beslutning", ("Godkendt med den ændring, at evalueringen rykkes til november.",)),
            ("Bilag", ("Bilag 1 Model for intern rekruttering.pdf", "Procesplan")),
        ),
    ),
    Point(3, "CF - Evt.", "00.01.00-P35-9-23", (("Beslutning", ("Intet til referat.",)),)),
)
EXPECTED = """\
referat | Chefforum | 2024-01-18 | 09:00 | i Mødelokale 915
1. CF / Godkendelse af dagsorden og referat [00.01.00-P35-9-23]
  anledning: Anledning
    Dagsordenen skal godkendes.
  indstilling: Indstilling
    Kommunaldirektøren indstiller,
    1. at dagsordenen godkendes.
    2. at referatet fra 7. december 2023 godkendes.
  beslutning: Beslutning
    Godkendt.
  > Kommunaldirektøren
    - at dagsordenen godkendes.
    - at referatet fra 7. december 2023 godkendes.
2. CF / Ny model for intern rekruttering [81.03.00-A00-2-24]
  anledning: Anledning
    HR har udarbejdet en model for intern rekruttering på tværs af afdelinger.
  sagsfremstilling: Sagsfremstilling
    Modellen består af to dele, se bilag 1:
    - et internt jobopslag
    - en samtale med nærmeste leder
    Beslutning om fortsættelse træffes i efteråret.
  indstilling: Indstilling
    Chefen for HR og direktøren for Børn, Sundhed & Velfærd indstiller,
    1. at modellen godkendes,
    2. at modellen evalueres i oktober 2024.
  beslutning: Beslutning
    Godkendt med den ændring, at evalueringen rykkes til november.
  bilag: Bilag
    Bilag 1 Model for intern rekruttering.pdf
    Procesplan
  > Chefen for HR og direktøren for Børn, Sundhed & Velfærd
    - at modellen godkendes,
    - at modellen evalueres i oktober 2024.
  + Bilag 1 Model for intern rekruttering.pdf
  + Procesplan
3. CF / Evt. [00.01.00-P35-9-23]
  beslutning: Beslutning
    Intet til referat."""

Layout = Callable[[], bytes]


def saved(document: Word) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add_lines(document: Word, lines: Iterable[str | tuple[str, str]]) -> None:
    for line in lines:
        if isinstance(line, str):
            document.add_paragraph(line)
        else:
            document.add_paragraph(line[1], style="List Number" if line[0] == "1." else "List Bullet")


def add_head(document: Word) -> None:
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(f"Mødedato {DATE}")
    document.add_paragraph(f"Mødested {PLACE}")


def add_points(
    document: Word, head: Callable[[Point], object], section: Callable[[str], object], *, lines: bool = True
) -> bytes:
    for point in POINTS:
        head(point)
        for heading, text in point.sections:
            section(heading)
            if lines:
                add_lines(document, text)
    return saved(document)


def word_numbered_headings() -> bytes:
    """Word counts the items by itself: "Punkt 1:" stands in the style."""
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="Punkt %1:"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))
    add_head(document)
    return add_points(
        document,
        lambda point: (document.add_paragraph(point.title, style="Heading 1"), document.add_paragraph(point.case)),
        lambda heading: document.add_paragraph(heading, style="Heading 2"),
    )


def word_styles_of_its_own() -> bytes:
    document = Document()
    for name, bold in (("Punktoverskrift", True), ("Afsnit", False)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.bold, style.font.italic, style.font.size = bold, not bold, Pt(13 if bold else 11)
    add_head(document)
    return add_points(
        document,
        lambda point: (
            document.add_paragraph(f"Punkt {point.number}: {point.title}", style="Punktoverskrift"),
            document.add_paragraph(point.case),
        ),
        lambda heading: document.add_paragraph(heading, style="Afsnit"),
    )


def word_bold_only() -> bytes:
    document = Document()

    def bold(text: str) -> None:
        document.add_paragraph().add_run(text).bold = True

    add_head(document)
    return add_points(
        document,
        lambda point: (
            bold(f"Pkt. {point.number} {point.title}"),
            document.add_paragraph(f"Journalnr.: {point.case}"),
        ),
        lambda heading: bold(f"{heading}:"),
    )


def word_tables() -> bytes:
    """A table an item, a section a row; the head a table too, and text in the page's own head and foot."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Albertslund Kommune · Referat Chefforum"
    document.sections[0].footer.paragraphs[0].text = "Side 1 af 2"
    document.add_paragraph(TITLE, style="Title")
    add_rows(document, [("Mødedato", (DATE,)), ("Mødested", (PLACE,))])
    for point in POINTS:
        document.add_paragraph()
        table = document.add_table(1, 2)
        table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = f"Punkt {point.number}: {point.title}"
        add_rows(document, [("Journalnummer", (point.case,)), *point.sections], table)
    return saved(document)


def add_rows(document: Word, rows: Iterable[tuple[str, Iterable]], table=None) -> None:
    table = table or document.add_table(0, 2)
    for label, lines in rows:
        cells = table.add_row().cells
        cells[0].text = label
        for position, line in enumerate(lines):
            paragraph = cells[1].paragraphs[0] if position == 0 else cells[1].add_paragraph()
            paragraph.add_run(line if isinstance(line, str) else line[1])
            if not isinstance(line, str):
                paragraph.style = document.styles["List Number" if line[0] == "1." else "List Bullet"]


def word_content_controls() -> bytes:
    document = Document(io.BytesIO(word_bold_only()))
    for paragraph in document.paragraphs[::2]:
        element = paragraph._p
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
        element.addprevious(control)
        control.find(qn("w:sdtContent")).append(element)
    return saved(document)


def word_inline_labels() -> bytes:
    """The heading in bold, and its text behind it on the same line."""
    document = Document()
    add_head(document)
    for point in POINTS:
        document.add_paragraph(f"Punkt {point.number}: {point.title}", style="Heading 1")
        document.add_paragraph(point.case)
        for heading, lines in point.sections:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{heading}: ").bold = True
            paragraph.add_run(str(lines[0]))
            add_lines(document, lines[1:])
    return saved(document)


STYLES = getSampleStyleSheet()
PLAIN = ParagraphStyle("plain", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=6)


def pdf(head: list, point: Callable[[Point], list], section: Callable[[str, tuple], list]) -> bytes:
    story = list(head)
    for one in POINTS:
        story += point(one)
        for heading, lines in one.sections:
            story += section(heading, lines)
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build(story)
    return file.getvalue()


def pdf_lines(lines: Iterable[str | tuple[str, str]]) -> list:
    story: list = []
    entries: list = []
    for line in [*lines, ""]:
        if isinstance(line, tuple):
            entries.append((line[0], Paragraph(line[1].replace("&", "&amp;"), PLAIN)))
            continue
        if entries:
            kind = "1" if entries[0][0] == "1." else "bullet"
            story.append(
                ListFlowable(
                    [entry for _, entry in entries], bulletType=kind, bulletFormat=None if kind == "bullet" else "%s."
                )
            )
            entries = []
        if line:
            story.append(Paragraph(line.replace("&", "&amp;"), PLAIN))
    return story


HEAD = [Paragraph(TITLE, STYLES["Title"]), Paragraph(f"Mødedato {DATE}", PLAIN), Paragraph(f"Mødested {PLACE}", PLAIN)]


def pdf_plain() -> bytes:
    """One size, nothing bold: only the words say what is a heading."""
    return pdf(
        HEAD,
        lambda point: [Paragraph(f"{point.number}. {point.title}", PLAIN), Paragraph(point.case, PLAIN)],
        lambda heading, lines: [Paragraph(heading, PLAIN), *pdf_lines(lines)],
    )


def pdf_headings() -> bytes:
    return pdf(
        HEAD,
        lambda point: [
            Paragraph(f"Punkt {point.number}: {point.title}", STYLES["Heading1"]),
            Paragraph(point.case, PLAIN),
        ],
        lambda heading, lines: [Paragraph(heading, STYLES["Heading2"]), *pdf_lines(lines)],
    )


def pdf_labels_in_the_margin() -> bytes:
    def row(heading: str, lines: tuple) -> list:
        table = Table([[Paragraph(heading, PLAIN), pdf_lines(lines)]], colWidths=[110, 340])
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return [table, Spacer(1, 6)]

    return pdf(
        HEAD,
        lambda point: [
            Paragraph(f"Punkt {point.number}: {point.title}", STYLES["Heading1"]),
            Paragraph(point.case, PLAIN),
        ],
        row,
    )


def pdf_ruled_bands() -> bytes:
    """Each item's title in a ruled box with its case number beside it."""

    def band(point: Point) -> list:
        title = Paragraph(f"Punkt {point.number}: {point.title}", STYLES["Heading3"])
        table = Table([[title, Paragraph(point.case, PLAIN)]], colWidths=[330, 120])
        table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.5, grey)]))
        return [table, Spacer(1, 6)]

    return pdf(HEAD, band, lambda heading, lines: [Paragraph(f"<b>{heading}</b>", PLAIN), *pdf_lines(lines)])


LAYOUTS: tuple[Layout, ...] = (
    word_numbered_headings,
    word_styles_of_its_own,
    word_bold_only,
    word_tables,
    word_content_controls,
    word_inline_labels,
    pdf_plain,
    pdf_headings,
    pdf_labels_in_the_margin,
    pdf_ruled_bands,
)
