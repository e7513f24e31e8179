"""A page as a person meets it: its words, its headings, its links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.test import Client

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr", "path"}


class Page(HTMLParser):
    """`words` is all text, `main` what stands in the main landmark, `headings` pairs of rank and words, `links` pairs
    of address and words; `tags` all elements with their attributes. Unclosed or crossed elements fail the test."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.words = self.main = ""
        self.headings: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"not closed: {self._open}"
        self.words, self.main = _on_one_line(self.words), _on_one_line(self.main)
        self.headings = [(rank, _on_one_line(words)) for rank, words in self.headings]
        self.links = [(address, _on_one_line(words)) for address, words in self.links]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open and self._open[-1] == tag, f"</{tag}> in {self._open}"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data
        if "main" in self._open:
            self.main += data
        if any(re.fullmatch("h[1-6]", tag) for tag in self._open):
            rank, words = self.headings[-1]
            self.headings[-1] = (rank, words + data)
        if "a" in self._open:
            address, words = self.links[-1]
            self.links[-1] = (address, words + data)

    def addresses(self) -> list[str]:
        """Where the page's links lead, in order."""
        return [address for address, _ in self.links]


def open_page(client: Client, address: str, status: int = 200) -> Page:
    """Get the page at `address`, which must answer with `status`."""
    response = client.get(address)
    assert response.status_code == status
    return Page(response.content.decode())


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
