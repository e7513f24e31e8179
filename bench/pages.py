"""How fast pages come under gunicorn with 2 workers, with 20,000 made-up items in the archive, beside a bare page.

    python -m bench.pages [PAGE …] [--items N] [--users N] [--rounds N] [--seconds N] [--processes N] [--threads N]
                        [--unshared]

The bare page is a plain Django view that renders the base template for the same reader (`bench.bare`). Every page is
asked for at many addresses, drawn at random, by ten users at a time, in three ways: "pressing" users, who ask again as
soon as they are answered, so that ten requests are always under way; the same with pages that the browser has already
(answered 304); and "reading" users, who look at a page for a second on average before they ask for the next. Rounds
take turns between the pages, so that a busy moment of the machine meets all of them. The server has DEBUG off and the
product's own configuration of gunicorn; the client is a process of its own. Plain readers share finished pages until
the archive changes, so most answers are such; with --unshared every page is made anew (the bare one always is).
"""

from __future__ import annotations

import argparse
import datetime
import multiprocessing
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench.large_archive import ensure, set_up
from bench.page_client import Heard, Load, listen, settle, visit

PROJECT = Path(__file__).resolve().parent.parent
PLACE = PROJECT / "var/bench/pages"
KEY = "of-the-benchmark-of-pages-alone-it-signs-sessions-there"
ADDRESSES = 60  # of each page
BARE = "bare"
VISITORS = 5  # connections, so that each worker takes at least one of them
WAYS = ("pressing", "had already", "reading")
AIM_SHARE, AIM_MILLISECONDS = 0.5, 50.0
WORDS = (
    *("budget", "sygefravær", "strategi for digitalisering", "hvad blev der besluttet om skoler", "regnskab 2018"),
    *('"den strategiske ramme"', "titel:budget", "medarbejdere ELLER ledere", "rekrut*", "kommunens ejendomme"),
)


@dataclass(slots=True)
class Measured:
    """A page: what was heard in each way, round for round."""

    heard: dict[str, list[Heard]] = field(default_factory=lambda: {way: [] for way in WAYS})

    def rate(self, way: str) -> float:
        """Answers a second."""
        rounds = self.heard[way]
        return sum(len(heard.milliseconds) for heard in rounds) / sum(heard.seconds for heard in rounds)

    def milliseconds(self, way: str, share: float) -> float:
        """So many answers took no longer."""
        all_of_them = sorted(one for heard in self.heard[way] for one in heard.milliseconds)
        return all_of_them[min(len(all_of_them) - 1, int(share * len(all_of_them)))]

    def kilobytes(self) -> float:
        """Of a page on average."""
        rounds = self.heard["pressing"]
        return sum(heard.size for heard in rounds) / sum(len(heard.milliseconds) for heard in rounds) / 1000

    def statuses(self, way: str) -> set[int]:
        """Of the answers."""
        return {status for heard in self.heard[way] for status in heard.statuses}


def main() -> None:
    """Measure, as the command line says, and print the table."""
    options = _options()
    set_up()
    ensure(options.items)
    pages = _pages()
    if unknown := set(options.page) - pages.keys():
        sys.exit(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(pages)}.")
    if options.page:
        pages = {name: pages[name] for name in dict.fromkeys([BARE, *options.page])}
    cookies = _log_in()
    url = _database_url()
    measured = {name: Measured() for name in pages}
    with _served(url, options) as port, _client() as client:
        cookies = client.submit(settle, port, cookies, "/bare/").result()
        for addresses in pages.values():  # each worker has its templates and connections after this
            client.submit(visit, port, cookies, addresses[:1] if options.unshared else addresses, VISITORS).result()
        for _ in range(options.rounds):
            for name, addresses in pages.items():
                for way in WAYS:
                    load = Load(options.users, options.seconds, 1.0 if way == "reading" else 0.0, way == "had already")
                    measured[name].heard[way].append(client.submit(listen, port, cookies, addresses, load).result())
    _print_table(measured, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("page", nargs="*")
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--unshared", action="store_true")
    return parser.parse_args()


# What is asked for


def _pages() -> dict[str, list[str]]:
    """The addresses of each page, the same in every run."""
    from minutes.models import AgendaItem, Case, Meeting

    meetings = list(Meeting.objects.open_only().order_by("pk").values_list("slug", flat=True))
    items = list(AgendaItem.objects.open_only().order_by("pk").values_list("meeting__slug", "number"))
    cases = list(Case.objects.filter(items__is_closed=False).distinct().order_by("pk").values_list("slug", flat=True))
    years = sorted({slug[:4] for slug in meetings})
    chance = random.Random(1)

    def some(found: Sequence[str]) -> list[str]:
        return chance.sample(found, min(ADDRESSES, len(found)))

    return {
        BARE: ["/bare/"],
        "front": ["/"],
        "meetings": ["/moeder/"],
        "year": [f"/moeder/{year}/" for year in years],
        "meeting": some([f"/moeder/{slug}/" for slug in meetings]),
        "item": some([f"/moeder/{slug}/punkt/{number}/" for slug, number in items]),
        "cases": ["/sager/"],
        "case": some([f"/sager/{slug}/" for slug in cases]),
        "subjects": ["/emner/", "/emner/00/", "/emner/27/"],
        "register": ["/beslutninger/", *(f"/beslutninger/?aar={year}" for year in years), "/beslutninger/?side=9"],
        "search": [f"/soeg/?q={quote(words)}" for words in WORDS],
        "frister": ["/frister/"],
        "mangler": ["/mangler/"],
        "help": ["/hjaelp/"],
    }


def _log_in() -> str:
    """The cookie of a reader's session. The made-up archive has no deadlines of its own: it gets some."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group, User
    from django.contrib.sessions.backends.db import SessionStore

    from minutes.models.roles import READER

    _add_deadlines()
    settings.SECRET_KEY = KEY
    user, _ = User.objects.get_or_create(username="laeser", defaults={"first_name": "En", "last_name": "Læser"})
    user.groups.add(Group.objects.get(name=READER))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"__Host-sessionid={session.session_key}"


def _add_deadlines() -> None:
    """One for every tenth item that has a decision, a month after its meeting."""
    from minutes.models import Deadline, Decision
    from minutes.models.deadlines import Precision

    if Deadline.objects.exists():
        return
    made = []
    for decision in Decision.objects.select_related("item__meeting").order_by("pk")[::10]:
        date = decision.item.meeting.date + datetime.timedelta(days=30)
        words = f"senest d. {date.day}. i måneden"
        made.append(
            Deadline(
                item=decision.item,
                position=1,
                date=date,
                precision=Precision.DAY,
                words=words,
                start=0,
                end=len(words),
                sentence=f"{words} følges op.",
                responsible="Sekretariatet",
            )
        )
    Deadline.objects.bulk_create(made, batch_size=500)


# The server and its users


def _database_url() -> str:
    from django.db import connection

    connection.ensure_connection()
    info = connection.connection.info
    return f"postgresql://{info.user}@/{info.dbname}?host={quote(info.host)}&port={info.port}"


@contextmanager
def _served(url: str, options: argparse.Namespace) -> Iterator[int]:
    """The port at which gunicorn serves the archive, and the bare page."""
    PLACE.mkdir(parents=True, exist_ok=True)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "DEBUG": "0",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS_REDIRECT": "0",
        "STATIC_ROOT": str(PLACE / "static"),
        "WEB_WORKERS": str(options.processes),
        "WEB_THREADS": str(options.threads),
        **({"PAGE_CACHE_BYTES": "0"} if options.unshared else {}),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0", "--ignore=admin"]
    subprocess.run(collect, cwd=PROJECT, env=environment, check=True)
    serve = [sys.executable, "-m", "gunicorn", "--config", "python:chefforum.gunicorn", "--bind", "127.0.0.1:0"]
    log = PLACE / "log"
    with log.open("w") as stderr:
        server = subprocess.Popen([*serve, "bench.bare:application"], cwd=PROJECT, env=environment, stderr=stderr)
    try:
        while not (place := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", log.read_text())):
            if server.poll() is not None:
                sys.exit(f"The server did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield int(place[1])
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


@contextmanager
def _client() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as client:
        yield client


# The table


def _print_table(measured: dict[str, Measured], options: argparse.Namespace) -> None:
    bare = measured[BARE].rate("pressing")
    load = statistics.mean(os.getloadavg())
    shared = "every page made anew" if options.unshared else "pages shared by readers and asked for before"
    print(f"{options.items} items, {options.processes} processes of {options.threads} threads, {options.users} users,")
    print(f"{shared};")
    print(
        f"{os.cpu_count()} cores, load {load:.1f}. Answers a second, and milliseconds that 95 of 100 answers keep to."
    )
    print(f"{'':10}{'pressing: /s':>14}{'of bare':>9}{'p50':>7}{'p95':>7}{'kB':>6}", end="")
    print(f"{'had already: /s':>18}{'p95':>7}{'reading: p50':>15}{'p95':>7}")
    for name, page in measured.items():
        rate = page.rate("pressing")
        print(f"{name:10}{rate:14.0f}{rate / bare:9.2f}", end="")
        print(f"{page.milliseconds('pressing', 0.5):7.0f}{page.milliseconds('pressing', 0.95):7.0f}", end="")
        print(f"{page.kilobytes():6.0f}", end="")
        print(f"{page.rate('had already'):18.0f}{page.milliseconds('had already', 0.95):7.0f}", end="")
        print(f"{page.milliseconds('reading', 0.5):15.0f}{page.milliseconds('reading', 0.95):7.0f}", end="")
        faults = [
            f"{way} got {sorted(page.statuses(way))}"
            for way, wanted in zip(WAYS, ({200}, {200} if name == BARE else {304}, {200}), strict=True)
            if page.statuses(way) != wanted
        ]
        print(f"   {'; '.join(faults)}" if faults else "")
    if "meeting" in measured:
        share = measured["meeting"].rate("pressing") / bare
        print(f"aim: a meeting at {AIM_SHARE} of bare or more: {share:.2f}")
    slow = [name for name, page in measured.items() if page.milliseconds("reading", 0.95) >= AIM_MILLISECONDS]
    print(
        f"aim: p95 under {AIM_MILLISECONDS:.0f} ms with {options.users} reading users: not {', '.join(slow) or 'one'}"
    )
    slow = [name for name, page in measured.items() if page.milliseconds("pressing", 0.95) >= AIM_MILLISECONDS]
    print(f"     and with {options.users} pressing ones: not {', '.join(slow) or 'one'}")


if __name__ == "__main__":
    main()
