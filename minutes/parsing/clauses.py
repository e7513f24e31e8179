"""The main clauses of a sentence in a Beslutning: what was said there itself, not what it is about.

"Chefforum drøftede, hvordan planen kan godkendes, og besluttede at vente" says in its main clauses "chefforum drøftede"
and "besluttede". What hangs on them (at, som, der, hvordan, hvis …) tells of plans, wishes and other times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parsing.bodies import body_name, find_bodies

OWN, OTHER = "§egen", "§anden"  # stand for the names of the meeting's own body and of others

_QUOTED = re.compile(r"[”\"“„»«][^”\"“„»«]*[”\"“„»«]")
_BRACKETED = re.compile(r"\([^()]*\)")
_MARKUP = re.compile(r"[*_`\\]")
_LABEL = re.compile(
    r"^(?:beslutning|konklusion|resultat)\s*:\s*"
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


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause in small letters; `after` is what hangs on it, `opens` says that it begins the sentence."""

    text: str
    after: str
    opens: bool


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


def main_clauses(prepared: str, verbs: str) -> list[Clause]:
    """The main clauses of a prepared sentence; `verbs` (a regex) may go on after a subordinate clause."""
    if _CONDITION.match(prepared):
        return []
    rest = _ADVERBIAL_CLAUSE.sub("", prepared, count=1) if _ADVERBIAL_CLAUSE.match(prepared) else prepared
    rest = rest.removeprefix("efter at have ")
    resumed = re.compile(rf"(?:,\s*|\s)(?:og|men|samt|hvorefter)\s+(?={_LEADING}(?:{verbs}|blev)\b)")
    clauses: list[Clause] = []
    while rest:
        cut = _SUBORDINATE.search(rest, 1)
        if cut is None:
            clauses.append(Clause(rest, "", not clauses))
            break
        clauses.append(Clause(rest[: cut.start()], rest[cut.start() :], not clauses))
        again = resumed.search(rest, cut.end())
        if again is None or OTHER in rest[cut.end() : again.start()]:
            break
        rest = rest[again.end() :]
    return clauses
