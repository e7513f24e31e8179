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
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory, override_settings
from pytest_django import DjangoDbBlocker

from tests.addresses import TABLE
from tests.archive import ROLES
from tests.closed_places import CLOSED_ADDRESSES, CLOSED_CASES, TRACES, WORD, make_archive
from tests.factories import make_user

pytestmark = [
    pytest.mark.django_db,  # so that it is the test database that is walked
    pytest.mark.xdist_group("no trace of closed"),  # one worker walks, once
]

LEADS_ON = re.compile(r'\b(?:(?:href|src|action)="([^"]+)"|data-[\w-]+="(/[^"]*)")')
SAID = re.compile("^(?:Location|Content-Disposition|Content-Type|Cache-Control): .*$", re.MULTILINE)
# Tokens, and when it was that a row was written.
DIFFERS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|^DTSTAMP:.*$|name="set" value="[\d:.T+-]+"', re.MULTILINE)
ROWS = re.compile(r"(/admin/\w+/\w+/)\d+/")
NOT_FOLLOWED = re.compile(r"/(static|log-ud|stil|admin/logout|admin/jsi18n)/")  # nothing of the archive is there
NOT_WALKED = re.compile(r"/(log-\w+|stil|admin)/")
MOST = 1  # queries of one path, and rows of one form
# As somebody might who guesses: words, slips of them, beginnings, parts.
GUESSED = (WORD["title"], WORD["proposer"], WORD["title"][:-1], f"{WORD['title'][:6]}*", "27.36")
SEARCHED = [f"/soeg/?q={quote(word)}" for word in (*GUESSED, f"budget {WORD['meeting_title']}")]
PROBED = (
    "/soeg/?q=",
    "/soeg/forslag/?q=",
    "/beslutninger/?q=",
    "/beslutninger/csv/?q=",
    "/frister/?q=",
    "/sager/?nummer=",
)
TOLD = (  # to whoever may read it
    *("/moeder/2016-10-11/", "/moeder/2016-10-11/punkt/2/", "/moeder/2016-10-11/ret/", "/moeder/2016-10-11/udgaver/"),
    *("/moeder/2017-06-14/punkt/1/", "/moeder/2017-06-14/punkt/3/", "/moeder/2017-06-14/punkt/4/"),
    *("/moeder/1993-05-04/", "/moeder/1993-05-04/punkt/1/", "/admin/minutes/change/"),
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


class Visitor:
    """Somebody who asks for one page after another, without all that a test client keeps of each."""

    def __init__(self, person: User | None = None) -> None:
        client = Client()
        if person:
            client.force_login(person)
        self._requests = RequestFactory()
        self._requests.cookies = client.cookies
        self._site = BaseHandler()
        self._site.load_middleware()

    def get(self, address: str) -> HttpResponseBase:
        return self._site.get_response(self._requests.get(address))


def ask(visitor: Visitor, address: str) -> Answer:
    response = visitor.get(address)
    body = response.getvalue().decode("utf-8", errors="ignore")
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return Answer(response.status_code, body, headers)


def walk(visitor: Visitor, start: Iterable[str], within: str = "/", known: Iterable[str] = ()) -> dict[str, Answer]:
    """Every address `within` that can be reached from `start`: of each path one query beside those given, from which
    no way is followed on, and of each kind of form in the administration one row; not what is like one of `known`."""
    found: dict[str, Answer] = {}
    waiting = deque(dict.fromkeys(start))
    seen = Counter({_shape(address): MOST for address in known})
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        found[address] = answer = ask(visitor, address)
        for reached in () if "?" in address else _led_to(address, answer):
            shape = _shape(reached)
            if reached not in found and reached.startswith(within) and (seen[shape] < MOST or shape == reached):
                seen[shape] += 1
                waiting.append(reached)
    return found


def _shape(address: str) -> str:
    path, _, query = address.partition("?")
    return f"{ROWS.sub(r'\1#/', path)}{'?' if query else ''}"


def _led_to(address: str, answer: Answer) -> Iterator[str]:
    location = re.findall(r"^Location: (.+)$", answer.headers, re.MULTILINE)
    links = [unescape(target or other) for target, other in LEADS_ON.findall(answer.body)]
    for target in [*location, *links]:
        parts = urlsplit(urljoin(f"http://testserver{address}", target))
        if parts.netloc == "testserver" and parts.scheme == "http" and not NOT_FOLLOWED.match(parts.path):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def site(role: str, *typed: str) -> list[str]:
    """The addresses of the table that are not refused to `role` whatever they lead to, those of what is closed, and
    what is answered to each of `typed`."""
    open_to_role = [row for row in TABLE if row.method == "get" and row.by_default.split()[ROLES.index(role)] != "403"]
    table = [row.address for row in open_to_role if not NOT_WALKED.match(row.address)]
    return [*table, *CLOSED_ADDRESSES, *(f"{address}{quote(word)}" for address in PROBED for word in typed)]


def rows() -> list[str]:
    """The administration's lists and suggestions, searched for what is closed and for what is open."""
    lists = [f"/admin/minutes/{name}/" for name in SEARCHED_ROWS]
    item = "/admin/autocomplete/?app_label=minutes&model_name=reference&field_name=target_item&term="
    files = f"/admin/minutes/sourcedocument/?q={WORD['file']}"
    typed = (WORD["title"], "budget")
    return [*lists, files, *(f"{one}?q={typed[0]}" for one in lists), *(f"{item}{word}" for word in typed)]


@pytest.fixture(scope="module")
def walks(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Answer]]]:
    """What each kind of reader met, by name; what they are answered at the same addresses in the archive without
    anything closed is "… without"."""
    met: dict[str, dict[str, Answer]] = {}
    values = {"SEARCH_SECONDS": 60, "ARCHIVE_ROOT": tmp_path_factory.mktemp("originals")}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers, **values):
        for with_closed in (True, False):
            with transaction.atomic():
                people = {
                    "læser": make_user("læser", username="lars"),
                    "redaktør": make_user("redaktør", username="rie", is_staff=True),
                    "administrator": make_user("administrator", username="ada", is_staff=True),
                }
                make_archive(with_closed=with_closed, editor=people["redaktør"])
                if with_closed:
                    met = _everything(people)
                else:
                    met["læser without"] = _all_of(Visitor(people["læser"]), met["læser"])
                    met["redaktør without"] = _all_of(Visitor(people["redaktør"]), _own_to_editors(met))
                transaction.set_rollback(True)
    yield met


def _everything(people: dict[str, User]) -> dict[str, dict[str, Answer]]:
    met = {
        "læser": walk(Visitor(people["læser"]), [*site("læser", WORD["title"]), *SEARCHED]),
        "redaktør": walk(Visitor(people["redaktør"]), ["/", "/admin/", *site("redaktør"), *rows()]),
    }
    # What lies beyond the lists an administrator sees as an editor does.
    known = [address for address in met["redaktør"] if "?" in address or ROWS.match(address)]
    met["administrator"] = walk(Visitor(people["administrator"]), ["/admin/"], "/admin/", known)
    with override_settings(OPEN_TO_ALL=True):
        pages = [row.address for row in TABLE if row.page]
        met["anonym"] = _all_of(Visitor(), [*pages, *CLOSED_ADDRESSES, *SEARCHED])
    return met


def _own_to_editors(met: dict[str, dict[str, Answer]]) -> list[str]:
    """What a reader has not been asked for, or is answered otherwise."""
    reader, editor = met["læser"], met["redaktør"]
    others = [one for one in site("redaktør") if one not in reader or reader[one].status != editor[one].status]
    return [*others, "/", "/moeder/2016-10-11/", "/moeder/2017-06-14/", "/moeder/2017-06-14/punkt/1/", *rows()]


def _all_of(visitor: Visitor, addresses: Iterable[str]) -> dict[str, Answer]:
    return {address: ask(visitor, address) for address in dict.fromkeys(addresses)}


@pytest.mark.parametrize("who", ["læser", "anonym", "redaktør", "administrator"])
def test_no_answer_says_a_word_of_it(walks: dict[str, dict[str, Answer]], who: str) -> None:
    told = {}
    for address, answer in walks[who].items():
        typed, words = unquote_plus(address).casefold(), answer.words
        leaked = [trace for trace in TRACES if trace.casefold() in words and trace.casefold() not in typed]
        if leaked:
            told[address] = [next((place for place in WORD if WORD[place] == trace), trace) for trace in leaked]
    assert told == {}
    assert not [address for address, answer in walks[who].items() if answer.status >= 500]


@pytest.mark.parametrize("who", ["læser", "redaktør"])
def test_the_archive_looks_the_same_without_it(walks: dict[str, dict[str, Answer]], who: str) -> None:
    """And so leads on to the same addresses, which stand in the pages."""
    with_closed, without = walks[who], walks[f"{who} without"]
    told = [f"{one} {line}" for one, answer in without.items() for line in _differing(with_closed[one], answer)]
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
    listed = {model for model in models if f"/admin/minutes/{model}/" in walks["administrator"]}
    assert listed == models - {"closedreading"}
    assert len(CLOSED_CASES) == 2


def test_what_is_looked_for_can_be_found() -> None:
    """Each word does stand in the archive, for whoever may read it: else the walk could find no trace of it."""
    editor = make_user("redaktør", username="rie", reads_closed=True, is_staff=True)
    make_archive(with_closed=True, editor=editor)
    visitor = Visitor(User.objects.create_superuser("root"))
    found = _all_of(visitor, TOLD) | walk(visitor, ["/kladder/"], "/kladder/")
    found |= walk(visitor, ["/admin/minutes/sourcedocument/"], "/admin/minutes/sourcedocument/")
    words = " ".join(answer.words for answer in found.values())
    assert [place for place, word in WORD.items() if word not in words] == []
