"""PDF: paragraphs, lists, headings and reading order, told from geometry."""

import io

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from minutes.parsing.readers import read
from tests.parsing.readers.typeset import LEFT, RIGHT, TOP, lines_of, paragraphs, read_pages, wrap, write

DRAFT = (
    "Chefforum drøftede forslaget til ny struktur for samarbejdet mellem afdelingerne og besluttede at arbejde videre "
    "med de tre modeller, som blev fremlagt på mødet i juni."
)
HEARING = "Modellerne sendes i høring i alle afdelinger inden sommerferien, og svarene samles af Økonomi & Stab."


def test_lines_of_a_paragraph_go_on() -> None:
    def page(canvas: Canvas) -> None:
        top = wrap(canvas, DRAFT)
        wrap(canvas, HEARING, top=top - 8)

    found = lines_of(page)
    assert paragraphs(found) == [DRAFT, HEARING]
    assert [(line.page, line.number) for line in found] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert found[0].size == 11
    assert found[0].box is not None
    assert round(found[0].box.left) == LEFT
    assert found[0].box.top < 842 - TOP < found[0].box.bottom


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    found = lines_of(lambda canvas: (wrap(canvas, DRAFT), write(canvas, ["Kort.", "En til."], top=300)))
    assert paragraphs(found) == [DRAFT, "Kort.", "En til."]


def test_first_lines_set_in() -> None:
    def page(canvas: Canvas) -> None:
        top = float(TOP)
        for text in (DRAFT, HEARING):
            first, rest = text[:70], text[70:]
            cut = first.rfind(" ")
            canvas.drawString(LEFT + 18, top, first[:cut].ljust(70))
            top = wrap(canvas, first[cut:].strip() + rest, top=top - 14, right=LEFT + 350)

    assert len(paragraphs(lines_of(page))) == 2


def test_a_paragraph_goes_on_over_the_page() -> None:
    words = DRAFT.split()
    first, second = " ".join(words[:12]), " ".join(words[12:])
    found = lines_of(lambda canvas: write(canvas, [first], top=90), lambda canvas: wrap(canvas, second))
    assert paragraphs(found)[0].startswith(first + " " + words[12])
    assert [line.page for line in found][:2] == [1, 2]


def test_bold_and_larger_lines() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(LEFT, 780, "Punkt 1: CF - Budget")
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(LEFT, 750, "Anledning")
        canvas.drawString(LEFT, 730, "Mødested")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(LEFT + stringWidth("Mødested ", "Helvetica-Bold", 11), 730, "Lokale 2")
        wrap(canvas, DRAFT, top=700)

    heading, label, value, body, *_ = lines_of(page)
    assert (heading.heading, heading.bold) == (1, True)
    assert (label.heading, label.bold) == (None, True)
    assert (value.bold, value.markdown) == (False, "**Mødested** Lokale 2")
    assert (body.heading, body.bold, body.markdown) == (None, False, None)


def test_hyphens_at_line_ends_are_left_to_the_parser_as_soft() -> None:
    found = lines_of(
        lambda canvas: write(canvas, ["Kommunen skal arbejde videre med den nye arbejds-", "kulturpolitik i alle led."])
    )
    assert [line.text for line in found] == [
        "Kommunen skal arbejde videre med den nye arbejds\u00ad",
        "kulturpolitik i alle led.",
    ]
    assert found[1].continues


def test_text_drawn_twice_stands_once() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(LEFT + shift, 700, "Fed overskrift")

    assert [line.text for line in lines_of(page)] == ["Fed overskrift"]


def test_small_characters_belong_to_their_line() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 700, "659 kg CO")
        right = LEFT + stringWidth("659 kg CO", "Helvetica", 11)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(right, 698, "2")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(right + 4, 700, ", sparet")

    assert [line.text for line in lines_of(page)] == ["659 kg CO2, sparet"]


def test_columns_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 790, "Nyt fra Chefforum")
        top = wrap(canvas, DRAFT, top=760, right=280)
        wrap(canvas, HEARING, top=top - 6, right=280)
        wrap(canvas, f"Til højre. {DRAFT}", top=760, left=310)
        canvas.drawString(LEFT, 400, "Under spalterne.")

    assert paragraphs(lines_of(page)) == [
        "Nyt fra Chefforum",
        DRAFT,
        HEARING,
        f"Til højre. {DRAFT}",
        "Under spalterne.",
    ]


def test_turned_pages_and_turned_text_read_on() -> None:
    def turned_text(canvas: Canvas) -> None:
        canvas.rotate(90)
        write(canvas, ["Første linje på tværs.", "Anden linje."], top=-100)

    def turned_page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        turned_text(canvas)

    for page in (turned_text, turned_page):
        assert [line.text for line in lines_of(page)] == ["Første linje på tværs.", "Anden linje."]


def test_a_number_beside_the_text_does_not_end_its_paragraph() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(430, 755, "00.01.10-P20-1-17")
        write(canvas, ["Chefforum drøftede forslaget til ny struktur for samarbejdet"], top=738)
        wrap(canvas, "mellem afdelingerne. " + HEARING, top=724)

    texts = paragraphs(lines_of(page))
    assert texts[0] == "00.01.10-P20-1-17"
    assert texts[1].startswith("Chefforum drøftede forslaget til ny struktur for samarbejdet mellem afdelingerne.")


def test_a_page_of_pictures_is_a_warning() -> None:
    document = read_pages(
        lambda canvas: wrap(canvas, DRAFT), lambda canvas: canvas.rect(72, 72, 400, 600, fill=1), lambda canvas: None
    )
    assert [(one.code, one.page) for one in document.warnings] == [("picture_page", 2)]
    assert document.pages == 3


def test_wide_gaps_become_tabs_and_leaders_go() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 780, "Indholdsfortegnelse")
        for top, title, number in ((750, "Godkendelse af referat.....", "3"), (734, "Evt. " + "." * 60, "12")):
            canvas.drawString(LEFT, top, title)
            canvas.drawRightString(RIGHT, top, number)

    found = lines_of(page)
    assert [line.text for line in found[1:]] == ["Godkendelse af referat\t3", "Evt.\t12"]
    assert not any(line.cells or line.continues for line in found)


def test_a_font_that_does_not_tell_its_letters_is_a_warning() -> None:
    """The second page is drawn with codes that no table turns into characters."""
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0)
    for text in ("Tekst, der kan læses", "QXZ QX"):
        canvas.drawString(LEFT, 700, text)
        canvas.showPage()
    canvas.save()
    content = target.getvalue()
    assert content.count(b"(QXZ QX)") == 1

    document = read(content.replace(b"(QXZ QX)", b"(\x11\x12\x13 \x11\x12)"))
    assert [(one.code, one.page) for one in document.warnings] == [("unreadable_font", 2)]
    assert [line.text for line in document.lines] == ["Tekst, der kan læses"]
