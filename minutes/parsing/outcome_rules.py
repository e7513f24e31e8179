"""The words that carry the outcome of a Beslutning: verbs by their forms, and fixed phrases.

Patterns meet a main clause as `clauses.main_clauses` gives it: small letters, bodies as OWN and OTHER, no subordinate
clause. `outcomes` says under which conditions a form counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from minutes.parsing.clauses import OTHER, OWN

Kind = Literal[
    "godkendt",
    "ikke godkendt",
    "taget til efterretning",
    "drøftet",
    "besluttet",
    "udpeget",
    "orienteret",
    "sendt videre",
    "genoptages",
    "ingen beslutning",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


_EFTERRETNING = r"\b(?:[^§]|§egen)*?\btil efterretning(?:en)?"
ROLE = (
    r"(?:[a-zæøå-]*(?:leder|ledere|holder|holdere)|(?:næst)?formand|medlem(?:mer)?|repræsentant(?:er)?|suppleant(?:er)?"
    r"|kontaktperson(?:er)?|ordstyrer|observatør|ambassadør|talsperson|deltagere?|ansvarlig)"
)
SPEAKER = rf"(?<!\w)(?:{OWN}(?!s)|udvalget|rådet|bestyrelsen|forummet|gruppen|direktionen|mødet|vi|man)(?!\w)"


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms that make a kind. `by_anybody`: it counts whoever did it, not only the body."""

    kind: Kind
    past: str
    participle: str
    now: str = "(?!)"  # of decisions told in the present: "godkender", "godkendes"
    infinitive: str = "(?!)"  # after "besluttede at"
    by_anybody: bool = False


VERBS = (
    Verb(
        "godkendt",
        past="godkendtes?|tiltrådtes?|vedtog|imødekom|bifaldt|tilsluttede sig|accepterede",
        participle="godkendt|tiltrådt|vedtaget|imødekommet|bifaldet",
        now="godkende[rs]|tiltræde[rs]|vedtage[rs]|imødekommes",
        infinitive="godkende|tiltræde|vedtage|imødekomme|følge indstillingen",
    ),
    Verb(
        "ikke godkendt",
        past="afviste|forkastede|afslog|nedstemte",
        participle="afvist|forkastet|afslået|nedstemt",
        now="afvise[rs]|forkaste[rs]",
        infinitive="afvise|forkaste|afslå",
    ),
    Verb(
        "taget til efterretning",
        past=rf"tog{_EFTERRETNING}|noterede sig",
        participle=rf"taget{_EFTERRETNING}",
        now=rf"tage[rs]{_EFTERRETNING}",
        infinitive=rf"tage{_EFTERRETNING}",
    ),
    Verb(
        "drøftet",
        past="drøftedes?|debatterede|diskuterede|behandlede|gennemgik|evaluerede",
        participle="drøftet|debatteret|diskuteret|behandlet|gennemgået|evalueret",
        now="drøfter",
    ),
    Verb(
        "besluttet",
        past="besluttedes?|aftalte|fastlagde|fastsatte|valgte",
        participle="besluttet|aftalt|fastlagt|fastsat|valgt",
        now="beslutter",
    ),
    Verb(
        "udpeget",
        past="udpegede|konstituerede sig",
        participle="udpeget|genvalgt",
        now="udpeger",
        infinitive="udpege",
    ),
    Verb(
        "orienteret",
        past="orienterede|oplyste|fortalte|redegjorde|informerede|præsenterede|fremlagde|meddelte",
        participle="orienteret|oplyst|informeret|præsenteret|fremlagt|meddelt",
        by_anybody=True,
    ),
    Verb(
        "genoptages",
        past="(?!)",
        participle="genoptaget",
        infinitive="genoptage|genbehandle|udsætte|udskyde|vende tilbage",
    ),
    Verb(
        "sendt videre",
        past="(?!)",
        participle="(?!)",
        infinitive=rf"oversende|videresende|sende .*(?:høring|videre)|(?:indstille|anbefale)\s(?:[a-zæøå]+\s)?{OTHER}",
    ),
)


_ASIDE = r"(?:[a-zæøå]+\s+){0,3}?"  # a few words between those that count
_MATTER = (
    r"(?:punkt(?:et|\s[0-9]+)|sagen|beslutning(?:en)?|(?:videre )?behandling(?:en)?|drøftelse(?:n|rne)?|emnet"
    r"|godkendelse(?:n)?|temaet|indstillingen|forslaget|stillingtagen|det|den)"
)
_LATER_MEETING = (
    rf"(?:igen\b|på ny\b|(?:på|til|ved|i)\s+(?:{OWN}s?\s+)?(?:(?:et|det|en)\s+)?(?:af\s+de\s+)?"
    rf"(?:næste|kommende|næstkommende|senere|førstkommende|efterfølgende|ekstraordinært)\s+(?:[a-zæøå]*møder?\b|{OWN})"
    rf"|på\s+(?:{OWN}s\s+)?mødet?\s+(?:d\.|den|i\s|til\s)|{OWN}\s+(?:d\.|den)\s*[0-9])"
)
_TREATED = (
    r"(?:drøftes|behandles|tages|kommer|komme|sættes|sat|optages|forelægges|fremlægges|præsenteres|godkendes|besluttes"
    r"|dagsordensættes|vendes|sker|fortsætte[rs]|flyttes|bliver?\s+(?:\w+\s+)?(?:drøftet|behandlet|taget|fulgt|forelagt|fremlagt|præsenteret))"
)
_SENT = r"(?:(?:over|videre|frem)?send(?:es|te?)|forelægges|videregår|videregives)"
_NOTHING = (
    r"(?:bemærkninger|kommentarer|punkter|emner|sager|beslutning(?:er)?|indlæg|noget|nogen|nyt"
    r"|(?:at|til|under|på|ved)\b)"
)


def _phrases(kind: Kind, *patterns: str) -> tuple[Kind, re.Pattern[str]]:
    return kind, re.compile("|".join(patterns))


PHRASES = (
    _phrases(
        "godkendt",
        r"^(?:beslutning(?:en)? |beslutningen blev )?som (?:indstillet|foreslået)\b",
        r"^i overensstemmelse med indstillingen",
        r"\bindstillingen (?:blev |er )?(?:fulgt|følges)\b(?! op)",
        r"(?:^|\bder (?:var|er) |\bvar der |\bgav (?:sin |sit )?)"
        r"(?!(?:ingen|ikke))(?:(?:fuld|bred|generel|god) )?(?:tilslutning|opbakning)\b",
        rf"{SPEAKER} (?:\w+ )?bakke(?:de|r) (?:\w+ )?op om|\bbakke(?:de|r) {SPEAKER} (?:\w+ )?op om",
        rf"{SPEAKER} kan (?:godkende|tiltræde|tilslutte sig|støtte|bakke op)",
        r"^ok\b",
    ),
    _phrases(
        "ikke godkendt",
        r"\bkunne ikke (?:godkende|tiltræde|imødekomme|støtte|bakke|tilslutte sig)",
        rf"{SPEAKER} kan ikke (?:godkende|tiltræde|imødekomme|støtte|bakke|tilslutte sig)",
        r"\b(?:blev|er) stemt ned\b|^forslaget (?:faldt|bortfaldt)\b",
        r"\bkan ikke (?:godkendes|tiltrædes|imødekommes)",
        r"\bindstillingen (?:blev |er )?ikke (?:fulgt|følges)|\bindstillingen følges ikke",
        r"\bder (?:var|er) (?:ikke|ingen) (?:tilslutning|opbakning)",
    ),
    _phrases(
        "taget til efterretning",
        r"^(?:orienteringen |punktet )?til efterretning(?:en)?\b",
        r"\b(?:taget|tages|toges) ad notam",
    ),
    _phrases(
        "drøftet",
        rf"\b(?:var|havde|holdt|tog|faciliterede|førte|gennemførte|afholdt)\s+(?:der\s+|{SPEAKER}\s+)?{_ASIDE}"
        r"(?:tema)?(?:drøftelser?|dialog|debat|diskussion)\b",
        r"\bgav anledning til (?:en |et )?(?:\w+ )?(?:drøftelse|debat|dialog)\b",
        r"^(?:en )?(?:kort |god |generel |fælles |indledende )?(?:tema)?(?:drøftelse|dialog|debat)(?:\.|$| af\b| om\b)",
        rf"\b(?:gav|havde|kom med|afgav)\s+(?:{SPEAKER}\s+)?(?!ingen|ikke){_ASIDE}"
        r"(?:bemærkninger|kommentarer|inputs?|sparring)\b",
    ),
    _phrases(
        "besluttet",
        rf"\b(?:traf|tog|træffer)\s+(?:{SPEAKER}\s+)?(?!ikke|ingen)(?:endelig\s+|følgende\s+)?beslutning\b",
        r"\b(?:blev|er)\s+(?:der\s+)?truffet\s+(?:følgende\s+)?beslutning\b|\bbeslutning(?:en)? blev truffet\b",
        r"\b(?:var|blev)\s+(?:\w+\s+)?(?<!ikke )enige?\b",
        r"(?:^|\bder (?:var|er) |\bvar der )(?:bred |fuld )?enighed (?:(?:i|blandt) [§\w]+ )?om\b",
        rf"{SPEAKER} (?:\w+ )?nedsatte\b|\bnedsatte {SPEAKER}",
    ),
    _phrases(
        "udpeget",
        rf"(?<!ikke )\b(?:bliver|blev)\s+(?:ny\s+|nye\s+)?{ROLE}\b",
        rf"^{ROLE}:|\bpegede\s.*\bsom\s+(?:ny\s+)?{ROLE}\b",
        rf"^(?:ny\s+|som\s+)?{ROLE}\s+(?:er|bliver|blev)\b(?!\s+(?:orienteret|bedt|inviteret|informeret))",
    ),
    _phrases(
        "orienteret",
        rf"\b(?:gav|fik|modtog)\s+{_ASIDE}(?:orientering|status|gennemgang|opdatering|oplæg)\b",
        rf"\b(?:blev|er)\s+(?:der\s+)?givet\s+{_ASIDE}(?:orientering|status|gennemgang|opdatering)\b",
        r"^(?:taget )?(?:til )?orientering(?:en)?(?: (?:blev |er )?givet)?\.?$",
        r"^orientering (?:om|fra)\b(?!.*\b(?:blev|er|tages|taget|skal|vil|har)\b)",
    ),
    _phrases(
        "sendt videre",
        rf"\b{_SENT}\s(?:[^§]*\s)?(?:(?:til|i|for)\s+{OTHER}|(?:i|til)\s+(?:[a-zæøå]+\s+)?[a-zæøå]*høring\b|videre\b)",
        rf"\bgå?r\s+(?:nu\s+|herefter\s+)?videre\s+til\s+(?:{OTHER}|politisk\b)",
        r"^(?:indstillingen |forslaget |sagen |punktet )?(?:blev |er )?(?:anbefales|anbefalet)\b",
        rf"\banbefale(?:s|r|de)\s+(?:[a-zæøå]+\s+){{0,4}}(?:over\s*for\s+|til\s+)?{OTHER}",
        rf"\bindstille(?:s|r|de)\s+(?:herefter\s+|derfor\s+)?(?:over\s*for|til)\s+{OTHER}",
        rf"\b(?:beslutning|godkendelse|stillingtagen|afgørelse)(?:en|n)?\b.*\b(?:tages|træffes|sker)\s+(?:i|af)\s+{OTHER}",
    ),
    _phrases(
        "genoptages",
        r"\b(?:genoptage[rs]|genbehandles|genforelægges)\b|\bbliver?\s+genoptaget\b",
        r"^(?:(?:blev|er)\s+)?(?:udsat|udskudt|udsættes|udskydes)\b(?!\s+(?:for|borgere?|børn|unge)\b)",
        rf"(?:^|\s){_MATTER}\s[^,§]{{0,60}}?\b(?:udsat|udskudt|udsættes|udskydes)\b(?!\s+for\b)",
        rf"^{_MATTER}\s+(?:udsat|udskudt|udsættes|udskydes|afventer)\b(?!\s+for\b)",
        rf"{SPEAKER}\s+(?:\w+\s+)?(?:udsatte|udskød)\b|\b(?:udsatte|udskød)\s+{SPEAKER}",
        rf"\b(?:vender|vendte)\s+(?:{SPEAKER}\s+)?(?:\w+\s+)?tilbage\s+til\b|\bvendes\s+tilbage\s+til\b",
        rf"\b{_TREATED}\b[^.]*?\s{_LATER_MEETING}",
        rf"{SPEAKER}\s+(?:vil|skal|drøfter|behandler|tager)\s[^.]*?{_LATER_MEETING}",
        rf"\b(?:skal|kommer)\b[^.]*?\b(?:i|på|til)\s+{OWN}\s+igen\b",
        rf"\btil\s+(?:fornyet\s+|videre\s+|endelig\s+)?(?:behandling|drøftelse|godkendelse|beslutning)\s+{_LATER_MEETING}",
    ),
    _phrases(
        "ingen beslutning",
        rf"^(?:ingen|intet|ikke\s+noget)(?:\s+{_NOTHING}.*|\.|$)",
        r"^(?:ingenting|nej|[-–—])\.?$",
        rf"\b(?:var|er|havde)\s+(?:der\s+)?(?:ingen|intet|ikke\s+(?:noget|nogen))(?:\s+(?:yderligere\s+)?{_NOTHING}|\.|$)",
        rf"(?:^|{_MATTER}\s+)(?:(?:blev|er|bliver)\s+)?(?:(?:taget|tages)\s+(?:af|ud)\b|trukket\b|trækkes\b)",
        r"^(?:punktet|sagen)?\s*(?:udgår|udgik|bortfalder|bortfaldt|aflyst)\b",
        r"\bikke\s+(?:truffet|taget)\s+(?:nogen\s+|endelig\s+)?(?:beslutning|stilling)",
        r"\b(?:traf|tog)\s+(?:\w+\s+)?ikke\s+(?:\w+\s+)?(?:beslutning|stilling)",
        r"\bmødet\s+(?:blev|er)\s+aflyst\b|\bnåede(?:s)?\s+ikke\b|\bikke\s+nået\b",
    ),
)
