"""An archive with something closed wherever something can be, and the same archive without it.

Every closed place says a word of its own that stands nowhere else, so that a trace tells where it came from.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.contrib.auth.models import User
from django.utils import timezone

from minutes.ingest.edits import correct
from minutes.ingest.links import link_items
from minutes.models import AgendaItem, Attachment, Meeting, Section, SourceDocument
from minutes.parsing.types import Item, Warning
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section

KINDS = ("anledning", "sagsfremstilling", "økonomi", "høring", "kommunikation")
PLACES = (
    *("title", *KINDS, "own_heading", "proposer", "recommendation", "decision", "outcome", "deadline"),
    *("attachment", "closed_attachment", "printed", "corrected", "file", "earlier_file", "draft_file", "draft"),
    *("draft_place", "warning", "meeting_place", "meeting_preamble", "meeting_title", "meeting_decision"),
    *("meeting_attachment", "meeting_office", "later_title", "collective", "earlier_title"),
)
# Words that no Danish text has, different enough for no repair of spelling to take one for another.
_SYLLABLES = ("ba", "de", "fi", "go", "hu", "ky", "læ", "mø", "ny", "pa", "ri", "so", "tu", "va")
WORD = {
    place: f"qv{_SYLLABLES[number % 14]}x{_SYLLABLES[number // 14]}z{_SYLLABLES[(number * 5 + 3) % 14]}kw"
    for number, place in enumerate(PLACES)
}
CLOSED_CASES = ("27.36.12-G01-7-13", "27.45.00-A05-9-11")
CLOSED_ADDRESSES = (
    "/moeder/2016-10-11/punkt/2/",
    "/moeder/2016-10-11/original/",
    "/moeder/2017-06-14/original/",
    "/moeder/1993-05-04/",
    "/moeder/1993-05-04/punkt/1/",
    "/moeder/1993-05-04/original/",
    "/moeder/1993/",
    "/moeder/?dato=4.+maj+1993",
    "/moeder/?dato=1993",
    *(f"/sager/{number}/" for number in CLOSED_CASES),
    *(f"/sager/?nummer={number}" for number in (*CLOSED_CASES, "27.36", "27", "G01", "A05")),
    "/emner/27/",
    "/emner/27.36/",
    "/emner/27.36.12/",
    "/beslutninger/?aar=1993",
    "/beslutninger/?gruppe=27&type=udsat",
    "/frister/?vis=alle",
    "/mangler/?del=moeder",
)
# What is told of closed places besides words: the numbers of cases, and a day on which no open meeting was held.
TRACES = (*WORD.values(), *CLOSED_CASES, "27.36", "27.45", "1993", "4. maj")


def make_archive(*, with_closed: bool, editor: User) -> None:
    """Lay it in the archive; without what is closed, but with the files as closed as they would be."""
    earlier = make_item(1, "Kantine", case_number="00.01.00-A00-5-16", decision="Godkendt. Se på det igen.")
    mixed_open = (
        replace(earlier, number=1),
        make_item(3, "Cykelstier", case_number="05.01.00-G01-2-16", decision="Drøftet.", attachments=("Kort.pdf",)),
    )
    if with_closed:
        _make_mixed_meeting(mixed_open, editor)
    else:
        for _ in range(2):  # editions
            make_meeting("2016-10-11", mixed_open)
    _make_open_meeting(with_closed=with_closed)
    if with_closed:
        _make_closed_meeting()
        target = AgendaItem.objects.get(meeting__slug="2016-10-11", number=2)
        link_items(item=AgendaItem.objects.get(title="Budget 2018"), target=target)
        link_items(item=target, target=AgendaItem.objects.get(title="Cykelstier"))
    else:
        Section.objects.filter(kind=Section.ATTACHMENTS, item__title="Budget 2018").delete()  # it names a closed one
        SourceDocument.objects.filter(meeting__slug__in=["2016-10-11", "2017-06-14"]).update(is_closed=True)


def _make_mixed_meeting(open_items: tuple[Item, ...], editor: User) -> None:
    items = (open_items[0], _closed_item(), open_items[1])
    first = [open_items[0], replace(_closed_item(), title=WORD["earlier_title"]), open_items[1]]
    make_meeting("2016-10-11", first)
    SourceDocument.objects.update(filename=f"{WORD['earlier_file']}.pdf")
    warnings = (Warning("missing_heading", f"Overskriften mangler foran {WORD['warning']}.", page=3, line=4),)
    minutes = make_minutes("2016-10-11", items, warnings=warnings, preamble=f"CF - {_closed_item().title} 3")
    meeting = ingest(minutes, filename=f"{WORD['file']}.pdf").meeting
    assert meeting is not None
    title = f"{WORD['title']} og {WORD['corrected']}"
    correct(row=meeting.items.get(number=2), values={"title": title}, user=editor)
    for person in (None, editor):
        name = f"{WORD['draft_file']}{person and person.pk}.pdf"
        item = make_item(1, WORD["draft"], closed=True)
        ingest(make_minutes("2018-02-02", [item], place=WORD["draft_place"]), filename=name, draft=True, user=person)


def _closed_item() -> Item:
    coming = timezone.localdate() + datetime.timedelta(days=40)
    sections = [make_section(kind, f"Her står {WORD[kind]}, jf. mødet den 14. juni 2017, punkt 1.") for kind in KINDS]
    item = make_item(
        2,
        f"{WORD['title']} {WORD['printed']}",
        case_number=CLOSED_CASES[0],
        decision=f"Godkendt, at {WORD['outcome']}. Udsat. {WORD['decision']} skal svare på {WORD['deadline']} "
        f"senest den {coming.day}-{coming.month}-{coming.year}.",
        proposer=f"Direktøren for {WORD['proposer']}",
        recommendations=(f"at {WORD['recommendation']} godkendes",),
        sections=[*sections, make_section("andet", "Tekst", heading=WORD["own_heading"])],
        attachments=(f"{WORD['attachment']}.pdf", "Budget.xlsx"),
        closed=True,
    )
    return replace(item, prefix="QZ")


def _make_open_meeting(*, with_closed: bool) -> None:
    coming = timezone.localdate() + datetime.timedelta(days=60)
    deadline = f"Godkendt. HR følger op senest den {coming.day}-{coming.month}-{coming.year}."
    told = "Budgettet blev drøftet den 11. oktober 2016, punkt 2, i sag 27.36.12 og nævnt af Økonomi."
    names = ("Katalog.docx", f"{WORD['closed_attachment']}.docx") if with_closed else ("Katalog.docx",)
    items = [
        make_item(1, "Budget 2018", case_number="00.01.00-S00-6-17", decision=deadline, attachments=names,
                  sections=[make_section("sagsfremstilling", told.replace(" i sag 27.36.12", ""))]),
        make_item(2, "Budget 2018, igen", case_number="00.01.00-S00-6-17", decision="Taget til efterretning."),
    ]  # fmt: skip
    if with_closed:
        later = f"Følger op på {WORD['later_title']}"
        items.append(make_item(3, later, case_number="00.01.00-S00-6-17", closed=True, decision="Udsat."))
        items.append(make_item(4, WORD["collective"], case_number="05.01.00-G01-2-16", closed=True))
    make_meeting("2017-06-14", items)
    if with_closed:
        attachment = Attachment.objects.get(name__contains=WORD["closed_attachment"])
        correct(row=attachment, values={"is_closed": True}, user=None)


def _make_closed_meeting() -> None:
    item = make_item(
        1,
        f"{WORD['meeting_title']} og budget",
        case_number=CLOSED_CASES[1],
        decision=f"Godkendt, at {WORD['meeting_decision']} begynder. Se mødet den 14. juni 2017.",
        proposer=WORD["meeting_office"],
        recommendations=("at budgettet godkendes",),
        attachments=(f"{WORD['meeting_attachment']}.pdf",),
    )
    place, preamble = WORD["meeting_place"], f"Afbud: {WORD['meeting_preamble']}"
    meeting = make_meeting("1993-05-04", [item], place=place, preamble=preamble)
    correct(row=meeting, values={"is_closed": True}, user=None)
    assert Meeting.objects.get(pk=meeting.pk).is_closed
