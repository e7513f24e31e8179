"""Danish that means nothing: the sentences of the minutes in `fixtures/` with their words replaced.

Words follow Zipf's law with a steeper tail, as in real corpora, so that the vocabulary grows with the text (Heaps'
law): behind the common words come rarer ones of the lexicon, and compounds of two words without end.
"""

from __future__ import annotations

import functools
import itertools
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutes.parsing.assemble import parse
from minutes.parsing.dates import MONTHS
from minutes.parsing.readers import read
from minutes.parsing.sentences import split_sentences
from minutes.parsing.types import ParsedMinutes
from minutes.search import lexicon

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

# Of ranks r from 0: proportional to 1 / (r + SHIFT) below KNEE, and to 1 / r ** STEEPNESS from there.
SHIFT, KNEE, STEEPNESS, LAST_RANK = 20, 8_000, 1.9, 50_000_000
_HEAD = math.log((KNEE + SHIFT) / SHIFT)
HEAD_SHARE = _HEAD / (_HEAD + 1 / (STEEPNESS - 1))
TOPIC_SHARE = 0.25  # of an item's words are taken from the few that its case is about
SLIP_SHARE = 0.0007  # of words are misspelt
REPLACED = 0.8  # of the words that carry meaning
VARIANTS = 6  # of each sentence, with other words replaced

_COMMON = 4_000  # the words of the lowest ranks; behind them every third is of the lexicon, the others are compounds
_MOST_KNOWN = 200_000  # words that a process remembers
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[0-9]+")
_TWO_NAMES = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+ (?!Kommune)[A-ZÆØÅ][a-zæøå]+")
_FUNCTION_WORDS = frozenset(
    "skal ikke være også efter bliver blev hvor hvordan hvilke hvilken hvilket eller samt under over mellem dette "
    "denne disse deres vores have havde kunne skulle ville blive blevet hvis mere andre anden andet alle herunder "
    "således derfor dermed hvem hvad gennem inden uden fortsat samme hver hvert både desuden endvidere indenfor "
    "forhold baggrund chefforum chefforums albertslund kommune kommunen".split()
)

Draw = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with holes: "%s" where `holes` has an entry. Holes are filled by `Danish.sentence`."""

    text: str
    holes: tuple[str, ...]  # "word", "year", "month", "day" (1-28), or digits: a number of as many
    length: int  # words


@functools.cache
def real_minutes() -> tuple[ParsedMinutes, ...]:
    """The minutes in fixtures/."""
    return tuple(parse(read(path.read_bytes())) for path in sorted(FIXTURES.glob("*.pdf")))


def heading_kinds() -> Iterator[tuple[str, str]]:
    """(kind, text) of every section of the real minutes."""
    for minutes in real_minutes():
        for item in minutes.items:
            for section in item.sections:
                yield section.kind, section.text


class Vocabulary:
    """Words by rank, each with its inflections."""

    def __init__(self) -> None:
        entries = lexicon.words()
        usable = [word for word, entry in entries.items() if entry.links != lexicon.NAME and len(word) >= 4]
        shuffle = random.Random(1)
        order = {word: entries[word].as_first + entries[word].as_last + 6 * shuffle.random() for word in usable}
        usable.sort(key=lambda word: -order[word])
        spoken = Counter(
            word.lower() for _, text in heading_kinds() for word in _WORD.findall(text) if _carries_meaning(word)
        )
        own = [word for word, _ in sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0])) if word in entries]
        self.common = list(dict.fromkeys(_merged(own, usable)))[:_COMMON]
        common = set(self.common)
        self.rare = [word for word in usable if word not in common]
        self.firsts = [_joined(word) for word in usable if entries[word].as_first >= 2 and _joined(word)]
        self.lasts = [word for word in usable if entries[word].as_last >= 2]
        self._known: dict[int, tuple[str, ...]] = {}

    def word(self, rank: int) -> str:
        """The word of a rank in its basic form."""
        if rank < _COMMON:
            return self.common[rank]
        place, kind = divmod(rank - _COMMON, 3)
        if kind == 0 and place < len(self.rare):
            return self.rare[place]
        mixed = (rank * 2_654_435_761) & 0xFFFFFFFF
        first, last = (mixed >> 16) / 65536, (mixed * 40_503 & 0xFFFF) / 65536
        return self.firsts[int(first * first * len(self.firsts))] + self.lasts[int(last * last * len(self.lasts))]

    def forms(self, rank: int) -> tuple[str, ...]:
        """Eight spellings of it, the likelier ones several times."""
        found = self._known.get(rank)
        if found is None:
            found = _inflected(self.word(rank))
            if len(self._known) < _MOST_KNOWN:
                self._known[rank] = found
        return found


class Danish:
    """Text made of a vocabulary and of templates."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        chance = random.Random(2)
        self.sentences: list[Template] = []
        for kind, text in heading_kinds():
            if kind in {"anledning", "sagsfremstilling", "beslutning"}:
                for sentence in split_sentences(text):
                    if not _TWO_NAMES.search(sentence.text) and len(sentence.text.split()) >= 4:
                        plain = re.sub(r"[|*\\]", " ", sentence.text)
                        self.sentences += [template(plain, chance) for _ in range(VARIANTS)]

    def rank(self, draw: Draw) -> int:
        """A rank, the low ones likelier."""
        at = draw()
        if at < HEAD_SHARE:
            return int(SHIFT * math.exp(at / HEAD_SHARE * _HEAD)) - SHIFT
        rest = (1 - at) / (1 - HEAD_SHARE)  # above 0
        return min(int(KNEE * rest ** (-1 / (STEEPNESS - 1))), LAST_RANK)

    def topic(self, draw: Draw, size: int) -> tuple[int, ...]:
        """Ranks of the words that something is about: not the commonest ones."""
        return tuple(60 + int(_COMMON * 8 * draw() ** 3) for _ in range(size))

    def a_word(self, draw: Draw, topic: Sequence[int]) -> str:
        """A word in some form, of the topic or not."""
        at = draw()
        rank = topic[int(at / TOPIC_SHARE * len(topic))] if at < TOPIC_SHARE and topic else self.rank(draw)
        word = self.vocabulary.forms(rank)[int(draw() * 8)]
        return _slipped(word, draw) if draw() < SLIP_SHARE else word

    def filled(self, one: Template, draw: Draw, topic: Sequence[int], year: int) -> str:
        """The sentence that a template becomes."""
        return one.text % tuple([self._hole(hole, draw, topic, year) for hole in one.holes])

    def _hole(self, hole: str, draw: Draw, topic: Sequence[int], year: int) -> str:
        if hole == "word":
            return self.a_word(draw, topic)
        if hole == "year":
            return str(year + int(draw() * 3) - 1)
        if hole == "month":
            return MONTHS[int(draw() * 12)]
        if hole == "day":
            return str(1 + int(draw() * 28))
        return str(10 ** (len(hole) - 1) + int(draw() * 9 * 10 ** (len(hole) - 1)))

    def paragraphs(self, length: int, draw: Draw, topic: Sequence[int], year: int) -> str:
        """Markdown of about so many words."""
        blocks: list[str] = []
        sentences: list[str] = []
        spoken = 0
        while spoken < length:
            one = self.sentences[int(draw() * len(self.sentences))]
            sentences.append(self.filled(one, draw, topic, year))
            spoken += one.length
            if (at := draw()) < 0.3 or spoken >= length:
                blocks.append("\n".join(f"- {each}" for each in sentences) if at < 0.05 else " ".join(sentences))
                sentences = []
        return "\n\n".join(blocks)


def template(sentence: str, chance: random.Random) -> Template:
    """`sentence` with most of the words that carry meaning, and every number, as a hole."""
    holes: list[str] = []
    text: list[str] = []
    reached = 0
    for match in _WORD.finditer(sentence):
        hole = _hole_for(match[0])
        if not hole or (hole == "word" and (match.start() == 0 or chance.random() >= REPLACED)):
            continue
        text += [sentence[reached : match.start()].replace("%", "%%"), "%s"]
        holes.append(hole)
        reached = match.end()
    text.append(sentence[reached:].replace("%", "%%"))
    return Template("".join(text), tuple(holes), len(sentence.split()))


def _hole_for(word: str) -> str:
    if word.isdecimal():
        if len(word) == 4 and word[:2] in {"19", "20"}:
            return "year"
        return "day" if len(word) <= 2 else word
    if word in MONTHS:
        return "month"
    # A capital inside a sentence is a name's, and names are nobody's business here.
    return "word" if _carries_meaning(word) else ""


def _carries_meaning(word: str) -> bool:
    if len(word) < 4 or word.isdecimal() or word.isupper():
        return False
    return word.lower() not in _FUNCTION_WORDS and word not in MONTHS


def _merged(own: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """The minutes' own words and the lexicon's in turn."""
    for pair in itertools.zip_longest(own, itertools.islice(others, 2 * _COMMON)):
        yield from filter(None, pair)


def _joined(word: str) -> str:
    """How a word begins a compound; "" when that is none of the simple ways."""
    for link in lexicon.words()[word].links:
        if link in "0se":
            return word + link.strip("0")
        if link == "S" and word.endswith("e"):
            return word[:-1] + "s"
    return ""


def _inflected(word: str) -> tuple[str, ...]:
    if word[-1] == "e":
        return word, word, word, word + "n", word + "r", word + "r", word + "rne", word + "s"
    article = "et" if (len(word) + ord(word[0])) % 3 == 0 else "en"
    return word, word, word, word + article, word + article, word + "er", word + "erne", word + article + "s"


def _slipped(word: str, draw: Draw) -> str:
    at = 1 + int(draw() * (len(word) - 2))
    kind = int(draw() * 3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if kind == 1 else word[: at + 1] + word[at:]
