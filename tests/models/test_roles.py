"""The three roles and their rights."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from minutes.models.roles import ADMINISTRATOR, EDITOR, READER
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        ("minutes.view_meeting", {READER, EDITOR, ADMINISTRATOR}),
        ("minutes.add_sourcedocument", {EDITOR, ADMINISTRATOR}),
        ("minutes.change_decision", {EDITOR, ADMINISTRATOR}),
        ("minutes.delete_correction", {EDITOR, ADMINISTRATOR}),
        ("minutes.delete_meeting", set()),
        ("minutes.delete_sourcedocument", set()),
        ("minutes.erase", {ADMINISTRATOR}),
        ("minutes.insight", {ADMINISTRATOR}),
        ("auth.add_user", {ADMINISTRATOR}),
        ("auth.delete_user", set()),
        ("minutes.delete_failedlogin", {ADMINISTRATOR}),
        ("minutes.read_closed", set()),
    ],
)
def test_each_role_has_its_rights(right, roles):
    assert {role for role in (READER, EDITOR, ADMINISTRATOR) if make_user(role).has_perm(right)} == roles


def test_migrating_again_repairs_a_role_and_leaves_what_was_added():
    reader = Group.objects.get(name=READER)
    reader.permissions.clear()
    Group.objects.create(name="HR")

    call_command("migrate", verbosity=0)

    assert [permission.codename for permission in reader.permissions.all()] == ["view_meeting"]
    assert Group.objects.count() == 4


def test_migrating_takes_back_what_an_earlier_edition_gave():
    administrators = Group.objects.get(name=ADMINISTRATOR)
    administrators.permissions.add(Permission.objects.get(codename="delete_user"))

    call_command("migrate", verbosity=0)

    assert not administrators.permissions.filter(codename="delete_user").exists()


@pytest.mark.django_db(transaction=True)
def test_the_roles_are_there_after_a_flush():
    call_command("flush", interactive=False, verbosity=0)

    assert Group.objects.count() == 3
