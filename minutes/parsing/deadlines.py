"""Deadlines (frister) in a Beslutning: by when something is to be done, or when something that it sets will be.

A date that is only named is none: "mødet den 11. oktober 2016", "budget 2018", "perioden 1.3.2021-28.2.2025", a law
that takes effect. The clause that the date stands in decides: "senest", "inden" and the like carry a deadline unless
the clause tells of the past, of a condition or of a question; a bare "i januar" or "den 3. maj" does only where
something is done then: "evalueres", "skal", "vender tilbage".

"Inden" and "før" a time mean the day before it, "senest" the day itself; else the last day that the words leave. "Næste
møde" without a date has none, and neither has what recurs ("hvert kvartal"). What the words for parts of a year leave
open, `periods` settles.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from minutes.parsing import responsible
from minutes.parsing.periods import Period, Precision, find_periods
from minutes.parsing.sentences import Sentence, split_sentences

type Limit = Literal["by", "before", "after", "from", "never", ""]

MOST = 200  # deadlines of one decision; what has more is no decision
_MOST_NAMED = 40  # periods of one sentence that are weighed; what names more is a table that fell apart

_LONGEST_SENTENCE = 1500
_REACH = 300  # characters before a date, and after it, in which its clause is looked for
_ONE_DAY = datetime.timedelta(days=1)

# What leads up to a date and belongs to it, read backwards: d., onsdag, mødet, a preposition or "senest".
_DEN = re.compile(r"\b(?:den\s+|d\.?\s*)$", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:man|tirs|ons|tors|fre|lør|søn)dag(?:en)?,?\s+$", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:(?:det|de|et)\s+)?(?:(?:næste|kommende|førstkommende|ordinære)\s+)*[a-zæøå]*møde[rt]?\s+(?:i\s+\w+\s+)?$",
    re.I,
)
_PREPOSITION = re.compile(r"\b(?:(?:i|til|på|ved|om|omkring|for|her|sidst|først|hen\s+over)\s+)$", re.IGNORECASE)
_END_OF = r"(?:udgangen|slutningen|udløbet|afslutningen|enden)\s+af\s+(?:måneden\s+)?"
_LIMITS: tuple[tuple[Limit, re.Pattern[str]], ...] = (
    (
        "by",
        re.compile(
            rf"\b(?:(?:senest|inden|ved|med|til|i)\s+(?:(?:ved|i|med)\s+)?{_END_OF}|senest\s*:?\s*(?:i|ved|til|om|på|omkring)?\s*"
            r"|i\s+løbet\s+af\s+|inden\s*for\s+(?:de\s+(?:næste|kommende)\s+)?|senere\s+(?:på|i)\s+"
            r"|om\s+(?:senest\s+|højst\s+|ca\.\s+)?)$",
            re.IGNORECASE,
        ),
    ),
    ("before", re.compile(r"\b(?:(?:senest\s+)?(?:inden|før|forud\s+for)\s+)$", re.IGNORECASE)),
    ("after", re.compile(r"\b(?:(?:til\s+)?(?:efter|siden)\s+)$", re.IGNORECASE)),
    ("from", re.compile(r"\b(?:fra\s+(?:og\s+med\s+)?|pr\.?\s*)$", re.IGNORECASE)),
    (
        "never",
        re.compile(r"\b(?:tidligst\s+(?:i\s+|fra\s+)?|frem\s+til\s+|indtil\s+|mellem\s+|af\s+|fra\s+mødet\s+)$", re.I),
    ),
)
_DUE = re.compile(r"(?:frist|deadline)(?:en|er|erne)?\b[^.;,]{0,40}$", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"\b(?:udsat|udskudt|flyttet|rykket|planlagt|fastsat|berammet|sat)\s+(?:igen\s+)?(?:til|på)\s+"
    r"(?:(?:mødet?|det|et|den|næste|kommende),?\s+){0,3}$",
    re.I,
)
_NEXT_TIME = re.compile(r"\bnæste\s+gang\s+$", re.IGNORECASE)
_MEETING_NAMELY = re.compile(r"\b[a-zæøå]*møde[rt]?,\s+$", re.IGNORECASE)  # "næste møde, den 31. maj": one clause

_OPENER = (
    r"(?P<opener>at|som|hvor\w*|hvad|hvem|hvilke\w*|hvis|såfremt|medmindre|når|da|idet|fordi|mens|selvom"
    r"|(?<=[\w,]\s)(?<!\bat\s)(?<!\bskal\s)(?<!\bvil\s)(?<!es\s)(?<!\ber\s)(?<!\bblev\s)(?<!\bbliver\s)(?<!\bvar\s)(?<!\bhar\s)"
    r"(?<!\bkan\s)(?<!\bnår\s)(?<!\bså\s)(?<!\bkommer\s)(?<!\bhvis\s)der|om(?=\s+(?:\w+\s+){1,4}(?:kan|kunne|skal|skulle|vil|bør|er|har|må)\b))\b"
)
_BOUNDARY = re.compile(
    rf"(?:(?<=[;:])|,)\s+(?:(?:og|men|samt|så)\s+)?(?:{_OPENER})?|(?<![\w])(?:{_OPENER.replace('opener', 'inner')})"
    r"|\s(?:og|men|samt)\s+(?=(?:\w+\s+){0,2}(?:skal|vil|bør|bedes|forventes|\w{3,}es|vender|sender|melder)\b)",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\b(til|for|ved|med|uden|om|på|efter)\s+$", re.IGNORECASE)
_MODAL = r"skal|vil|må|bør|bedes|forventes|planlægges|ønskes|anmodes|opfordres|påtænkes|bliver|blive"
_ASKING = r"ønsker|beder|bad|bedt|anmodede|efterspurgte|efterlyser|forventer|planlægger|aftalt|aftaler"
_NO_PASSIVE = (
    r"(?!\w*(?:rnes|enes|(?:nd|ld|g|k|p)tes|edes|(?:leder|medarbejder|borger|lærer|bruger|direktør|forum|år)s|(?:med)?arbejderes|lederes"
    r"|borgeres|brugeres)\b)(?!(?:deres|hendes|fælles|alles|andres|dennes|findes|synes|lykkes|kendes|mindes|trives)\b)"
)
_PASSIVE = rf"{_NO_PASSIVE}[a-zæøå]{{3,40}}es"
_ACTIVE = (
    r"(?:ind|ud|frem|over|til|rund|videre|gen)?send(?:er|e)|udpege[r]?|aflevere[r]?|levere[r]?|(?:ind|til|frem)?melde[r]?"
    r"|vende[r]?\s+tilbage|udarbejde[r]?|lave[r]?|skrive[r]?|(?:ind|op)?samle[r]?|komme[r]?|får|få|fremlægge[r]?"
    r"|forelægge[r]?|præsentere[r]?|(?:af)?holde[r]?|mødes|drøfte[r]?|behandle[r]?|evaluere[r]?|revidere[r]?"
    r"|opdatere[r]?|undersøge[r]?|afklare[r]?|beslutte[r]?|starte[r]?|begynde[r]?|åbne[r]?|lukke[r]?|lancere[r]?"
    r"|indføre[r]?|iværksætte[r]?|igangsætte[r]?|indkalde[r]?|invitere[r]?|kontakte[r]?|følge[r]?|gennemføre[r]?"
    r"|gennemgår?|færdiggøre?|afslutte[r]?|(?:ind|af)?rapportere[r]?|indberette[r]?|orientere[r]?|indstille[r]?"
    r"|udvælge[r]?|give[r]?|tage[r]?|går|gå|byde[r]?|sørge[r]?|bidrage[r]?|deltage[r]?|forberede[r]?|justere[r]?"
    r"|registrere[r]?|(?:be)?svare[r]?|kvalificere[r]?|udfylde[r]?|beregne[r]?|(?:ud)?sætte[r]?|udskyde[r]?|lægge[r]?|flytte[r]?"
    r"|udskifte[r]?|ansætte[r]?|opslå[r]?|overtage[r]?|tilrette[r]?|indhente[r]?|arrangere[r]?|besøge[r]?|mødes"
    r"|træffe[r]?|genoptage[r]?|implementere[r]?|udrulle[r]?|arbejde[r]?|ombygge[r]?|uddanne[r]?|koordinere[r]?"
)
_PAST = (
    r"(?!allerede\b)(?:blev|var|havde|har|fik|kom|gav|tog|lå|stod|gik|skete|indgik|skulle|kunne|ville|(?:be|ved|fore|fast)?[a-zæøå]{3,30}ede"
    r"|drøftede|tilkendegav|vedtog|valgte|fortalte|oplyste|er\s+(?:allerede\s+)?[a-zæøå]{3,30}(?:et|t)(?=\s)|er\s+faldet)"
)
_FORMS = (
    rf"(?:(?P<past>{_PAST})|(?P<modal>{_MODAL})|(?P<asking>{_ASKING})|(?P<can>kan)|(?P<is>er)"
    rf"|(?P<active>{_ACTIVE})|(?P<passive>{_PASSIVE}))"
)
_VERB = re.compile(rf"\b{_FORMS}\b", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:igangsættes|iværksættes|indføres|starter|startes|begynder|begyndes|lanceres|åbner|implementeres|udrulles)\b"
)
_LASTS = re.compile(
    r"\b(?:udvides|forlænges|fortsætter|fortsættes|gælder|løber|fastholdes|bevares|orlov|ansat|lejes|sygemeldt)\b", re.I
)
_NOT = re.compile(r"\b(?:ikke|ej|hverken|tidligst)\b", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:kr|mio|mia|procent)\b|%", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:perioden?|årene|mellem)\b[^.;,]{0,30}$", re.IGNORECASE)
_QUOTED = re.compile(r"[”\"“„»«][^”\"“„»«]{0,300}[”\"“„»«]")
_CALLED_OFF = re.compile(r"\b(?:aflys(?:es|t)|udgår|bortfalder|udgået)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:\s*(?:der|det|den|vi|man|herefter|derefter|desuden|derudover|samtidig|også|endvidere|allerede|så|og|først|igen"
    r"|\W)\s*)*",
    re.IGNORECASE,
)
_OF_A_NOUN = re.compile(r"\b(?:for|af|fra|om|budget\w*|regnskab\w*|siden)\s+$", re.IGNORECASE)
_ALSO = re.compile(r"\s*(?:,|og|eller|samt)\s+")
_SOFT = re.compile(r"(?:i\s+løbet|om|inden\s*for|senere)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:det|de|den|denne|disse|en|et|alle)\s+$", re.IGNORECASE)
_TO_BE = re.compile(r"\b(?:være|blive)\b")
_GOVERNS = re.compile(rf"\b(?P<modal>{_MODAL})(?P<is>(?!))?(?P<can>(?!))?\s+$", re.IGNORECASE)
_CONDITIONS = frozenset({"hvis", "såfremt", "medmindre"})
_QUESTIONS = frozenset(
    {"om", "hvad", "hvem", "hvordan", "hvorvidt", "hvornår", "hvorfor", "hvilke", "hvilken", "hvilket"}
)
_BEGGED = frozenset({"bedes", "opfordres", "anmodes"})


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline: `words` stand at `start` to `end` of the text, `date` is the last day that they leave."""

    start: int
    end: int
    words: str
    date: datetime.date
    precision: Precision
    sentence: str  # that they stand in; of an endless one what stands round them
    responsible: str  # as printed; blank when nobody is named


@dataclass(frozen=True, slots=True)
class _Clause:
    """The part of a sentence that a date belongs to."""

    start: int
    end: int
    opener: str  # "at", "som", "hvis" …; blank for a main clause
    infinitive_of: str  # what stands before "at": "til", "for"; blank where none does
    before: int  # where the opener, or the comma before it, begins


def find_deadlines(text: str, *, meeting_date: datetime.date) -> list[FoundDeadline]:
    """The deadlines that `text`, a Beslutning of a meeting on that day, sets; in order, none overlapping another."""
    found: list[FoundDeadline] = []
    for sentence in split_sentences(text):
        periods = find_periods(sentence.text, meeting_date)
        if not periods:
            continue
        quoted = [match.span() for match in _QUOTED.finditer(sentence.text)]
        earlier = 0
        for period in periods[:_MOST_NAMED]:
            if any(start <= period.start < end for start, end in quoted[:_MOST_NAMED]):
                continue
            is_next = bool(earlier and _ALSO.fullmatch(sentence.text, earlier, period.start))
            deadline = _deadline(sentence, period, earlier, meeting_date, is_next=is_next)
            if deadline:
                found.append(deadline)
                earlier = period.end
            if len(found) == MOST:
                return found
    return found


def _deadline(
    sentence: Sentence, period: Period, earlier: int, meeting: datetime.date, *, is_next: bool
) -> FoundDeadline | None:
    """What `period` is in its sentence, whose deadline before it ends at `earlier`; "april og juni": `is_next`."""
    text = sentence.text
    start, limit = _lead(text, period, earlier)
    date = _last_day(period, limit, text[start : period.start].split(" ")[0])
    if date is None or date < meeting or (date == meeting and limit != "by"):
        return None
    clause = _clause(text, start, period.end)
    if not (is_next or _counts(text, period, start, limit, clause)):
        return None
    return FoundDeadline(
        sentence.start + start,
        sentence.start + period.end,
        text[start : period.end],
        date,
        period.precision,
        _excerpt(text, start, period.end),
        _responsible(text, clause, start, period.end),
    )


def _excerpt(text: str, start: int, end: int) -> str:
    if len(text) <= _LONGEST_SENTENCE:
        return text
    low, high = max(0, start - _LONGEST_SENTENCE // 2), end + _LONGEST_SENTENCE // 2
    return f"{'…' * (low > 0)}{text[low:high]}{'…' * (high < len(text))}"


def _lead(text: str, period: Period, earlier: int) -> tuple[int, Limit]:
    """Where the words of a deadline begin, and what kind of limit they begin with; blank for a bare preposition."""
    low, start = max(earlier, period.start - 80), period.start
    if period.precision == "dag" and not period.counted:
        for form in (_DEN, _WEEKDAY):
            match = form.search(text, low, start)
            start = match.start() if match else start
    named = _MEETING.search(text, low, start)
    for place in (start, named.start() if named else start):
        for limit, form in _LIMITS:
            match = form.search(text, low, place)
            if match and (period.counted or not match[0].lower().startswith("om")):
                return match.start(), limit
    match = _PREPOSITION.search(text, low, start)
    return (match.start() if match else start), ""


def _last_day(period: Period, limit: Limit, preposition: str) -> datetime.date | None:
    """The last day that the words leave; None where they leave none, or leave it open."""
    if limit == "never" or (period.counted and limit != "by"):
        return None
    if limit == "after":
        return period.last if period.holiday else None
    if limit == "from":
        return period.first
    begins = period.holiday and preposition.lower() in ("til", "ved", "omkring", "senest")
    if limit == "before" or begins or (period.begun_by and preposition.lower() == "til"):
        return period.first - _ONE_DAY if period.first > datetime.date.min else None
    return None if period.holiday else period.last


def _clause(text: str, start: int, end: int) -> _Clause:
    """The clause round what stands from `start` to `end`."""
    low = max(0, start - _REACH)
    begin, opener, before = low, "", low
    namely = _MEETING_NAMELY.search(text, max(0, start - 60), start)
    for match in _BOUNDARY.finditer(text, low, namely.start() if namely else start):
        begin, opener, before = match.end(), (match["opener"] or match["inner"] or "").lower(), match.start()
    following = _BOUNDARY.search(text, end, end + _REACH)
    stop = following.start() if following else min(len(text), end + _REACH)
    governing = _INFINITIVE.search(text, max(0, before - 20), before) if opener == "at" else None
    return _Clause(begin, stop, opener, governing[1].lower() if governing else "", before)


def _verbs(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The verbs between; "de reviderede mål" has none."""
    return [
        match
        for match in _VERB.finditer(text, start, end)
        if not (match[0].lower().endswith("ede") and _ARTICLE.search(text, max(0, match.start() - 10), match.start()))
    ]


def _counts(text: str, period: Period, start: int, limit: Limit, clause: _Clause) -> bool:
    """Whether the clause makes a deadline of the words at `start`."""
    before = text[clause.start : start]
    if _PUT_OFF.search(before) or _NEXT_TIME.search(before) or _DUE.search(text, max(0, start - 80), start):
        return True
    if clause.opener in _CONDITIONS | _QUESTIONS:
        return False
    if clause.infinitive_of in ("for", "ved", "uden", "efter") and not text.startswith("senest", start):
        return False
    whole = text[clause.start : clause.end]
    if (
        _NOT.search(before)
        or _CALLED_OFF.search(whole)
        or _SPAN.search(before)
        or _is_in_range(text, start, period.end)
    ):
        return False
    verbs = _verbs(text, clause.start, start)
    is_before = bool(verbs)
    verb = verbs[-1] if verbs else next(iter(_verbs(text, period.end, clause.end)), None)
    if verb and verb["past"]:
        return False
    words = text[start : period.end].lower()
    if verb is None and clause.opener == "at":  # "forventes at ligge klar"
        verb = _GOVERNS.search(text, max(0, clause.before - 40), clause.before)
        is_before = verb is not None
    if limit == "from":
        return bool(_STARTS.search(whole))
    if words.startswith("til") and _LASTS.search(whole):
        return False
    if limit in ("by", "before") and not _SOFT.match(words):
        return True
    if verb is None or verb["is"] or verb["can"] or not (is_before or _LEADS.fullmatch(before)):
        return False
    return period.precision == "dag" or limit != "" or _bare_counts(text, period, start, clause, verb)


def _bare_counts(text: str, period: Period, start: int, clause: _Clause, verb: re.Match[str]) -> bool:
    """Whether something is done in a period that is merely named: "i marts", "uge 34"."""
    before = text[clause.start : start]
    printed = text[period.start : period.end].lower()
    has_preposition = start < period.start or printed.startswith(("primo", "medio", "ultimo", "først", "sidst", "midt"))
    if not has_preposition or _MONEY.search(before) or _OF_A_NOUN.search(before):
        return False
    if clause.opener in ("som", "der") and not verb["modal"]:
        return False
    return clause.infinitive_of in ("", "om") and before.count("(") <= before.count(")")


def _is_in_range(text: str, start: int, end: int) -> bool:
    """Whether the date is one end of a stretch of time: "1.3.2021-28.2.2025"."""
    after = re.match(r"\s?[-–]\s?[0-9]", text[end : end + 3])
    return bool(after or re.search(r"[0-9]\.?\s?[-–]\s?$", text[max(0, start - 4) : start]))


def _responsible(text: str, clause: _Clause, start: int, end: int) -> str:
    """Who is to keep the deadline that stands from `start` to `end`."""
    if clause.infinitive_of:
        return _responsible(text, _clause(text, clause.before, clause.before), clause.before, clause.before)
    verbs = _verbs(text, clause.start, start) or _verbs(text, end, clause.end)
    if not verbs:
        return ""
    first, last = verbs[0], verbs[-1]
    if last["asking"]:
        return responsible.asked(text, 0, start)
    tail = text[first.end() : max(start, last.end())]
    is_passive = last["passive"] or (first["modal"] and _TO_BE.search(tail)) or first[0].lower() in ("bliver", "blive")
    if is_passive and first[0].lower() not in _BEGGED:
        return responsible.agent(text, first.end(), clause.end)
    if clause.opener == "at" and not text[clause.start : first.start()].strip():
        return responsible.decided(text, 0, clause.start)
    who = responsible.subject(text, 0, first.start()) or responsible.inverted(text, first.end())
    return who or (responsible.decided(text, 0, clause.start) if clause.opener == "at" else "")
