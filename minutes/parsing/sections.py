"""The headed parts of an item, found by their words: heading levels and boldness contradict each other (DOMAIN 1)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes.parsing import proposals
from minutes.parsing.titles import is_detail
from minutes.parsing.types import Line, Warning

DECISION = "beslutning"
RECOMMENDATION = "indstilling"
ATTACHMENTS = "bilag"
OCCASION = "anledning"
DETAILS = "sagsoplysninger"  # "Dok.nr. 12", "Ansvarlig: HR": lines beneath the title that no heading covers

# What is printed, in lower case, and the kind it is. A kind is the Danish word; several words may be one kind.
KINDS = {
    "anledning": OCCASION,
    "indstilling": RECOMMENDATION,
    "indstillinger": RECOMMENDATION,
    "forvaltningens indstilling": RECOMMENDATION,
    "administrationens indstilling": RECOMMENDATION,
    "beslutning": DECISION,
    "beslutninger": DECISION,
    "beslutningen": DECISION,
    "beslutning/referat": DECISION,
    "referat/beslutning": DECISION,
    "beslutning/konklusion": DECISION,
    "endelig beslutning": DECISION,
    "beslutning på mødet": DECISION,
    "bilag": ATTACHMENTS,
    "bilag til punktet": ATTACHMENTS,
    "bilag til sagen": ATTACHMENTS,
    "bilagsliste": ATTACHMENTS,
    "bilagsoversigt": ATTACHMENTS,
    "vedlagte bilag": ATTACHMENTS,
    "vedhæftede bilag": ATTACHMENTS,
    **{
        word: word
        for word in (
            "sagsfremstilling",
            "supplerende sagsfremstilling",
            "beslutningspunkter",
            "beslutningstema",
            "sagsforløb",
            "sagens forløb",
            "tidligere behandling",
            "tidligere beslutning",
            "tidligere beslutninger",
            "resume",
            "baggrund",
            "økonomi",
            "økonomiske konsekvenser",
            "økonomiske og personalemæssige konsekvenser",
            "personalemæssige konsekvenser",
            "lovgrundlag",
            "retsgrundlag",
            "høring",
            "historik",
            "vurdering",
            "administrationens vurdering",
            "forvaltningens vurdering",
            "kommunikation",
            "videre proces",
            "retligt grundlag",
            "lovgrundlag og retligt grundlag",
            "konsekvenser",
            "risikovurdering",
            "personale",
            "personaleforhold",
            "økonomi og personale",
            "bevillingsmæssige konsekvenser",
            "beskrivelse af sagen",
            "sagsbeskrivelse",
            "sagens indhold",
            "sagens baggrund",
            "sagsgang",
            "sagsgang og sagstype",
            "forventet sagsgang",
            "sagens gang",
            "inddragelse",
            "borgerinddragelse",
            "høringer",
            "høringssvar",
            "supplerende bemærkninger",
            "kommunikation og borgerinddragelse",
            "miljømæssige konsekvenser",
            "klimamæssige konsekvenser",
            "sundhedsmæssige konsekvenser",
            "konklusion",
            "protokol",
            "protokollat",
        )
    },
    "resumé": "resume",
}

# Words that head a part of an item only with a colon behind them.
_WITH_COLON = frozenset({"referat", "drøftelse", "aftaler", "aftalt", "opfølgning", "bemærkninger", "afstemning"})

_LONGEST = 140
_MOST_WORDS = 8  # a longer line is a sentence, whatever its type size
# "Beslutning i Økonomiudvalget den 12-08-2020", "Økonomiudvalgets beslutning": the heading names the body or the day.
# Without its last word being the decision's it heads a section when form, colon or a date at its end says so; else it
# begins a sentence.
_OF_A_BODY = re.compile(
    r"(?P<word>beslutning|indstilling)(?:er|en)? "
    r"(?:(?:i|fra|af|på|truffet af|den|d\.|ved) \S.{0,90}|[A-ZÆØÅ][\w-]{3,}.{0,60})[^.]",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"[A-ZÆØÅ][\w&-]*(?:,? [\w&-]+){0,6}s (?P<word>beslutning|indstilling)(?P<more> (?:i|på|fra|ved|den|d\.) .{0,70})?",
)
_ENDS_IN_DATE = re.compile(
    r"\b\d{1,2}(?:[./-]\s?\d{1,2}[./ -]\s?|\. ?[a-zæøå]+ )\d{2,4}(?:,? (?:pkt|punkt)\.? \d+)?$", re.IGNORECASE
)
_INLINE = re.compile(
    r"(?P<heading>(?:Beslutning|Indstilling|Sagsfremstilling|Anledning|Bilag|Resum[eé])(?:er)?)(?::\s*|\t\s*)(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section before its text is made: the heading as printed (None: inferred), where it begins, and its lines."""

    kind: str
    heading: str | None
    start: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What `recognise` answers."""

    parts: tuple[Part, ...]
    warnings: tuple[Warning, ...]


def kind_of(line: Line) -> str | None:
    """The kind that a line is the heading of, None when it is not exactly a section's words."""
    text = line.text.strip().rstrip(":").strip()
    if line.continues or not text or not (text[0].isupper() or line.heading):
        return None
    if line.marker is not None and line.heading is None:
        return None  # "- Bilag" in a list
    if len(text) > _LONGEST:
        return None
    marked = line.heading is not None or line.bold or line.text.endswith(":") or _ENDS_IN_DATE.search(text)
    if marked and (of_body := _OF_A_BODY.fullmatch(text)):
        return of_body["word"].lower()
    if (of_whom := _OF_WHOM.fullmatch(text)) and (marked or not of_whom["more"]):
        return of_whom["word"]
    return KINDS.get(" ".join(text.lower().split()))


def inline_heading(line: Line) -> re.Match[str] | None:
    """The heading that a line begins with when its text follows behind a colon: "Beslutning: Godkendt." """
    if line.continues or line.cells is not None or line.marker is not None or not line.text[:1].isupper():
        return None
    return _INLINE.match(line.text)


def names_day(text: str) -> bool:
    """Whether a heading ends in a date: "Beslutning i Økonomiudvalget den 12-08-2020" stands in no sentence."""
    return len(text) <= _LONGEST and _ENDS_IN_DATE.search(text.rstrip(": ")) is not None


def recognise(lines: Sequence[Line]) -> Found:
    """Split an item's lines, heading and case number taken off, into its parts in printed order."""
    warnings: list[Warning] = []
    lines, headings = _with_inline(list(lines), _headings(lines, warnings), warnings)
    bounds = [index for index, _, _ in headings] + [len(lines)]
    parts: list[Part] = []
    labels = next((index for index, line in enumerate(lines[: bounds[0]]) if not is_detail(line)), bounds[0])
    if details := tuple(lines[:labels]):
        parts.append(Part(DETAILS, None, details[0], details))
    if loose := tuple(lines[labels : bounds[0]]):
        parts.append(Part(OCCASION, None, loose[0], loose))
    for (index, kind, heading), end in zip(headings, bounds[1:], strict=True):
        parts.append(Part(kind, heading, lines[index], tuple(lines[index + 1 : end])))
    if RECOMMENDATION not in {part.kind for part in parts}:
        parts = [piece for part in parts for piece in _with_dropped_recommendation(part, warnings)]
    for part in parts[:2]:
        if part.kind == OCCASION and part.heading is None:
            message = "Tekst før første overskrift er læst som Anledning."
            if not headings:
                message = "Punktet har ingen overskrifter; teksten er læst som Anledning."
            warnings.append(_warning("inferred_heading", message, part.start))
    return Found(tuple(parts), tuple(warnings))


def _headings(lines: Sequence[Line], warnings: list[Warning]) -> list[tuple[int, str, str]]:
    known = [(index, kind) for index, line in enumerate(lines) if (kind := kind_of(line) or _kind_with_colon(line))]
    weights = [lines[index] for index, _ in known if lines[index].heading is not None]
    found = dict(known)
    for index, line in enumerate(lines):
        if index not in found and weights and _weighs_as_section(line, weights):
            found[index] = " ".join(line.text.lower().rstrip(":").split())
            message = f"Overskriften »{line.text}« er ikke kendt; den står som et afsnit for sig."
            warnings.append(_warning("unknown_heading", message, line))
    return [(index, kind, lines[index].text.strip().rstrip(":").strip()) for index, kind in sorted(found.items())]


def _kind_with_colon(line: Line) -> str | None:
    """ "Referat:" on a line of its own: what was said of an item, where agenda and minutes are one paper."""
    text = line.text.strip().lower()
    plain = not line.continues and line.marker is None and line.cells is None
    return text[:-1] if plain and text.endswith(":") and text[:-1] in _WITH_COLON else None


def _weighs_as_section(line: Line, sections: Sequence[Line]) -> bool:
    """Whether a line that is no known word is set as the item's section headings are: then it heads a section too."""
    if line.heading is None or line.continues or line.marker is not None or line.cells is not None:
        return False
    if len(line.text.split()) > _MOST_WORDS or line.text.endswith((".", "?", ",", ";")):
        return False
    if line.size is not None:
        sizes = [section.size for section in sections if section.size is not None]
        return bool(sizes) and line.size >= min(sizes) - 0.3
    return line.heading <= max(section.heading or 0 for section in sections)


def _with_inline(
    lines: list[Line], headings: list[tuple[int, str, str]], warnings: list[Warning]
) -> tuple[list[Line], list[tuple[int, str, str]]]:
    """ "Beslutning: Godkendt." on one line, in an item that has no line with that word alone."""
    present = {kind for _, kind, _ in headings}
    inline = {
        index: match
        for index, line in enumerate(lines)
        if (match := inline_heading(line)) and _kind(match["heading"]) not in present
    }
    heads = {index: (kind, heading) for index, kind, heading in headings}
    stops = [*sorted({*heads, *inline}), len(lines)]
    split: list[Line] = []
    moved: list[tuple[int, str, str]] = []
    for index, line in enumerate(lines):
        if index in heads:
            moved.append((len(split), *heads[index]))
        match = inline.get(index)
        if match is None or (_kind(match["heading"]) == ATTACHMENTS and not _lists_names(lines, index, stops)):
            split.append(line)
            continue
        heading = match["heading"]
        moved.append((len(split), _kind(heading), heading))
        split.append(replace(line, text=heading, markdown=None))
        split.append(replace(line, text=line.text[match.end() :], markdown=None))
        certain = (line.markdown or "").startswith(f"**{heading}") or line.text[len(heading)] == "\t"
        if not certain:
            message = f"»{heading}:« er læst som overskrift for det, der følger."
            warnings.append(_warning("inline_heading", message, line))
    return split, moved


def _kind(heading: str) -> str:
    return KINDS[heading.lower()]


def _lists_names(lines: Sequence[Line], index: int, stops: Sequence[int]) -> bool:
    """Whether what follows "Bilag: …" up to the next heading are names, and not the text going on."""
    end = stops[bisect_right(stops, index)]
    return all(len(line.text) < 120 and not line.text.endswith(".") for line in lines[index + 1 : end])


def _with_dropped_recommendation(part: Part, warnings: list[Warning]) -> list[Part]:
    """The part, cut where a recommendation begins whose heading was dropped: "X indstiller," and then "at …" lines."""
    if part.kind in (DECISION, ATTACHMENTS):
        return [part]
    for index in range(len(part.lines)):
        if not proposals.opens(part.lines, index):
            continue
        start = part.lines[index]
        warnings.append(
            _warning(
                "inferred_heading",
                "Overskriften »Indstilling« mangler; afsnittet er kendt på ordet »indstiller«.",
                start,
            )
        )
        found = Part(RECOMMENDATION, None, start, part.lines[index:])
        before = replace(part, lines=part.lines[:index])
        return [before, found] if before.lines or before.heading else [found]
    return [part]


def _warning(code: str, message: str, line: Line) -> Warning:
    return Warning(code, message, line.page, line.number)
