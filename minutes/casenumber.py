"""Case numbers (journalnumre): read, normalised, compared, also in the parts and spellings that people type.

Two families are told apart. A KLE number, `00.01.10-A00-3-16`, is built from KL's Emnesystematik: subject, action
facet, running number and year (DOMAIN, "Journalnummer"). Every other body's number (`14/45987`, `EMN-2025-003383`) is
kept as it is printed, and never taken apart.

`parse_*` is told that the text is a number and raises when it cannot be one; `find_*` meets any text and takes only
what is unmistakable: the year 2017, the date 11-10-2016 and the phone number 43 68 68 68 are no case numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import total_ordering

MAX_LENGTH = 50  # of a printed number; the longest known form has 18 characters

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
_SEPARATOR = r"[\s./_-]*"

# The whole text is a KLE number, separated by anything or by nothing. Separated, the year may have four digits;
# run together (`000110P20117`) the last two digits are the year.
_TYPED_KLE = re.compile(
    rf"([0-9]{{2}}){_SEPARATOR}([0-9]{{2}}){_SEPARATOR}([0-9]{{2}}){_SEPARATOR}([A-Z][0-9]{{2}})"
    rf"(?:[\s./_-]+([0-9]{{1,9}})[\s./_-]+([0-9]{{4}}|[0-9]{{2}})|{_SEPARATOR}([0-9]{{1,9}})([0-9]{{2}}))"
)
# A KLE number as printed in running text: points and dashes where they belong.
_PRINTED_KLE = (
    r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}(?: ?- ?| )?[A-Z][0-9]{2}(?: ?- ?| )[0-9]{1,9}(?: ?- ?|/)(?:[0-9]{4}|[0-9]{2})"
)
# Only a part of a KLE number: no case.
_KLE_PART = re.compile(r"[0-9]{2}\.[0-9]{2}(?:\.[0-9]{2})?(?:[\s-]*[A-Z][0-9]{2})?|[A-Z][0-9]{2}")

# Other bodies' forms that can be nothing else: EMN-2025-003383, 330-2017-12345, 2016-0012345.
_UNMISTAKABLE = (
    r"[A-Z]{2,6}-(?:19|20)[0-9]{2}-[0-9]{3,9}|[0-9]{3}-(?:19|20)[0-9]{2}-[0-9]{3,9}|(?:19|20)[0-9]{2}-[0-9]{5,9}"
)
# 14/45987 and 2017/12345, but neither 12/2017 nor 2016/2017.
_YEAR_AND_NUMBER = r"(?:[0-9]{2}|(?:19|20)[0-9]{2})/(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,9}"
_ALONE = re.compile(rf"{_UNMISTAKABLE}|{_YEAR_AND_NUMBER}")

_OTHER_CHARACTERS = re.compile(r"[0-9A-ZÆØÅÄÖÜÉ ./_:()+-]+")
_OTHER_WORD = re.compile(r"[^0-9]*[0-9].*")
_OTHER_FIRST_WORD = re.compile(r"[A-ZÆØÅ]{1,6}")

_LABEL = (
    r"(?:(?:acadre|edoc|esdh|sbsys|getorganized)[ -]?)?"
    r"(?:(?:sags?|journal|esdh)[ -]?(?:nr|nummer|numre|id)|(?:j|jr|jnr)\.? ?(?:nr|nummer)|jnr)(?![a-zæøå])\.? ?:? ?"
)
_LABELLED_LINE = re.compile(rf"\(?{_LABEL}(.*)", re.IGNORECASE)
_CASE_LINE = re.compile(r"sag(?: nr\.?)?: ?", re.IGNORECASE)  # "Sag: Budget 2017" is a title, so no label

_START, _END = r"(?<![\wæøå.,/-])", r"(?![0-9A-Za-zÆØÅæøå]|[-/.,][0-9])"
_DIGIT = re.compile("[0-9]")
_LONGEST_LINE = 70  # characters of a number with its label
_IN_TEXT = re.compile(
    rf"{_START}(?=[0-9A-Z])(?:"
    rf"{_LABEL}(?P<labelled>{_PRINTED_KLE}|{_UNMISTAKABLE}|[A-Z]{{0,6}}[ -]?[0-9][0-9/-]*[0-9])"
    rf"|sag(?:en)?(?: nr\.?| nummer)? (?P<sag>{_YEAR_AND_NUMBER})"
    rf"|(?P<bare>{_PRINTED_KLE}|{_UNMISTAKABLE})){_END}",
    re.IGNORECASE,
)


class InvalidCaseNumber(ValueError):
    """The text cannot be a case number. `text` is what was given; the message is Danish and for people."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"”{text[:MAX_LENGTH]}” er ikke et sagsnummer: {reason}")
        self.text = text
        self.reason = reason


@total_ordering
@dataclass(frozen=True, slots=True)
class CaseNumber:
    """One case's number, valid once it exists; made from the text as printed or typed.

    Two are equal when they are the same number, however printed. KLE numbers sort by subject, facet, year and serial,
    all others after them by their text with the numbers in it counted. Raises InvalidCaseNumber.
    """

    printed: str = field(compare=False)  # trimmed, otherwise as given
    normalised: str = field(init=False)  # 00.01.10-A00-3-16; of others the printed form in capitals
    subject: str | None = field(init=False, compare=False, default=None)  # 00.01.10; None in other bodies' numbers
    facet: str | None = field(init=False, compare=False, default=None)  # A00
    serial: int | None = field(init=False, compare=False, default=None)
    year: int | None = field(init=False, compare=False, default=None)  # of the case, four digits

    def __post_init__(self) -> None:
        set_field = object.__setattr__  # the dataclass is frozen for everybody else
        text = _folded(self.printed)
        set_field(self, "printed", self.printed.strip())
        if len(self.printed) > MAX_LENGTH:
            raise InvalidCaseNumber(self.printed, f"det er længere end {MAX_LENGTH} tegn.")
        if match := _TYPED_KLE.fullmatch(text):
            group, theme, topic, facet, serial, year, run_serial, run_year = match.groups()
            full_year = _full_year(year or run_year)
            if full_year is None:
                raise InvalidCaseNumber(self.printed, f"årstallet {year} kan ikke passe.")
            set_field(self, "subject", f"{group}.{theme}.{topic}")
            set_field(self, "facet", facet)
            set_field(self, "serial", int(serial or run_serial))
            set_field(self, "year", full_year)
            set_field(self, "normalised", f"{self.subject}-{facet}-{self.serial}-{full_year % 100:02}")
        else:
            _check_other(self.printed, text)
            set_field(self, "normalised", text)

    @property
    def main_group(self) -> str | None:
        """The KLE main group (`00`), None in other bodies' numbers."""
        return self.subject[:2] if self.subject else None

    @property
    def slug(self) -> str:
        """The number as one piece of a URL's path: ASCII, no slash, and another one for every other number.

        A KLE number stays as it is. In others a slash becomes `_`, every further character outside A-Z, 0-9, point
        and dash its code point between tildes; as `_` and `~` are themselves written so, this can be undone, and
        different numbers cannot meet.
        """
        return re.sub(r"[^A-Z0-9.-]", lambda found: _slug_character(found[0]), self.normalised)

    def __str__(self) -> str:
        return self.normalised

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, CaseNumber):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        if self.subject:
            return (0, self.subject, self.facet, self.year, self.serial)
        pieces = tuple(
            (0, int(piece), "") if piece.isdigit() else (1, 0, piece)
            for piece in re.split(r"([0-9]+)", self.normalised)
            if piece
        )
        return (1, pieces, self.normalised)


@dataclass(frozen=True, slots=True)
class PartialCaseNumber:
    """What somebody typed of a KLE number; None is what was left out. `subject` may be `00`, `00.01` or `00.01.10`."""

    subject: str | None = None
    facet: str | None = None
    serial: int | None = None
    year: int | None = None

    def matches(self, number: CaseNumber) -> bool:
        """Whether everything typed stands in `number`."""
        if number.subject is None or (self.subject and not f"{number.subject}.".startswith(f"{self.subject}.")):
            return False
        typed = (self.facet, self.serial, self.year)
        have = (number.facet, number.serial, number.year)
        return all(part is None or part == own for part, own in zip(typed, have, strict=True))

    def __str__(self) -> str:
        year = None if self.year is None else f"{self.year % 100:02}"
        parts = (self.subject, self.facet, self.serial, year)
        return "-".join(str(part) for part in parts if part is not None)


_PARTIAL_SUBJECT = r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2})?)?|[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{2} [0-9]{2} [0-9]{2}"
_PARTIALS = (
    re.compile(rf"(?P<subject>{_PARTIAL_SUBJECT})\.?"),
    re.compile(
        rf"(?P<subject>{_PARTIAL_SUBJECT}|[0-9]{{6}}){_SEPARATOR}(?P<facet>[A-Z][0-9]{{2}})"
        rf"(?:[\s./_-]+(?P<serial>[0-9]{{1,9}}))?[\s./_-]*"
    ),
    re.compile(
        r"(?P<facet>[A-Z][0-9]{2})"
        r"(?:[\s./_-]+(?P<serial>[0-9]{1,9})(?:[\s./_-]+(?P<year>[0-9]{4}|[0-9]{2}))?)?"
    ),
)


def parse_case_number(text: str) -> CaseNumber:
    """The number that `text` is, with or without "Sagsnr.:" before it. Raises InvalidCaseNumber."""
    return CaseNumber(_without_label(text)[0])


def parse_partial(text: str) -> PartialCaseNumber:
    """What `text` says of a KLE number: all of it, its beginning (`00.01`, `00.01.10-P20`) or from its facet (`A00`).

    `11.10.16` is a subject as well as a date: which is meant, the caller has to know. Raises InvalidCaseNumber.
    """
    folded = _folded(text)
    if _TYPED_KLE.fullmatch(folded):
        number = CaseNumber(text)
        return PartialCaseNumber(number.subject, number.facet, number.serial, number.year)
    for form in _PARTIALS:
        if match := form.fullmatch(folded):
            parts = match.groupdict()
            digits = re.sub(r"[^0-9]", "", parts.get("subject") or "")
            year = _full_year(parts["year"]) if parts.get("year") else None
            if parts.get("year") and year is None:
                raise InvalidCaseNumber(text, f"årstallet {parts['year']} kan ikke passe.")
            return PartialCaseNumber(
                subject=".".join(digits[at : at + 2] for at in range(0, len(digits), 2)) or None,
                facet=parts.get("facet"),
                serial=int(parts["serial"]) if parts.get("serial") else None,
                year=year,
            )
    raise InvalidCaseNumber(text, "en del af et nummer ligner 00.01.10, 00.01.10-P20 eller A00.")


def find_case_number(line: str) -> CaseNumber | None:
    """The case number that `line` is and nothing else, with its label ("Sagsnr.: 14/45987") or without; else None.

    With a label any number will do, without one only a form that cannot be a year, a date, an amount or a phone number.
    """
    if not _DIGIT.search(line) or (len(line) > _LONGEST_LINE and len(" ".join(line.split())) > _LONGEST_LINE):
        return None  # nearly every line of a file is asked, and what follows is dear
    candidate, labelled = _without_label(line)
    candidate = _CASE_LINE.sub("", candidate, count=1).rstrip(" .,;")
    folded = _folded(candidate)
    if not (labelled or re.fullmatch(_PRINTED_KLE, folded) or _ALONE.fullmatch(folded)):
        return None
    try:
        return CaseNumber(candidate)
    except InvalidCaseNumber:
        return None


def find_case_numbers(text: str) -> list[tuple[int, int, CaseNumber]]:
    """Every case number in running text as (start, end, number), in order; the label is outside the span."""
    found: list[tuple[int, int, CaseNumber]] = []
    if not _DIGIT.search(text):
        return found
    for match in _IN_TEXT.finditer(_same_length(text)):
        start, end = match.span(match.lastgroup or 0)
        try:
            found.append((start, end, CaseNumber(text[start:end])))
        except InvalidCaseNumber:
            continue
    return found


def _same_length(text: str) -> str:
    """`text` with plain dashes and blanks in the places of all others, so that spans stay true."""
    return re.sub(r"\s", " ", text.translate(_DASHES))


def _folded(text: str) -> str:
    return " ".join(text.translate(_DASHES).upper().split())


def _without_label(text: str) -> tuple[str, bool]:
    """`text` without its label and the brackets round it, and whether there was a label."""
    text = text.strip()
    match = _LABELLED_LINE.fullmatch(_same_length(text))
    number = text[match.start(1) :].strip() if match else text
    if (number.endswith(")") and number.count("(") != number.count(")")) or re.fullmatch(r"\([^()]*\)", number):
        number = number.strip("()").strip()
    return number, match is not None


def _full_year(digits: str) -> int | None:
    """Two digits as a year of 1970-2069: no municipality of today is older than the reform of 1 April 1970."""
    year = int(digits)
    if len(digits) == 4:
        return year if 1970 <= year <= 2069 else None
    return year + (1900 if year >= 70 else 2000)


def _check_other(printed: str, text: str) -> None:
    """Raises InvalidCaseNumber when `text` cannot be another body's number."""
    if not text:
        raise InvalidCaseNumber(printed, "det er tomt.")
    if _KLE_PART.fullmatch(text):
        raise InvalidCaseNumber(printed, "det er kun en del af et nummer.")
    words = text.split(" ")
    is_number = _OTHER_CHARACTERS.fullmatch(text) and all(
        _OTHER_WORD.fullmatch(word) or (word == words[0] != words[-1] and _OTHER_FIRST_WORD.fullmatch(word))
        for word in words
    )
    if not is_number:
        raise InvalidCaseNumber(printed, "et nummer ligner 00.01.10-A00-3-16 eller 14/45987.")


def _slug_character(character: str) -> str:
    return "_" if character == "/" else f"~{ord(character):x}~"
