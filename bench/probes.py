"""The queries that search is measured with, chosen from an archive's own words: always the same ones for it."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.peers import Words

SAMPLE = 2_000  # items that phrases and words which stand together are taken from
_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWELS = "aeiouyæøå"


@dataclass(frozen=True, slots=True)
class Probe:
    """A query: what is typed, and the same for the others."""

    kind: str
    typed: str
    words: Words


class Choice:
    """The words of the archive that this process is connected to, and what is chosen among them."""

    def __init__(self) -> None:
        from minutes.models import SearchEntry, SearchText, Word

        self.chance = random.Random(1)
        self.items = SearchEntry.objects.filter(is_closed=False).count()
        counted = Word.objects.filter(open_count__gt=0).values_list("text", "open_count")
        self.counts = {text: count for text, count in counted.iterator(chunk_size=20_000) if _WORD.fullmatch(text)}
        self.by_count = sorted(self.counts, key=lambda word: (-self.counts[word], word))
        last = SearchText.objects.order_by("-pk").values_list("pk", flat=True)[0]
        chosen = sorted(self.chance.sample(range(1, last + 1), min(SAMPLE, last)))
        open_rows = SearchText.objects.filter(pk__in=chosen, item__search_entry__is_closed=False).order_by("pk")
        self.texts = [_sentences(parts) for parts in open_rows.values_list("parts", flat=True)]
        self.texts = [text for text in self.texts if sum(map(len, text)) > 60]

    def between(self, low: float, high: float, letters: int = 4) -> list[str]:
        """Words that stand in such a share of the items."""
        least, most = low * self.items, high * self.items
        return [word for word in self.by_count if least <= self.counts[word] <= most and len(word) >= letters]

    def some(self, words: Sequence[str], count: int) -> list[str]:
        """So many of them, by chance."""
        return self.chance.sample(words, min(count, len(words)))

    def rare(self) -> list[str]:
        """Words of two to twenty items."""
        return [word for word in self.by_count if 2 <= self.counts[word] <= 20 and len(word) >= 5]

    def together(self, count: int) -> list[str]:
        """Words of one item, none of which stands nearly everywhere."""
        text = self.chance.choice(self.texts)
        words = sorted({word.lower() for sentence in text for word in sentence if len(word) >= 4})
        known = [word for word in words if 3 <= self.counts.get(word, 0) <= 0.3 * self.items]
        return self.some(known, count)

    def stretch(self, count: int) -> str:
        """So many words in a row."""
        while True:
            sentence = self.chance.choice(self.chance.choice(self.texts))
            if len(sentence) >= count:
                at = self.chance.randrange(len(sentence) - count + 1)
                return " ".join(sentence[at : at + count]).lower()

    def frequent_stretches(self, count: int, words: int) -> list[str]:
        """The commonest rows of so many words."""
        rows = Counter(
            " ".join(sentence[at : at + words]).lower()
            for text in self.texts
            for sentence in text
            for at in range(len(sentence) - words + 1)
        )
        return [row for row, _ in sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))[:count]]


def probes() -> list[Probe]:
    """Every query, in an order in which kinds alternate."""
    choice = Choice()
    found = [Probe(kind, typed, words) for kind, some in _KINDS.items() for typed, words in some(choice)]
    choice.chance.shuffle(found)
    return found


type _Queries = Iterator[tuple[str, Words]]


def _plain(*words: str) -> tuple[str, Words]:
    return " ".join(words), Words(words)


def _very_common(choice: Choice) -> _Queries:
    yield from map(_plain, choice.some(choice.between(0.2, 1.0, letters=5), 6))


def _common(choice: Choice) -> _Queries:
    yield from map(_plain, choice.some(choice.between(0.01, 0.1), 6))


def _rare(choice: Choice) -> _Queries:
    yield from map(_plain, choice.some(choice.rare(), 6))


def _two_words(choice: Choice) -> _Queries:
    for _ in range(4):
        yield _plain(*choice.together(2))
    yield _plain(*choice.some(choice.between(0.2, 1.0), 2))
    yield _plain(*choice.some(choice.between(0.01, 0.1), 2))
    yield _plain(*choice.some(choice.between(0.2, 1.0), 1), *choice.some(choice.rare(), 1))
    yield _plain(*choice.some(choice.between(0.2, 1.0), 1), *choice.some(choice.between(0.01, 0.1), 1))


def _three_words(choice: Choice) -> _Queries:
    for _ in range(4):
        yield _plain(*choice.together(3))
    yield _plain(*choice.some(choice.between(0.1, 1.0), 3))
    yield _plain(*choice.some(choice.between(0.01, 0.1), 3))


def _four_words(choice: Choice) -> _Queries:
    for _ in range(4):
        yield _plain(*choice.together(4))
    yield _plain(*choice.some(choice.between(0.1, 1.0), 4))


def _phrases(choice: Choice) -> _Queries:
    rows = [choice.stretch(count) for count in (2, 2, 3, 4)]
    rows += choice.some(choice.frequent_stretches(12, 2), 3) + choice.some(choice.frequent_stretches(12, 3), 2)
    for row in rows:
        yield f'"{row}"', Words((row,))


def _compounds(choice: Choice) -> _Queries:
    from minutes.search.analysis import split_compound

    long = choice.some(choice.between(0.0003, 0.01, letters=10), 200)
    yield from map(_plain, itertools.islice((word for word in long if len(split_compound(word)) == 2), 4))
    common = choice.between(0.02, 0.5)
    pairs = ("".join(choice.some(common, 2)) for _ in range(1_000))
    made = (word for word in pairs if word not in choice.counts and len(split_compound(word)) == 2)
    yield from map(_plain, itertools.islice(made, 4))


def _prefixes(choice: Choice) -> _Queries:
    for letters, share in ((3, 0.02), (4, 0.02), (4, 0.005), (5, 0.005), (6, 0.001), (6, 0.0005)):
        start = choice.some(choice.between(share, 0.3, letters=letters + 1), 1)[0][:letters]
        yield f"{start}*", Words((f"{start}*",))
    start, other = choice.some(choice.between(0.01, 0.3, letters=6), 2)
    yield f"{start[:4]}* {other}", Words((f"{start[:4]}*", other))


def _misspellings(choice: Choice) -> _Queries:
    yield from itertools.islice(_misspelt(choice), 6)


def _misspelt(choice: Choice) -> _Queries:
    for word in choice.some(choice.between(0.001, 0.1, letters=7), 30):
        at = choice.chance.randrange(1, len(word) - 2)
        slips: tuple[Callable[[], str], ...] = (
            lambda word=word, at=at: word[:at] + word[at + 1 :],
            lambda word=word, at=at: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            lambda word=word, at=at: word[:at] + choice.chance.choice(_VOWELS) + word[at + 1 :],
        )
        wrong = choice.chance.choice(slips)()
        if wrong not in choice.counts:
            yield _plain(wrong)


def _case_numbers(choice: Choice) -> _Queries:
    from minutes.models import Case

    numbers = list(Case.objects.order_by("pk").values_list("normalised", "subject", "facet"))
    (whole, _, _), (_, subject, facet), (_, theme, _) = choice.chance.sample(numbers, 3)
    for typed in (whole, f"{subject}-{facet}", theme, "00.01.10", "00.01", "00.01.10-A00", "P20"):
        yield typed, Words((typed,))
    yield f"{choice.some(choice.between(0.01, 0.1), 1)[0]} 81.00.00", Words(("81.00.00",))


def _dates(choice: Choice) -> _Queries:
    for typed in ("14. juni 2017", "juni 2017", "2017", "7. december"):
        yield typed, Words((typed,))


def _questions(choice: Choice) -> _Queries:
    common, some, one = choice.some(choice.between(0.005, 0.05, letters=5), 3)
    for typed in (
        f"hvad blev der besluttet om {common}",
        f"hvem godkendte {some}",
        f"hvornår drøftede chefforum {one} og {common}",
        f"hvordan går det med {one}",
    ):
        yield _plain(*typed.split())


def _operators(choice: Choice) -> _Queries:
    often, more = choice.some(choice.between(0.05, 0.5), 2)
    one, other = choice.some(choice.between(0.005, 0.05), 2)
    yield f"{often} -{one}", Words((often,), none_of=(one,))
    yield f"{one} ELLER {other}", Words((one, other), is_any=True)
    yield f"{often} ELLER {more}", Words((often, more), is_any=True)
    yield f"titel:{one}", Words((one,), column="titel")
    yield f"beslutning:{often}", Words((often,), column="beslutning")


def _hard(choice: Choice) -> _Queries:
    """What costs most: whatever is typed must be answered in time."""
    top = [word for word in choice.by_count if len(word) >= 2]
    yield _plain(*top[:2])
    yield _plain(*top[:8])
    yield f'"{top[0]} {top[1]}"', Words((f"{top[0]} {top[1]}",))
    yield " ELLER ".join(top[:6]), Words(tuple(top[:6]), is_any=True)
    yield "b*", Words(("b*",))
    yield "be* s* fo*", Words(("be*", "s*", "fo*"))
    many = choice.some(choice.between(0.05, 1.0), 24)
    yield _plain(*many)
    yield _plain(*choice.some(choice.rare(), 24))


_KINDS: dict[str, Callable[[Choice], _Queries]] = {
    "very common word": _very_common,
    "common word": _common,
    "rare word": _rare,
    "two words": _two_words,
    "three words": _three_words,
    "four words": _four_words,
    "phrase": _phrases,
    "compound": _compounds,
    "beginning": _prefixes,
    "misspelling": _misspellings,
    "case number": _case_numbers,
    "date": _dates,
    "question": _questions,
    "operators": _operators,
    "hard": _hard,
}


def _sentences(parts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words of an item, each sentence's by themselves."""
    lines = (line for _, _, text in parts for line in re.split(r"[.:\n\t()\"]", text))
    return [words for line in lines if (words := _WORD.findall(line))]
