"""Who may not read what is closed meets no trace of it: not on any page that can be reached, nor in any answer.

Two archives are walked, one with something closed wherever something can be (`closed_places`), one without it. The walk
begins with the table of addresses and follows whatever leads on from a page, so it takes in new pages by itself. No
page may say a word of what is closed, and for whoever reads, both archives must look the same, letter for letter.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote, unquote_plus, urljoin, urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from tests.addresses import TABLE
from tests.closed_places import CLOSED_ADDRESSES, CLOSED_CASES, TRACES, WORD, make_archive
from tests.factories import make_user

pytestmark = pytest.mark.xdist_group("no trace of closed")  # one worker walks, once

LEADS_ON = re.compile(r'\b(?:(?:href|src|action)="([^"]+)"|data-[\w-]+="(/[^"]*)")')
SAID = re.compile("^(?:Location|Content-Disposition|Content-Type|Cache-Control): .*$", re.MULTILINE)
DIFFERS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|^DTSTAMP:.*$', re.MULTILINE)
ROWS = re.compile(r"(/admin/\w+/\w+/)\d+/")
NOT_FOLLOWED = re.compile(r"/(static|log-ud|admin/logout|admin/jsi18n)/")
MOST = 2  # queries of one path, and rows of one form
# As somebody might who guesses: words, slips of them, beginnings, parts.
TYPED = (
    *(WORD["title"], WORD["proposer"], WORD["closed_attachment"], WORD["title"][:-1], f"{WORD['title'][:6]}*"),
    *(f"budget {WORD['meeting_title']}", "27.36", "budget"),
)
PROBED = (
    "/soeg/?q=",
    "/soeg/forslag/?q=",
    "/beslutninger/?q=",
    "/beslutninger/csv/?q=",
    "/frister/?q=",
    "/sager/?nummer=",
)
SEARCHED_ROWS = ("meeting", "agendaitem", "section", "decision", "recommendation", "attachment", "case", "reference",
                 "sourcedocument", "correction", "word")  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back from an address: `words` is everything that can be read in it, headers too."""

    status: int
    body: str
    headers: str

    @property
    def words(self) -> str:
        return unquote(unescape(self.body + self.headers)).casefold()


def ask(client: Client, address: str) -> Answer:
    response = client.get(address)
    body = response.getvalue().decode("utf-8", errors="ignore")
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return Answer(response.status_code, body, headers)


def walk(client: Client, start: Iterable[str], within: str = "/") -> dict[str, Answer]:
    """Every address `within` that can be reached from `start`: of each path a few queries beside those given, from
    which no way is followed on, and of each kind of form in the administration a few rows."""
    found: dict[str, Answer] = {}
    waiting = deque(dict.fromkeys(start))
    seen = Counter[str]()
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        found[address] = answer = ask(client, address)
        for reached in () if "?" in address else _led_to(address, answer):
            path, _, query = reached.partition("?")
            shape = f"{ROWS.sub(r'\1#/', path)}{'?' if query else ''}"
            if reached not in found and path.startswith(within) and (seen[shape] < MOST or shape == path):
                seen[shape] += 1
                waiting.append(reached)
    return found


def _led_to(address: str, answer: Answer) -> Iterator[str]:
    location = re.findall(r"^Location: (.+)$", answer.headers, re.MULTILINE)
    links = [unescape(target or other) for target, other in LEADS_ON.findall(answer.body)]
    for target in [*location, *links]:
        parts = urlsplit(urljoin(f"http://testserver{address}", target))
        if parts.netloc == "testserver" and parts.scheme == "http" and not NOT_FOLLOWED.match(parts.path):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def site(*typed: str) -> list[str]:
    """The addresses of the table, those of what is closed, and what is answered to each of `typed`."""
    table = [row.address for row in TABLE if row.method == "get" and not row.address.startswith(("/log-", "/admin/"))]
    return [*table, *CLOSED_ADDRESSES, *(f"{address}{quote(word)}" for address in PROBED for word in typed)]


def rows() -> list[str]:
    """The administration's lists and suggestions, searched for what is closed and for what is open."""
    lists = [f"/admin/minutes/{name}/" for name in SEARCHED_ROWS]
    item = "/admin/autocomplete/?app_label=minutes&model_name=reference&field_name=target_item&term="
    typed = (WORD["title"], WORD["file"], "budget")
    return [*lists, *(f"{one}?q={word}" for one in lists for word in typed), *(f"{item}{word}" for word in typed)]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(scope="module")
def walks(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Answer]]]:
    """What each kind of reader met, by name; those who were in the archive without anything closed are "… without"."""
    met: dict[str, dict[str, Answer]] = {}
    values = {"SEARCH_SECONDS": 60, "ARCHIVE_ROOT": tmp_path_factory.mktemp("originals")}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers, **values):
        for which in ("", " without"):
            with transaction.atomic():
                editor = make_user("redaktør", username="rie", is_staff=True)
                administrator = make_user("administrator", username="ada", is_staff=True)
                make_archive(with_closed=not which, editor=editor)
                met[f"læser{which}"] = walk(signed_in(make_user("læser", username="lars")), site(*TYPED))
                client = signed_in(editor)
                met[f"redaktør{which}"] = {address: ask(client, address) for address in (*site("budget"), *rows())}
                if not which:
                    met["redaktør, alt"] = walk(client, ["/", "/admin/"])
                    met["administrator, alt"] = walk(signed_in(administrator), ["/admin/"], "/admin/")
                    with override_settings(OPEN_TO_ALL=True):
                        met["anonym"] = walk(Client(), site(WORD["title"]))
                transaction.set_rollback(True)
    yield met


@pytest.mark.parametrize("who", ["læser", "anonym", "redaktør, alt", "administrator, alt"])
def test_no_answer_says_a_word_of_it(walks: dict[str, dict[str, Answer]], who: str) -> None:
    told = {}
    for address, answer in walks[who].items():
        typed = unquote_plus(address).casefold()
        leaked = [trace for trace in TRACES if trace.casefold() in answer.words and trace.casefold() not in typed]
        if leaked:
            told[address] = [next((place for place in WORD if WORD[place] == trace), trace) for trace in leaked]
    assert told == {}
    assert not [address for address, answer in walks[who].items() if answer.status >= 500]


@pytest.mark.parametrize("who", ["læser", "redaktør"])
def test_the_archive_looks_the_same_without_it(walks: dict[str, dict[str, Answer]], who: str) -> None:
    with_closed, without = walks[who], walks[f"{who} without"]
    assert with_closed.keys() - without.keys() == set()
    assert without.keys() - with_closed.keys() == set()
    told = [f"{one} {line}" for one, answer in with_closed.items() for line in _differing(answer, without[one])]
    assert "\n".join(told) == ""


def _differing(one: Answer, other: Answer) -> list[str]:
    """The lines that only one of two answers has."""
    first, second = _lines(one), _lines(other)
    return [f"med: {line}" for line in first if line not in second] + [
        f"uden: {line}" for line in second if line not in first
    ]


def _lines(answer: Answer) -> list[str]:
    """As a reader sees them: without what differs with every answer, and the keys of rows."""
    told = "\n".join([*SAID.findall(answer.headers), answer.body])
    told = ROWS.sub(r"\1#/", DIFFERS.sub("", told))
    told = re.sub(r'("id": |value=)"\d+"', r"\1#", told)
    return [str(answer.status), *(line.strip() for line in told.splitlines())]


def test_the_walk_reaches_the_whole_site(walks: dict[str, dict[str, Answer]]) -> None:
    reached = {urlsplit(address).path for address, answer in walks["læser"].items() if answer.status == 200}
    for address in (
        "/moeder/2017-06-14/punkt/2/",
        "/sager/05.01.00-G01-2-16/",
        "/emner/05.01.00/",
        "/beslutninger/csv/",
    ):
        assert address in reached
    models = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "minutes"}
    listed = {model for model in models if f"/admin/minutes/{model}/" in walks["administrator, alt"]}
    assert listed == models - {"closedreading"}
    assert len(CLOSED_CASES) == 2


def test_what_is_looked_for_can_be_found(walks: dict[str, dict[str, Answer]], db: None, tmp_path) -> None:
    """Each word does stand in the archive, for whoever may read it: else the walk could find no trace of it."""
    editor = make_user("redaktør", username="rie", reads_closed=True, is_staff=True)
    make_archive(with_closed=True, editor=editor)
    client = signed_in(User.objects.create_superuser("root"))
    words = " ".join(answer.words for answer in walk(client, ["/", "/moeder/1993-05-04/", "/admin/"]).values())
    assert [place for place, word in WORD.items() if word not in words] == []
