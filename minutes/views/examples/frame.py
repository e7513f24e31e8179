"""What stands around every page, and small things that stand anywhere."""

from __future__ import annotations

from types import SimpleNamespace

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from .example import Example

PERSON = User(pk=1, username="laeser", is_active=True, is_superuser=True, is_staff=True)
NOBODY = AnonymousUser()


class _Form(forms.Form):
    """A field as it comes, and one that was not filled in."""

    brugernavn = forms.CharField(
        label="Brugernavn", help_text="Det, du logger ind med.", widget=forms.TextInput({"class": "form-input"})
    )


def _pages(number: int, of: int) -> dict[str, object]:
    page = Paginator(range(of * 10), 10).page(number)
    pages = page.paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return {"page": page, "pages": list(pages), "what": f"eksempler, {of} i alt", "address": ""}


def _alert(kind: str) -> Example:
    return Example(kind, {"kind": kind, "heading": "Overskrift", "text": "Hvad der skete, og hvad du kan gøre."})


EXAMPLES = {
    "alert": [
        *map(_alert, ("info", "success", "warning", "error")),
        Example("uden overskrift", {"kind": "info", "text": "Kun tekst."}),
    ],
    "breadcrumbs": [
        Example("to led over siden", {"crumbs": [("Møder", "/moeder/"), ("2031", "/moeder/2031/")], "here": "4. marts"})
    ],
    "contact": [
        Example("ikke sat", {"contact": ""}),
        Example("en mailadresse", {"contact": "arkiv@kommune.example"}),
        Example("ord", {"contact": "Sekretariatet på rådhuset"}),
    ],
    "count": [
        Example("ét", {"count": SimpleNamespace(number=1, is_exact=True)}),
        Example("over grænsen", {"count": SimpleNamespace(number=10_000, is_exact=False)}),
    ],
    "empty": [
        Example("intet at vise", {"heading": "Her er ikke noget endnu", "text": "Når der er, kan du læse det her."})
    ],
    "field": [
        Example("tom", {"field": _Form()["brugernavn"]}),
        Example("med fejl", {"field": _Form({})["brugernavn"]}),
    ],
    "footer": [Example("logget ind", {"user": PERSON}), Example("ikke logget ind", {"user": NOBODY})],
    "icon": [Example(name, {"name": name}) for name in ("search", "calendar-month", "folder", "lock", "warning")],
    "kept": [Example("felter, ingen ser", {"pairs": [("aar", "2031")]})],
    "keys": [Example("genvejstaster")],
    "messages": [Example("efter en handling", {"messages": [Message(SUCCESS, "Gemt.")]})],
    "neighbours": [
        Example(
            "begge veje",
            {
                "what": "Før og efter",
                "earlier_address": "#",
                "earlier_words": "Godkendelse af referat",
                "later_address": "#",
                "later_words": "Status på forsøget",
            },
        ),
        Example("kun den ene", {"what": "Kun efter", "later_address": "#", "later_words": "Status på forsøget"}),
    ],
    "pagination": [Example("første side", _pages(1, 3)), Example("midt i mange", _pages(40, 80))],
    "search_box": [
        Example(kind, {"name": f"soeg-{kind}", "kind": kind, "label": "Søg i referaterne", "typed": typed})
        for kind, typed in (("bar", ""), ("page", "kantine"), ("front", ""))
    ],
    "site_bar": [
        Example("logget ind", {"user": PERSON, "search_box": False}),
        Example("ikke logget ind", {"user": NOBODY, "search_box": False}),
    ],
    "site_user": [
        Example("logget ind", {"user": PERSON}),
        Example("ikke logget ind", {"user": NOBODY}),
    ],
    "skip_link": [Example("ses, når den har fokus")],
    "styles": [Example("ses ikke; det er, hvad alt andet er tegnet med")],
}
