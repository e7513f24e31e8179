"""Sentences of Danish minutes, with their place in the text.

The point of "d. 14. juni", "jf. bilag 3", "27 mio. kr." or "ph.d." ends none. The text is a section's Markdown: a
paragraph, a list entry, a heading and a table's row each begin a new sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.parsing.dates import MONTHS

# Never the end of a sentence.
_ABBREVIATION = re.compile(
    r"ad|adm|afd|alm|ang|art|bl\.a|bil|ca|cand|cirk|d|dir|dr|dvs|eks|ekskl|evt|f\.eks|f\.m|feks|fmd|forb|fork|fx"
    r"|gl|hhv|i\.e|ift|inkl|iht|jf|jfr|jr|jvf|kap|kl|kgl|konst|lb|lic|maks|max|mhp|mht|min|mr|mrs|ndr|nr|nuv|obs"
    r"|p\.g\.a|p\.t|pga|pgf|pkt|pt|red|ref|resp|s|skt|sml|sr|st|stk|str|sv|tidl|tlf|vedr|vha|vsa|jan|febr?|mar|apr"
    r"|jun|jul|aug|sept?|okt|nov|dec|tirs|ons|tors|fre|lør|søn",
    re.IGNORECASE,
)
# The end of one only where a capital follows: "15 mio. kr. Cheferne indsender …"
_ABBREVIATION_THAT_MAY_END = re.compile(
    r"a\.s|etc|e\.l|gr|kr|km|m\.fl|m\.m|m\.v|mfl|mia|mio|mm|mv|o\.a|o\.l|o\.lign|osv|ph\.d|phd|pct|s\.m|t|ult",
    re.IGNORECASE,
)

_BLOCK_END = re.compile(
    r"\n[ \t]*\n\s*|(?:  |\\)\n|\n(?=[ \t]*(?:[-*+•–][ \t]|[0-9]{1,3}[.)][ \t]|[a-zæøå][.)][ \t]|[|#>]))"
)
_MARKER = re.compile(r"\s*(?:(?:[-*+•–]|[0-9]{1,3}[.)]|[a-zæøå][.)])[ \t]+)?(?:#{1,6}[ \t]+)?")
_LIST_MARKER = re.compile(r"\s*(?:[-*+•–]|[0-9]{1,3}[.)]|[a-zæøå][.)])[ \t]")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[”\"’»)*_]*(?:\s+|(?=[A-ZÆØÅ][a-zæøå])|$)")
_LAST_WORD = re.compile(r"[\w.’'-]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `text` is what stands from `start` to `end`, without list marker and blanks round it."""

    start: int
    end: int
    text: str
    block: int  # which paragraph or list entry, from 0
    listed: bool = False  # in a list entry


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of `text` in order; none overlaps another, and all but blanks and list markers is in one."""
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_blocks(text)):
        listed = bool(_LIST_MARKER.match(text, start, end))
        marker = _MARKER.match(text, start, end)
        position = marker.end() if marker else start
        for stop in _stops(text, position, end):
            sentences += _sentence(text, position, stop, number, listed)
            position = stop
        sentences += _sentence(text, position, end, number, listed)
    return sentences


def _blocks(text: str) -> list[tuple[int, int]]:
    bounds = [0]
    for match in _BLOCK_END.finditer(text):
        bounds += match.span()
    bounds.append(len(text))
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _sentence(text: str, start: int, end: int, block: int, listed: bool) -> list[Sentence]:
    """The sentence between two stops as a list of one, or of none where nothing stands."""
    inner = text[start:end]
    stripped = inner.strip()
    if not stripped:
        return []
    start += inner.index(stripped)
    return [Sentence(start, start + len(stripped), stripped, block, listed)]


def _stops(text: str, start: int, end: int) -> list[int]:
    """Where sentences end between `start` and `end`: after the stop, its quotation mark and its blanks."""
    return [match.end() for match in _STOP.finditer(text, start, end) if _ends_sentence(text, start, match)]


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop ends a sentence of the block that begins at `start`."""
    following = text[stop.end() : stop.end() + 10].split(" ")[0]
    if not following or following[0].islower():
        return False
    last_word = _LAST_WORD.search(text, max(start, stop.start() - 40), stop.start())
    word, word_start = (last_word[0], last_word.start()) if last_word else ("", stop.start())
    opens_block = word_start - start < 3 and not text[start:word_start].strip("([ ")
    if not stop[0][-1].isspace():  # "… godkendt.Chefforum …"
        return len(word) > 2 and word.isalpha()
    if _ABBREVIATION.fullmatch(word) or (len(word) == 1 and word.isupper()):
        return False
    if _ABBREVIATION_THAT_MAY_END.fullmatch(word):
        return following[0].isupper()
    if word.replace(".", "").isdigit() and "." in stop[0]:  # an ordinal, a label, or a number at the end
        return not opens_block and not following[0].isdigit() and following.lower().rstrip(".,") not in MONTHS
    return True
