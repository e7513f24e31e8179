"""Users of a site, in a process of their own: each has a connection that stays open, and asks for one page after the
other. It does as little as it can, because it shares the machine with what it measures.
"""

from __future__ import annotations

import random
import re
import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
_TAG = re.compile(rb"\r\netag: *([^\r]+)", re.I)
_CSRF = re.compile(rb"\r\nset-cookie: *([\w-]*csrftoken=[^;\r]+)", re.I)


@dataclass(slots=True)
class Load:
    """What users do: how many, for how long, how long each waits between two pages on average (0: not at all)."""

    users: int
    seconds: float
    thinking: float = 0.0
    conditional: bool = False


@dataclass(slots=True)
class Heard:
    """How the site answered: milliseconds of each answer, bytes of all, how many of each status."""

    milliseconds: list[float] = field(default_factory=list)
    size: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0


class User:
    """A connection with its cookies."""

    def __init__(self, port: int, cookies: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.cookies = cookies

    def ask(self, address: str, tag: bytes = b"") -> tuple[int, bytes, int]:
        """The status of the answer, its head, and its length."""
        known = b"If-None-Match: " + tag + b"\r\n" if tag else b""
        line = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookies}\r\n".encode()
        self._socket.sendall(line + known + b"\r\n")
        held = b""
        while (end := held.find(b"\r\n\r\n")) < 0:
            held += self._more()
        head, got = held[:end], len(held) - end - 4
        status, length = int(head[9:12]), _LENGTH.search(head)
        size = int(length[1]) if length and status != 304 else 0
        while got < size:
            got += len(self._more())
        return status, head, size

    def _more(self) -> bytes:
        piece = self._socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the site closed the connection")
        return piece

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def settle(port: int, cookies: str, address: str) -> str:
    """The cookies of a browser that has been there before."""
    user = User(port, cookies)
    _, head, _ = user.ask(address)
    user.close()
    token = _CSRF.search(head)
    return f"{cookies}; {token[1].decode()}" if token else cookies


def visit(port: int, cookies: str, addresses: Sequence[str], users: int) -> None:
    """Let each of the users ask for every address once, so that all workers have seen them."""

    def look(_: int) -> None:
        user = User(port, cookies)
        for address in addresses:
            user.ask(address)
        user.close()

    with ThreadPoolExecutor(users) as pool:
        list(pool.map(look, range(users)))


def listen(port: int, cookies: str, addresses: Sequence[str], load: Load) -> Heard:
    """Let the users ask for the addresses, each in an order of its own. Conditionally: for pages that they have."""
    tags: dict[str, bytes] = {}
    if load.conditional:
        first = User(port, cookies)
        for address in addresses:
            found = _TAG.search(first.ask(address)[1])
            tags[address] = found[1] if found else b""
        first.close()
    heard, lock = Heard(), threading.Lock()
    start = time.perf_counter()

    def use(number: int) -> None:
        draw = random.Random(number)  # the same users in every run
        user, mine = User(port, cookies), Heard()
        if load.thinking:
            time.sleep(draw.random() * load.thinking)
        while time.perf_counter() - start < load.seconds:
            address = draw.choice(addresses)
            begun = time.perf_counter()
            status, _, size = user.ask(address, tags.get(address, b""))
            mine.milliseconds.append(1000 * (time.perf_counter() - begun))
            mine.size += size
            mine.statuses[status] = mine.statuses.get(status, 0) + 1
            if load.thinking:
                time.sleep(draw.expovariate(1 / load.thinking))
        user.close()
        with lock:
            heard.milliseconds += mine.milliseconds
            heard.size += mine.size
            for status, count in mine.statuses.items():
                heard.statuses[status] = heard.statuses.get(status, 0) + count

    users = [threading.Thread(target=use, args=(number,)) for number in range(load.users)]
    for thread in users:
        thread.start()
    for thread in users:
        thread.join()
    heard.seconds = time.perf_counter() - start
    return heard
