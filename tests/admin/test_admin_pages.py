"""Every list and every form of the administration."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from minutes.ingest.edits import correct
from minutes.ingest.links import link_items
from minutes.ingest.revising import revise
from minutes.models import (
    AgendaItem,
    ArchiveStamp,
    ClosedReading,
    Correction,
    Deadline,
    Erasure,
    InsightSearch,
    Meeting,
    SearchEntry,
    SearchFacets,
    SearchText,
    Synonym,
    Upload,
)
from tests.admin.form import Form
from tests.archive import HOSTILE, Archive
from tests.factories import ingest, make_minutes

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OWN = [model for model in MODELS if model._meta.app_label == "minutes"]


@pytest.fixture
def rows(archive: Archive, superuser: Client) -> None:
    """Something in every list."""
    superuser.get("/moeder/2016-10-11/punkt/2/")  # which is closed, so that the opening is noted
    Client().post("/log-ind/", {"username": "nogen", "password": "gættet"})
    budget = archive.open.items.get(number=2)
    correct(row=budget, values={"title": f"Rettet {HOSTILE}"}, user=None)
    link_items(item=budget, target=archive.mixed.items.get(number=1))
    Synonym.objects.create(word="MED", meaning="medudvalg")


def _address(model: type[Model], page: str, *arguments: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def test_every_model_has_its_pages() -> None:
    from django.apps import apps

    inline = {inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines}
    missing = set(apps.get_app_config("minutes").get_models()) - set(OWN) - inline
    # Written by search, by storing a decision, by PostgreSQL itself, or shown on pages of their own; nobody edits them.
    written = {SearchEntry, SearchFacets, SearchText, Deadline, ArchiveStamp}
    assert missing == {*written, Erasure, InsightSearch, Upload}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_list_search_and_forms_open(
    model: type[Model], administrator: Client, superuser: Client, rows: None, django_assert_max_num_queries
) -> None:
    administrator = superuser if model is ClosedReading else administrator
    with django_assert_max_num_queries(16):
        listed = administrator.get(_address(model, "changelist"))
    assert listed.status_code == 200
    assert administrator.get(_address(model, "changelist"), {"q": "budget 2017"}).status_code == 200
    added = administrator.get(_address(model, "add"))
    assert added.status_code in {200, 403}
    shown = listed.context["cl"].result_list
    assert model not in OWN or len(shown) > 0
    pages = [added.content.decode()] if added.status_code == 200 else []
    for row in shown[:3]:
        response = administrator.get(_address(model, "change", row.pk))
        assert response.status_code == 200
        assert administrator.get(_address(model, "history", row.pk)).status_code == 200
        pages.append(response.content.decode())
    for html in [listed.content.decode(), *pages]:
        assert HOSTILE not in html
        assert not re.search(r"<style|<script>|\son\w+=\"|\sstyle=\"", html)
    for html in pages:
        _assert_found_by_words(Form(html))


def _assert_found_by_words(form: Form) -> None:
    """Another row is chosen by typing its words: neither by its number nor in a list of all there are."""
    assert not [name for name, classes in form.classes.items() if "RawId" in classes]
    for name in form.selects:
        filtered = {"admin-autocomplete", "selectfilter"} & set(form.classes[name].split())
        assert filtered or name.endswith("-kind"), name


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.model_name)
def test_saving_what_was_opened_changes_nothing(
    model: type[Model], administrator: Client, superuser: Client, rows: None
) -> None:
    administrator = superuser if model is ClosedReading else administrator
    before = _content()
    for row in administrator.get(_address(model, "changelist")).context["cl"].result_list:
        address = _address(model, "change", row.pk)
        form = Form(administrator.get(address).content.decode())
        assert form.send(administrator, address).status_code in {302, 403}
    assert _content() == before


def _content() -> list[str]:
    corrections = Correction.objects.values_list("item_key", "part", "field", "value")
    items = AgendaItem.objects.values_list("title", "sections__text", "decision__text", "attachments__name")
    meetings = Meeting.objects.values_list("date", "start_time", "place")
    return sorted(map(repr, [*corrections, *items, *meetings]))


def test_what_was_corrected_in_a_draft_leads_to_the_draft(administrator: Client) -> None:
    source = ingest(make_minutes(), draft=True).source
    revise(source=source, values={(1, "", "title"): "Budgettet"}, user=None)

    page = administrator.get(_address(Correction, "change", Correction.objects.get().pk))

    assert page.status_code == 200
    assert f'href="/kladder/{source.pk}/"' in page.content.decode()
