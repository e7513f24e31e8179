"""The main clauses of a sentence in a Beslutning: what was said there itself, not what it is about.

"Chefforum drøftede, hvordan planen kan godkendes, og besluttede at vente" says in its main clauses "chefforum drøftede"
and "besluttede". What hangs on them (at, som, der, hvordan, hvis …) tells of plans, wishes and other times.
"""

from __future__ import annotations

import functools
import re

from minutes.parsing.bodies import body_name, find_bodies

OWN, OTHER = "§egen", "§anden"  # stand for the names of the meeting's own body and of others

_QUOTED = re.compile(r"[”\"“„»«][^”\"“„»«]*[”\"“„»«]")
_BRACKETED = re.compile(r"\([^()]*\)")
_MARKUP = re.compile(r"[*_`\\]")
_LABEL = re.compile(
    r"^(?:beslutning|konklusion|resultat)\s*:\s*"
    r"|^[^:]{0,60}?\b(?:den|d\.)\s*[0-9][^:]{0,30}:\s+(?=\w+\.?$)"
    r"|^(?:ad|punkt|pkt\.?|nr\.?|indstillingens punkt|indstillingspunkt)?\s*"
    r"[0-9]+(?:\s*(?:-|,|og)\s*[0-9]+)*\s*[.):]+\s*",
    re.IGNORECASE,
)

# As a first word: nothing of the sentence has happened, or what follows its first comma has.
_CONDITION = re.compile(r"(?:hvis|såfremt|når|dersom|medmindre|forudsat)\b")
_ADVERBIAL_CLAUSE = re.compile(
    r"(?:da|fordi|idet|eftersom|mens|selvom|selv om|for at|inden|efter at(?! have))\b[^,]*,\s*"
)

_ROLE_FOLLOWS = (
    r"(?!\s+(?:ny\s+|nye\s+)?[a-zæøå-]*(?:leder|holder|formand|medlem|repræsentant|person|suppleant|deltager))"
)
_SUBORDINATE = re.compile(
    rf",?\s*\b(?:at|som{_ROLE_FOLLOWS}(?!\s+(?:indstillet|foreslået))|hvor\w*|hvilke\w*|hvem|hvad|hvis|såfremt|når|da|idet"
    r"|fordi|mens|selvom|således|medmindre|forudsat|under\s+forudsætning|med\s+henblik|med\s+forbehold|herunder|jf|jævnfør)\b"
    r"|,\s*(?:der|så|inden|indtil|før|om)\b"
    r"|(?<!\bblev)(?<!\ber)(?<!\bvar)(?<!\bhar)(?<!\bhavde)(?<!\bbliver)(?<!es)\s+der\b"
)
_LEADING = r"(?:(?:§egen|det|der|den|man|vi|herefter|derefter|efterfølgende|endvidere|desuden|samtidig|også)\s+){0,3}"


def prepare(sentence: str, own_body: str) -> str:
    """`sentence` in small letters without markup, labels, quotations and brackets, its bodies as OWN and OTHER.

    What is quoted goes because the words of a title decide nothing. A genitive keeps its s: it is nobody who acts.
    """
    plain = _BRACKETED.sub("", _QUOTED.sub(" ", _MARKUP.sub("", sentence)))
    plain = _LABEL.sub("", " ".join(plain.split()))
    own, pieces, reached = body_name(own_body), [], 0
    for body in find_bodies(plain):
        printed = plain[body.start : body.end]
        genitive = "s" if printed.endswith("s") and not body.name.endswith("s") else ""
        pieces += [plain[reached : body.start], (OWN if body.name == own else OTHER) + genitive]
        reached = body.end
    return "".join([*pieces, plain[reached:]]).lower().strip()


def main_clauses(prepared: str, verbs: str) -> list[str]:
    """The main clauses of a prepared sentence; `verbs` (a regex) are those that another main clause may begin with."""
    if _CONDITION.match(prepared):
        return []
    if opening := _ADVERBIAL_CLAUSE.match(prepared):
        prepared = prepared[opening.end() :]
    rest = prepared.removeprefix("efter at have ")
    beside, after = _continuations(verbs)
    clauses: list[str] = []
    while rest:
        cut = _SUBORDINATE.search(rest, 1)
        end = cut.start() if cut else len(rest)
        if another := beside.search(rest, 1, end):
            clauses.append(rest[: another.start()])
            rest = rest[another.end() :]
            continue
        clauses.append(rest[:end])
        resumed = after.search(rest, cut.end()) if cut else None
        if cut is None or resumed is None or OTHER in rest[cut.end() : resumed.start()]:
            break
        rest = rest[resumed.end() :]
    return clauses


@functools.cache
def _continuations(verbs: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a main clause begins beside another, with its own subject, and after a subordinate one."""
    joint = r"(?:,\s*|\s)(?:og|men|samt|hvorefter)\s+"
    beside = rf"{joint}(?=(?:{OWN}|{OTHER})\s+(?:{verbs}|har|blev)\b)"
    return re.compile(beside), re.compile(rf"{joint}(?={_LEADING}(?:{verbs}|blev)\b)")
