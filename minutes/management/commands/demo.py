"""`manage.py demo [PATH…]`: everything that trying the archive on one's own machine needs, in one process."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.crypto import salted_hmac

from minutes.ingest import rereading
from minutes.models.access import READ_CLOSED
from minutes.models.roles import ADMINISTRATOR, EDITOR, READER
from minutes.search.index import outdated


@dataclass(frozen=True)
class Account:
    """A demonstration account: its name, its role, and what it shows."""

    username: str
    role: str
    may: str
    staff: bool = False
    reads_closed: bool = False

    def password(self) -> str:
        """The password in this clone: drawn from its secret key, so that it is written down nowhere."""
        letters = self._drawn("password")
        return "-".join(letters[start : start + 4] for start in range(0, 16, 4))

    def salt(self) -> str:
        """The salt of the stored password. It tells whose password that is without the second that hashing takes."""
        return self._drawn("salt")

    def _drawn(self, purpose: str) -> str:
        digest = salted_hmac(f"minutes.demo.{purpose}", self.username, algorithm="sha256").digest()
        return base64.b32encode(digest[:15]).decode().lower()


ACCOUNTS = (
    Account("laeser", READER, "læser åbne punkter"),
    Account("laeser-lukket", READER, "læser også lukkede punkter", reads_closed=True),
    Account("redaktoer", EDITOR, "lægger referater i arkivet og retter dem", staff=True),
    Account("administrator", ADMINISTRATOR, "styrer også brugere og indstillinger", staff=True),
    Account("administrator-lukket", ADMINISTRATOR, "må alt, også i lukkede punkter", staff=True, reads_closed=True),
)


class Command(BaseCommand):
    help = (
        "Gør et arkiv klar til at blive prøvet på egen maskine: opretter databasens tabeller, lægger filer i arkivet, "
        "bringer det, en tidligere version har læst, ajour, opretter en prøvekonto for hver rolle og viser "
        "adgangskoderne. Kun mens DEBUG er slået til."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="STI", help="fil eller mappe, der lægges i arkivet")

    def handle(self, *args: Any, paths: list[str], **options: Any) -> None:
        """Migrate, ingest, read and index what an earlier version did, make the accounts or put them right, print them.

        Raises CommandError when DEBUG is off.
        """
        if not settings.DEBUG:
            raise CommandError("Prøvekonti kan kun oprettes, mens DEBUG er slået til.")
        call_command("migrate", verbosity=0)
        if paths:
            call_command("ingest", *paths)
        if rereading.outdated().exists():
            call_command("reparse", gem=True)
        if outdated().exists():
            call_command("reindex")
        with transaction.atomic():
            for account in ACCOUNTS:
                _make(account)
        width = max(len(account.username) for account in ACCOUNTS)
        self.stdout.write("Prøvekonti, som kun findes her:")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:{width}}  {account.password()}  {account.may}")


def _make(account: Account) -> None:
    user, _ = User.objects.get_or_create(username=account.username)
    user.is_active, user.is_staff, user.is_superuser = True, account.staff, False
    if f"${account.salt()}$" not in user.password:
        user.password = make_password(account.password(), salt=account.salt())
    user.save()
    user.groups.set([Group.objects.get(name=account.role)])
    app, codename = READ_CLOSED.split(".")
    extra = Permission.objects.filter(content_type__app_label=app, codename=codename)
    user.user_permissions.set(extra if account.reads_closed else [])
