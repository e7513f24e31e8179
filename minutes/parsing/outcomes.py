"""What a Beslutning came to, read sentence by sentence from its own words alone (DESIGN, DecisionOutcome).

A verb counts where it says what happened at this meeting: "Chefforum godkendte …", "… blev drøftet", "Godkendt.",
"Indstillingen tages til efterretning". It does not count in what is still to come ("endelig godkendelse skal ske"), in
what another body does, in what was decided earlier, nor in a subordinate clause. Only sending on and taking up again
lie ahead by their nature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.parsing.clauses import OTHER, OWN, main_clauses, prepare
from minutes.parsing.outcome_rules import KINDS, PHRASES, ROLE, SPEAKER, VERBS, Kind, Verb
from minutes.parsing.sentences import split_sentences
from minutes.parsing.tense import is_not_yet, lies_ahead, tells_of_earlier

__all__ = ["KINDS", "Kind", "Outcome", "find_outcomes"]


def _word(form: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{form})\b")


_PAST = "|".join(verb.past for verb in VERBS)
_FORMS = tuple((verb, _word(verb.past), _word(verb.participle), _word(verb.now)) for verb in VERBS)
_DECIDED_TO = tuple(
    (
        verb.kind,
        re.compile(
            r"\b(?:besluttede|besluttet|vedtog|valgte|enige?(?: om)?|aftalte|aftalt)"
            rf"(?:\s+{OWN})?,?\s+(?:endvidere,?\s+|derfor\s+)?"
            rf"(?P<before>ikke\s+)?at\s+(?P<after>ikke\s+)?(?:{verb.infinitive})\b"
        ),
    )
    for verb in VERBS
)

# Before "besluttede" and "godkendt" these make an adjective of the verb: "de besluttede tiltag", "en godkendt plan".
_ARTICLE_BEFORE_PAST = re.compile(
    rf"(?:^|\s)(?:det|de|den|denne|disse|en|et|alle|følgende|netop|nyligt|tidligere|{OWN}s|{OTHER}s)\s*$"
)
_ARTICLE_BEFORE_PARTICIPLE = re.compile(r"\b(?:en|et)\s+$")
_AUXILIARY = re.compile(r"\b(?:blev|blevet|er|har|bliver|havde|var|får|fik)\b")
_FINITE = re.compile(rf"\b(?:{_PAST}|sendes|udarbejdes|mangler|gælder|forpligter|ønsker)\b")
_LONGEST_SUBJECT = 8  # words before "godkendt" in a sentence without any other verb

_NOT_BEFORE = re.compile(r"\b(?:ikke|ej)\s+(?:\w+\s+)?$")
_NOT_AFTER = re.compile(r"\s+(?:[^\s,]+\s+)?(?:ikke|ej)\s+(?!kun|alene|mindst)")
_NEGATED: dict[Kind, Kind] = {
    "godkendt": "ikke godkendt",
    "taget til efterretning": "ikke godkendt",
    "drøftet": "ingen beslutning",
    "besluttet": "ingen beslutning",
}
_DOUBT = re.compile(r"\b(?:kan|kunne|bør|burde|ikke|eventuelt|evt|måske)\b")
_BY_THE_BODY_ALONE: tuple[Kind, ...] = ("godkendt", "ikke godkendt", "drøftet", "besluttet", "taget til efterretning")
_BY_OTHERS = re.compile(rf"\b(?:af|i|hos|på)\s+{OTHER}")
_PREPOSITIONS = frozenset({"fra", "til", "om", "af", "for", "hos", "ved", "i", "med", "på", "via", "over", "mellem"})

_INTRODUCES_A_LIST = re.compile(r"(?::|,|\bat|\bom|\bfølgende)$")
_HALF_A_SENTENCE = re.compile(r"(?:at|om|hv\w+|der|som)\b")
_LONGEST = 2000  # characters of a sentence that are read: nobody writes longer ones, and no file may take long


@dataclass(frozen=True, slots=True)
class Outcome:
    """A kind, the sentence that carries it, and that sentence's place in the decision's text."""

    kind: Kind
    sentence: str
    start: int
    end: int


def find_outcomes(decision_text: str, *, own_body: str = "Chefforum") -> tuple[Outcome, ...]:
    """What a Beslutning came to, in the order told, each kind with the first sentence that carries it.

    `own_body` is the meeting's: what other bodies do is no outcome of it. Empty when nothing is recognised. "ingen
    beslutning" stands only alone.
    """
    found: dict[Kind, Outcome] = {}
    introduction = ""
    for sentence in split_sentences(decision_text):
        prepared = prepare(sentence.text[:_LONGEST], own_body)
        if sentence.listed and introduction:
            kinds = _kinds_of_entry(prepared, introduction, sentence.text)
        else:
            introduction = prepared if _INTRODUCES_A_LIST.search(prepared) else ""
            kinds = _kinds(prepared, sentence.text)
        for kind in kinds:
            found.setdefault(kind, Outcome(kind, sentence.text, sentence.start, sentence.end))
    if len(found) > 1:
        found.pop("ingen beslutning", None)
    return tuple(found.values())


def _kinds_of_entry(prepared: str, introduction: str, printed: str) -> list[Kind]:
    """The kinds in a list's entry. After "skal sikre at:" an entry is half a sentence, and decides nothing itself."""
    introduction = introduction.rstrip(" :,")
    if prepared.startswith("at ") and re.search(r"\b(?:besluttede|besluttet)\b", introduction):
        return [kind for _, kind in _decided_to(f"besluttede {prepared}")]
    if introduction.endswith((" at", " om")) or _HALF_A_SENTENCE.match(prepared):
        return []
    return _kinds(prepared, printed)


def _kinds(prepared: str, printed: str) -> list[Kind]:
    """The kinds that a prepared sentence carries, in the order of its words."""
    clauses = main_clauses(prepared, _PAST)
    others_act = _others_are_subject(clauses[0]) if clauses else False
    found: list[tuple[int, Kind]] = list(_decided_to(prepared)) if clauses and not others_act else []
    for number, clause in enumerate(clauses):
        place = number * len(prepared)
        others_act = (others_act or _others_are_subject(clause)) and OWN not in clause
        found += [(place + at, kind) for at, kind in _verb_kinds(clause, others_act)]
        found += [(place + at, kind) for at, kind in _phrase_kinds(clause, others_act)]
    if clauses and _names_holder_of_role(printed):
        found.append((0, "udpeget"))
    kinds = list(dict.fromkeys(kind for _, kind in sorted(found, key=lambda entry: entry[0])))
    if "ikke godkendt" in kinds and "godkendt" in kinds and not re.search(r"\bmen\b", prepared):
        kinds.remove("godkendt")
    return kinds


def _decided_to(prepared: str) -> Iterator[tuple[int, Kind]]:
    """What the meeting decided to do there and then: "besluttede at godkende", "besluttede ikke at godkende"."""
    if re.match(r"(?:her(?:ud)?over |endvidere |desuden )?(?:det besluttes|besluttes det),? at\b", prepared):
        yield 0, "besluttet"
    for kind, form in _DECIDED_TO:
        match = form.search(prepared)
        if match and not tells_of_earlier(prepared[: match.start()], ""):
            negated = match["before"] or match["after"]
            if not negated:
                yield match.end(), kind
            elif kind == "godkendt":
                yield match.end(), "ikke godkendt"


def _verb_kinds(clause: str, others_act: bool) -> Iterator[tuple[int, Kind]]:
    """The kinds of the verbs in a clause that count, each with the verb's place."""
    for verb, past, participle, now in _FORMS:
        for form, counts in ((past, _past_counts), (participle, _participle_counts), (now, _now_counts)):
            for match in form.finditer(clause):
                before, after = clause[: match.start()], clause[match.end() :]
                if (others_act and not verb.by_anybody) or tells_of_earlier(before, after):
                    continue
                if counts(before, after, match[0]) and (kind := _kind(verb, match[0], clause, before, after)):
                    yield match.end(), kind


def _phrase_kinds(clause: str, others_act: bool) -> Iterator[tuple[int, Kind]]:
    """The kinds of the fixed phrases in a clause, each with the phrase's place."""
    for kind, form in PHRASES:
        match = form.search(clause)
        if match is None or tells_of_earlier(clause[: match.start()] or clause, ""):
            continue
        if re.match(rf"\s+af\s+{OTHER}", clause[match.end() :]):
            continue
        ahead = kind in ("sendt videre", "genoptages")
        if not ((ahead and _DOUBT.search(clause[: match.end()])) or (others_act and kind in _BY_THE_BODY_ALONE)):
            yield match.end(), kind


def _kind(verb: Verb, form: str, clause: str, before: str, after: str) -> Kind | None:
    """The kind of a verb that counts, with what its neighbours make of it."""
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(f"{after} "):
        return _NEGATED.get(verb.kind)
    if form.startswith("valgt") and re.search(rf"\b{ROLE}\b", clause):
        return "udpeget"
    if form == "gennemgik" and not re.search(rf"{SPEAKER}\s*$", before) and not re.match(rf"\s*{SPEAKER}", after):
        return "orienteret"
    return verb.kind


def _past_counts(before: str, after: str, form: str) -> bool:
    """ "godkendte": told of this meeting. Who acts is asked elsewhere, but for "besluttede Direktørforum"."""
    is_passive = form.endswith("es")
    return not re.match(rf"\s+{OTHER}\b", after) and (is_passive or not _ARTICLE_BEFORE_PAST.search(before))


def _participle_counts(before: str, after: str, form: str) -> bool:
    """ "godkendt" after blev, er or har, or with no finite verb before it: "Enstemmigt godkendt." """
    if is_not_yet(before) or _BY_OTHERS.search(before + after) or _ARTICLE_BEFORE_PARTICIPLE.search(before):
        return False
    if auxiliaries := _AUXILIARY.findall(before):
        return auxiliaries[-1] in {"blev", "blevet", "er", "har"}
    return len(before.split()) <= _LONGEST_SUBJECT and not _FINITE.search(before)


def _now_counts(before: str, after: str, form: str) -> bool:
    """ "Chefforum godkender", "Indstillingen godkendes": a decision told in the present."""
    if is_not_yet(before) or _AUXILIARY.search(before) or lies_ahead(before + after):
        return False
    if not form.split()[0].endswith("s"):
        return bool(re.search(rf"{SPEAKER}\s+$", before))
    return len(before.split()) <= _LONGEST_SUBJECT and not _FINITE.search(before) and not _BY_OTHERS.search(after)


def _others_are_subject(clause: str) -> bool:
    """Whether another body stands where the subject does: not behind a preposition."""
    for match in re.finditer(rf"{OTHER}(?!s)", clause):
        words_before = clause[: match.start()].split()
        if (words_before or [""])[-1] not in _PREPOSITIONS and (not words_before or match.start() < 40):
            return True
    return False


def _names_holder_of_role(printed: str) -> bool:
    """ "Fornavn Efternavn bliver tovholder for …" and nothing more, or "Fornavn Efternavn udpeges …"."""
    name = r"[A-ZÆØÅ][\w.-]+(?:\s+[A-ZÆØÅ][\w.-]+){1,4}"
    return bool(
        re.match(
            rf"{name}(?:\s+og\s+{name})?\s+(?:(?:er|bliver|blev)\s+(?:ny\s+|nye\s+)?{ROLE}\b[^,]*$|udpeges\b)", printed
        )
    )
