"""The form on a page of the admin, filled in and sent as a browser does."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client


class Form(HTMLParser):
    """`fields` is what the browser would send: every field's name with its value. `selects` are those to choose in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.classes: dict[str, str] = {}
        self.selects: set[str] = set()
        self._text: str | None = None
        self._select: str | None = None
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        name = attributes.get("name", "")
        if tag == "form":
            self._inside = attributes.get("id", "").endswith("_form")
        if not self._inside:
            return
        if name:
            self.classes[name] = attributes.get("class", "")
        if tag == "textarea":
            self._text = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
            self.selects.add(name)
            if "multiple" not in attributes:
                self.fields[name] = ""
        elif tag == "option" and self._select and "selected" in attributes:
            self.fields[self._select] = attributes["value"]
        elif tag == "input" and name and attributes.get("type") != "submit":
            ticked = attributes.get("type") == "checkbox"
            if not ticked or "checked" in attributes:
                self.fields[name] = attributes.get("value", "on" if ticked else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._text is not None:
            self.fields[self._text] = self.fields[self._text].removeprefix("\n")  # as browsers do
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.fields[self._text] += data

    def send(self, client: Client, address: str, **values: str) -> HttpResponse:
        """Send the form with `values` typed into it, lines ended as browsers end them."""
        fields = {**self.fields, **values}
        return client.post(address, {name: value.replace("\n", "\r\n") for name, value in fields.items()})


def open_form(client: Client, address: str) -> Form:
    """The form at `address`."""
    response = client.get(address)
    assert response.status_code == 200
    return Form(response.content.decode())
