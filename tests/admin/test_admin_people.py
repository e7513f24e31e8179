"""Who governs people, and with which words."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from minutes.models.roles import EDITOR
from tests.admin.form import open_form


def test_an_administrator_makes_nobody_a_superuser(administrator: Client, superuser: Client) -> None:
    person = User.objects.create_user("nogen")
    address = reverse("admin:auth_user_change", args=[person.pk])
    form = open_form(administrator, address)
    assert "is_superuser" not in form.classes
    form.send(administrator, address, is_superuser="on", is_staff="on")
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (True, False)
    superusers = User.objects.get(is_superuser=True)
    address = reverse("admin:auth_user_change", args=[superusers.pk])
    assert administrator.post(address, {"username": "overtaget"}).status_code == 403


def test_rights_are_those_of_this_site_in_danish(administrator: Client, superuser: Client) -> None:
    person = User.objects.create_user("nogen")
    group = reverse("admin:auth_group_change", args=[Group.objects.get(name=EDITOR).pk])
    for client in (administrator, superuser):
        for address, field in (
            (group, "permissions"),
            (reverse("admin:auth_user_change", args=[person.pk]), "user_permissions"),
        ):
            choices = client.get(address).context["adminform"].form.fields[field].choices
            labels = [label for _, label in choices]
            assert {"Møder: se", "Må læse lukkede punkter", "Brugere: rette", "Synonymer: tilføje"} <= set(labels)
            assert not [label for label in labels if "Can " in label or "log" in label or "session" in label]
            assert len(labels) == len(set(labels))


def test_saving_a_role_unchanged_keeps_its_rights(administrator: Client) -> None:
    role = Group.objects.get(name=EDITOR)
    before = set(role.permissions.values_list("codename", flat=True))
    chosen = [str(pk) for pk in role.permissions.values_list("pk", flat=True)]
    address = reverse("admin:auth_group_change", args=[role.pk])
    assert administrator.post(address, {"name": EDITOR, "permissions": chosen}).status_code == 302
    assert set(role.permissions.values_list("codename", flat=True)) == before


def test_people_are_made_inactive_not_deleted(administrator: Client, superuser: Client) -> None:
    person = User.objects.create_user("nogen")
    address = reverse("admin:auth_user_change", args=[person.pk])
    for client in (administrator, superuser):
        html = client.get(address).content.decode()
        assert "Brugere slettes ikke" in html
        assert "deletelink" not in html
        assert client.post(reverse("admin:auth_user_delete", args=[person.pk]), {"post": "yes"}).status_code == 403
        people = {"action": "delete_selected", "_selected_action": str(person.pk), "post": "yes"}
        client.post(reverse("admin:auth_user_changelist"), people)
    assert User.objects.filter(pk=person.pk).exists()


def test_the_administration_has_the_words_of_the_archive(editor: Client, db) -> None:
    html = editor.get(reverse("admin:index")).content.decode()
    assert "ebsite" not in html
    assert "Til arkivet" in html
