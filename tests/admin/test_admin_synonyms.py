"""Editors keep the list of words that search treats alike."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from minutes.models import Synonym
from minutes.search.synonyms import Synonyms
from tests.admin.form import open_form
from tests.archive import make_person

ADD = "/admin/minutes/synonym/add/"


@pytest.fixture(autouse=True)
def _one_entry(db) -> None:
    Synonym.objects.all().delete()
    Synonym.objects.create(word="DIF", meaning="Direktørforum")


def add(editor: Client, word: str, meaning: str):
    return open_form(editor, ADD).send(editor, ADD, word=word, meaning=meaning)


def errors(response) -> str:
    assert response.status_code == 200
    return " ".join(str(error) for field in response.context["adminform"].form.errors.values() for error in field)


def test_an_entry_is_added_changed_and_deleted(editor: Client) -> None:
    assert add(editor, "  MBU ", " Miljø-  og\tByudvalget").status_code == 302
    added = Synonym.objects.get(word="MBU")
    assert added.meaning == "Miljø- og Byudvalget"
    assert Synonyms.load().of_word("MBU") == (("Miljø-", "og", "Byudvalget"),)

    address = reverse("admin:minutes_synonym_change", args=[added.pk])
    assert open_form(editor, address).send(editor, address, meaning="Miljøudvalget").status_code == 302
    assert Synonyms.load().of_word("MBU") == (("Miljøudvalget",),)

    editor.post(reverse("admin:minutes_synonym_delete", args=[added.pk]), {"post": "yes"})
    assert Synonyms.load().of_word("MBU") == ()


@pytest.mark.parametrize(
    ("word", "meaning", "said"),
    [
        ("DIF", "Direktørforum", "Det står allerede på listen: DIF = Direktørforum."),
        ("dif", " direktørforum ", "Det står allerede på listen: DIF = Direktørforum."),
        ("Direktørforum", "DIF", "Det står allerede på listen: DIF = Direktørforum."),
        ("MED", "med", "De to er det samme ord for søgningen"),
        ("budget", "Budgetterne", "De to er det samme ord for søgningen"),
        ("!!!", "budget", "Skriv mindst ét bogstav eller tal."),
        ("budget", "…", "Skriv mindst ét bogstav eller tal."),
        ("budget", "et to tre fire fem seks syv otte ni ti elleve", "Skriv højst 10 ord."),
        ("", "budget", "Dette felt er påkrævet."),
        ("budget", "   ", "Dette felt er påkrævet."),
        ("b" * 101, "budget", "må højst have 100 tegn"),
        ("budget", "b" * 201, "må højst have 200 tegn"),
    ],
)
def test_what_would_do_nothing_is_refused_in_words(editor: Client, word: str, meaning: str, said: str) -> None:
    response = add(editor, word, meaning)
    assert errors(response).count(said) == 1
    assert len(errors(response)) < 2 * len(said) + 60  # no second message about the same
    assert Synonym.objects.count() == 1


def test_an_entry_is_not_taken_for_its_own_double(editor: Client) -> None:
    address = reverse("admin:minutes_synonym_change", args=[Synonym.objects.get().pk])
    assert open_form(editor, address).send(editor, address, word="dif").status_code == 302
    assert Synonym.objects.get().word == "dif"


def test_readers_keep_out(client: Client, db) -> None:
    client.force_login(make_person("læser"))
    assert client.get(ADD).status_code == 302
