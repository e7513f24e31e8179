"""What is closed is closed in the administration too."""

from __future__ import annotations

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from minutes.models import ClosedReading, FailedLogin, Reference
from tests.admin.test_admin_pages import OWN
from tests.archive import CLOSED_CASE, Archive

GOVERNING = {ClosedReading, FailedLogin}  # whose lists are for those who govern
CLOSED = ("Hemmeligt", "Lønforhandling", CLOSED_CASE, "Ledelsens vilkår", "5. maj 2015")


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.model_name)
def test_no_list_and_no_search_shows_it(
    model: type[Model], editor: Client, superuser: Client, archive: Archive
) -> None:
    address = reverse(f"admin:minutes_{model._meta.model_name}_changelist")
    if model in GOVERNING:
        assert editor.get(address).status_code == 403
        return
    for query in ("", "?q=Hemmeligt", "?q=Lønforhandling", "?q=2015"):
        html = editor.get(address + query).content.decode().replace("Lønforhandling&quot;", "")
        listed = html.split('id="changelist"')[1].split('id="toolbar"')[-1].split("</form>", 1)[-1]
        assert not [words for words in CLOSED if words in listed], query


def test_no_form_shows_it(editor: Client, superuser: Client, archive: Archive) -> None:
    closed = archive.mixed.items.get(number=2)
    for row in (archive.closed, closed, closed.decision, closed.case, archive.mixed.sources.get()):
        address = reverse(f"admin:minutes_{row._meta.model_name}_change", args=[row.pk])
        assert editor.get(address).status_code == 302  # back to the index: there is no such row
        assert superuser.get(address).status_code == 200
    form = editor.get(reverse("admin:minutes_meeting_change", args=[archive.mixed.pk])).content.decode()
    assert "Budget 2017" in form
    assert not [words for words in CLOSED if words in form]


def test_no_suggestion_shows_it(editor: Client, superuser: Client, archive: Archive) -> None:
    address = reverse("admin:autocomplete")
    asked = {"term": "Løn", "app_label": "minutes", "model_name": "reference", "field_name": "target_item"}
    assert editor.get(address, asked).json()["results"] == []
    assert len(superuser.get(address, asked).json()["results"]) == 1


def test_no_link_is_made_to_it(editor: Client, archive: Archive) -> None:
    address = reverse("admin:minutes_reference_add")
    items = {"item": archive.open.items.first().pk, "target_item": archive.mixed.items.get(number=2).pk}
    response = editor.post(address, items)
    assert response.status_code == 200  # the form again
    assert "Lønforhandling" not in response.content.decode()
    assert not Reference.objects.filter(origin="redaktør").exists()


def test_search_does_not_answer_what_it_does_not_show(editor: Client, archive: Archive) -> None:
    """A meeting is not found by the words of its closed items."""
    found = editor.get(reverse("admin:minutes_meeting_changelist"), {"q": "Lønforhandling"})
    assert len(found.context["cl"].result_list) == 0
