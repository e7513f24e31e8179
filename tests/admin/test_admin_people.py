"""Who governs people, and with which words."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minutes.models import FailedLogin
from minutes.models.roles import EDITOR, READER
from tests.admin.form import open_form
from tests.factories import make_user


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
            assert not [label for label in labels if "Can " in label or "log entr" in label or "session" in label]
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


def test_saving_keeps_the_rights_that_are_not_shown(administrator: Client, superuser: Client) -> None:
    hidden = Permission.objects.get(codename="delete_session")
    role, person = Group.objects.get(name=EDITOR), User.objects.create_user("nogen")
    role.permissions.add(hidden)
    person.user_permissions.add(hidden)
    before = set(role.permissions.all())
    for client in (administrator, superuser):
        shown = [str(right.pk) for right in role.permissions.exclude(pk=hidden.pk)]
        values = {"name": EDITOR, "permissions": shown}
        assert client.post(reverse("admin:auth_group_change", args=[role.pk]), values).status_code == 302
        assert set(role.permissions.all()) == before
        address = reverse("admin:auth_user_change", args=[person.pk])
        assert open_form(client, address).send(client, address, first_name="Ny").status_code == 302
        assert list(person.user_permissions.all()) == [hidden]


@pytest.fixture
def closed_group(db) -> Group:
    """Whoever is in it may read what is closed."""
    group = Group.objects.create(name="HR")
    group.permissions.add(Permission.objects.get(codename="read_closed"))
    return group


def test_an_administrator_gives_no_right_that_they_lack(administrator: Client, closed_group: Group) -> None:
    oneself = User.objects.get(groups__name="administrator")
    closed = Permission.objects.get(codename="read_closed")
    for person in (User.objects.create_user("nogen"), oneself):
        for values in ({"user_permissions": str(closed.pk)}, {"groups": str(closed_group.pk)}):
            address = reverse("admin:auth_user_change", args=[person.pk])
            response = open_form(administrator, address).send(administrator, address, **values)
            assert "Du har ikke: Må læse lukkede punkter." in response.content.decode()
            assert not User.objects.get(pk=person.pk).has_perm("minutes.read_closed")
    role = Group.objects.get(name=READER)
    values = {"name": READER, "permissions": [closed.pk, *role.permissions.values_list("pk", flat=True)]}
    response = administrator.post(reverse("admin:auth_group_change", args=[role.pk]), values)
    assert "Du har ikke: Må læse lukkede punkter." in response.content.decode()
    values = {"name": "Nye", "permissions": [closed.pk]}
    assert "Du har ikke" in administrator.post(reverse("admin:auth_group_add"), values).content.decode()
    assert not role.permissions.filter(codename="read_closed").exists()


def test_who_has_a_right_gives_it_and_anybody_takes_it_away(administrator: Client, closed_group: Group) -> None:
    person = User.objects.create_user("nogen")
    address = reverse("admin:auth_user_change", args=[person.pk])
    client = Client()
    client.force_login(make_user("administrator", is_staff=True, reads_closed=True))
    assert open_form(client, address).send(client, address, groups=str(closed_group.pk)).status_code == 302
    assert person.groups.get() == closed_group
    assert open_form(administrator, address).send(administrator, address, first_name="Ny").status_code == 302
    assert person.groups.get() == closed_group
    form = open_form(administrator, address)
    del form.fields["groups"]
    assert form.send(administrator, address).status_code == 302
    assert not person.groups.exists()


def test_an_administrator_takes_over_nobody_who_may_more(administrator: Client, closed_group: Group) -> None:
    person = make_user(READER, username="nogen")
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    values = {"password1": "en lang adgangskode", "password2": "en lang adgangskode", "usable_password": "true"}
    person.groups.add(closed_group)
    for active in (True, False):
        User.objects.filter(pk=person.pk).update(is_active=active)
        assert administrator.post(address, values).status_code == 403
    person.groups.remove(closed_group)
    assert administrator.post(address, values).status_code == 302
    assert User.objects.get(pk=person.pk).check_password("en lang adgangskode")


def test_an_administrator_sees_who_is_locked_out_and_lets_them_in(administrator: Client) -> None:
    person = make_user(READER, username="anne")
    person.set_password("en lang adgangskode")
    person.save()
    wrong, right = ({"username": "anne", "password": word} for word in ("forkert", "en lang adgangskode"))
    Client().post("/log-ind/", {"username": "MitKodeord1234", "password": "anne"})
    for _ in range(5):
        Client().post("/log-ind/", wrong)
    assert Client().post("/log-ind/", right).status_code == 429
    address = reverse("admin:minutes_failedlogin_changelist")
    html = administrator.get(address).content.decode()
    assert "et navn, som ingen bruger har" in html
    assert "MitKodeord1234" not in html
    assert "ikke lukket" in html
    assert "kl. " in html
    locked = FailedLogin.objects.get(failures_since_start=5)
    assert "anne" in administrator.get(reverse("admin:minutes_failedlogin_change", args=[locked.pk])).content.decode()
    unlock = {"action": "delete_selected", "_selected_action": [locked.pk], "post": "yes"}
    assert administrator.post(address, unlock).status_code == 302
    assert Client().post("/log-ind/", right).status_code == 302


def test_the_list_of_failed_logins_asks_equally_often(administrator: Client, django_assert_num_queries) -> None:
    address = reverse("admin:minutes_failedlogin_changelist")
    Client().post("/log-ind/", {"username": "en", "password": "forkert"})
    with CaptureQueriesContext(connection) as asked:
        administrator.get(address)
    before = len(asked)
    for number in range(5):
        Client().post("/log-ind/", {"username": f"nummer {number}", "password": "forkert"})
    with django_assert_num_queries(before):
        administrator.get(address)
