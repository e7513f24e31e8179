"""The office that a proposer speaks for: one form for its many spellings, and never a person's name.

"Direktøren for By, Kultur, Miljø & Beskæftigelse", "… By, Miljø, Kultur og Beskæftigelse" and "Direktør Fornavn
Efternavn, By, Kultur, Miljø & Beskæftigelse" are one office, the unit. A title without a unit stands for itself:
"Kommunaldirektøren". Who heads a unit changes its title more often than the unit its name, so the unit is what counts.
"""

from __future__ import annotations

import re

# Units as the known minutes write them. Others are shown with their parts in Danish order, which every order of
# printing leads to, though "Stab & Økonomi" would look odd to those who know it as "Økonomi & Stab".
_KNOWN_UNITS = {
    frozenset(part.casefold() for part in re.split(", | & ", unit)): unit
    for unit in (
        "Borger & Arbejdsmarked",
        "By, Kultur, Miljø & Beskæftigelse",
        "Børn & Familie",
        "IT & Digitalisering",
        "Ledelse & Organisationsudvikling",
        "Miljø & Teknik",
        "Skole & Uddannelse",
        "Social & Familie",
        "Sundhed, Pleje & Omsorg",
        "Økonomi & Stab",
    )
}

_RANK = r"(?:direktør|chef|leder|formand|borgmester|koordinator|konsulent)"
_TITLE = rf"(?:(?:konst\.?|konstitueret|fungerende)\s+)?(?P<title>[a-zæøå-]*{_RANK}(?:en|erne|er|ne|e)?)(?![\wæøå-])"
_TITLED = re.compile(_TITLE, re.IGNORECASE)
_NEXT_PROPOSER = re.compile(rf"\s*(,|&|\bog\b|\bsamt\b)\s+(?={_TITLE.replace('?P<title>', '?:')})", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:&|og\b|samt\b)\s*", re.IGNORECASE)
_BEFORE_UNIT = re.compile(
    r"^[\s,]*(?:(?:for|i|af|på)\s+)?(?:(?:afdelingen|afdeling|området|centeret|centret|forvaltningen)\s+(?:for\s+)?)?",
    re.IGNORECASE,
)

_PROPOSES = re.compile(r"\s*\b(?:indstiller|foreslår|anbefaler)\b.*$", re.IGNORECASE)
_NAME_WORD = r"[A-ZÆØÅÄÖÜÉ][\w.’'-]*"
_NAME = rf"{_NAME_WORD}(?:\s+(?:(?:af|de|la|van|von)\s+)?{_NAME_WORD}){{0,4}}"
_LEADING_NAME = re.compile(rf"\s+({_NAME})(?=\s*,|\s+(?:for|i|af|på)\s|\s*$)")
_BY_PERSON = re.compile(rf"\s*,?\s*\b(?:ved\s|v/|v\.\s)\s*(?:(?i:{_TITLE.replace('?P<title>', '?:')})\s+)?{_NAME}")
_BRACKETED = re.compile(r"\s*\(([^()]*)\)")

# A unit's name is made of such words, where two capitalised words could else be a person's. The first end words too
# ("Teknikforvaltningen"), the second stand alone: "Kaplan" and "Runge" are people.
_UNIT_WORD = re.compile(
    r"[a-zæøå-]*(?:forvaltning|sekretariat|cent(?:er|r)|afdeling|område|service|bibliotek|udvikling|forum|udvalg|nævn"
    r"|bestyrelse|gruppe|skole|enhed|kommune|direktion|styrelse|teknik|miljø|kultur|økonomi|sundhed|familie|ejendom"
    r"|personale|organisation|administration|uddannelse|beskæftigelse|arbejdsmarked|dagtilbud|omsorg|digitalisering"
    r"|ledelse|pleje|museum|velfærd|rådet)(?:et|en|e|er|erne|s|me|mer|mmet)?"
    r"|(?:stab|social|borger|drift|plan|byg|børn|unge|ældre|handicap|rådhus|team)(?:et|en|e|ne)?"
    r"|(?:teknisk|økonomisk|kommunal|digital|intern|fælles|central|tværgående)e?|by|med|it|hr|løn",
    re.IGNORECASE,
)

# What joins the parts of a unit, and units; the og of "Børn- og Ungeforvaltningen" joins two halves of one word.
_JOINT = re.compile(r"(\s*,\s*(?:og|samt)\s+|\s*,\s*|\s*[&/+]\s*|(?<!-)\s+(?:og|samt)\s+)", re.IGNORECASE)


def normalise_office(proposer: str) -> str:
    """The unit or units that `proposer` names, else the title; blank when it names nothing but a person.

    A unit comes with its parts in one order, "&" before the last; several offices are joined by "samt". What comes
    out of it leads to itself.
    """
    text = " ".join(proposer.replace("\\&", "&").replace("&amp;", "&").split())
    text = _BRACKETED.sub(_unit_in_brackets, _BY_PERSON.sub("", _PROPOSES.sub("", text))).strip(" .,:;")
    offices: list[str] = []
    joint = ""
    for position, piece in enumerate(_NEXT_PROPOSER.split(text)):
        if position % 2:
            joint = piece
            continue
        title, units = _proposer(piece)
        in_apposition = joint == "," and bool(offices)  # "Økonomi & Stab, afdelingschef Fornavn Efternavn"
        offices += units or ([title] if title and not in_apposition else [])
    return " samt ".join(sorted(set(offices), key=_danish))


def _unit_in_brackets(found: re.Match[str]) -> str:
    """What brackets hold, if it is a unit; not a name, initials or "(fungerende)"."""
    is_unit = any(_UNIT_WORD.fullmatch(word) for word in found[1].split())
    return f", {found[1]}" if is_unit else ""


def _proposer(text: str) -> tuple[str, list[str]]:
    """The title of one proposer, blank without one, and its units."""
    titled = _TITLED.match(text)
    if not titled:
        return "", _units(_BEFORE_UNIT.sub("", text, count=1))
    title, rest = _definite(titled["title"]), text[titled.end() :]
    if beside := _BESIDE.match(rest):  # "Kommunaldirektøren og Økonomi & Stab": two proposers
        return title, [title, *_units(rest[beside.end() :])]
    if (named := _LEADING_NAME.match(rest)) and not any(map(_UNIT_WORD.fullmatch, named[1].split())):
        rest = rest[named.end() :]
    return title, _units(_BEFORE_UNIT.sub("", rest, count=1))


def _units(text: str) -> list[str]:
    """The units named in `text`. Inside a unit stand commas and one "&"; "og" does its work where no "&" stands."""
    pieces = _JOINT.split(text)
    joints = ["", *("&" if joint.strip() in "&/+" else joint.strip(" ,").lower() for joint in pieces[1::2])]
    last_joint = "&" if "&" in joints else "og"
    units: list[list[str]] = []
    closed = True
    for joint, piece in zip(joints, pieces[::2], strict=True):
        part = _without_person(piece, ends_unit=joint == last_joint and not closed)
        if not part:
            continue
        if closed or joint not in ("", last_joint):
            units.append([part])
            closed = False
        else:
            units[-1].append(part)
            closed = joint == last_joint
    return [_unit(parts) for parts in units]


def _unit(parts: list[str]) -> str:
    known = _KNOWN_UNITS.get(frozenset(part.casefold() for part in parts))
    if known:
        return known
    *first, last = sorted(dict.fromkeys(map(_capital, parts)), key=_danish)
    return f"{', '.join(first)} & {last}" if first else last


def _without_person(part: str, *, ends_unit: bool) -> str:
    """`part` without a person's name: blank if it is one, shortened if one follows the unit's own word.

    What ends a unit ("… & Velfærd Fornavn Efternavn") begins with a word of it, whether known or not.
    """
    words = part.strip(" .:;").split()
    if len(words) > 1 and all(re.fullmatch(_NAME_WORD, word) for word in words):
        office_words = [bool(_UNIT_WORD.fullmatch(word)) for word in words]
        if len(words) > 2 and (office_words[0] or ends_unit) and not any(office_words[1:]):
            return words[0]
        if not any(office_words) and not ends_unit:
            return ""
    return " ".join(words)


def _definite(title: str) -> str:
    """`Direktør` as `Direktøren`: minutes use either for the same office."""
    ending = "en" if re.search(rf"{_RANK}$", title, re.IGNORECASE) else ""
    return _capital(title) + ending


def _capital(text: str) -> str:
    if text.isupper() and len(text) > 3:
        text = text.lower()
    return text[:1].upper() + text[1:]


def _danish(name: str) -> str:
    """Sort key: æ, ø, å last, aa as å."""
    return name.casefold().replace("aa", "å").translate(str.maketrans("æøå", "{|}"))
