"""What is left of what was erased, and of searches for what is held about a person. No page that is kept shows them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REASONS = [
    ("fejl", "Lagt i arkivet ved en fejl"),
    ("må ikke ligge her", "Rummer oplysninger, der ikke må ligge i arkivet"),
    ("ret til sletning", "En person har ret til at få oplysningerne slettet"),
    ("opbevaringsfrist", "Opbevaringsfristen er udløbet"),
    ("andet", "Andet"),
]
KINDS = [("originalfil", "Originalfil"), ("bilag", "Bilag")]


def _key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _account(name):
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0005_closed_readings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InsightSearch",
            fields=[
                ("id", _key()),
                ("asked_by", _account("søgt af")),
                ("asked_by_name", models.CharField(editable=False, max_length=150, verbose_name="søgt af")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="søgt")),
                ("found", models.PositiveIntegerField(editable=False, verbose_name="steder fundet")),
                ("with_closed", models.BooleanField(editable=False, verbose_name="også lukkede punkter")),
            ],
            options={
                "verbose_name": "indsigtssøgning",
                "verbose_name_plural": "indsigtssøgninger",
                "ordering": ["-asked_at", "-pk"],
                "permissions": [("insight", "Må søge alt frem om en person")],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", _key()),
                (
                    "sha256",
                    models.CharField(db_index=True, editable=False, max_length=64, verbose_name="kontrolsum"),
                ),
                ("kind", models.CharField(choices=KINDS, editable=False, max_length=12, verbose_name="fil")),
                ("reason", models.CharField(choices=REASONS, editable=False, max_length=20, verbose_name="hvorfor")),
                ("note", models.CharField(blank=True, editable=False, max_length=300, verbose_name="uddybning")),
                ("erased_by", _account("slettet af")),
                ("erased_by_name", models.CharField(editable=False, max_length=150, verbose_name="slettet af")),
                ("erased_at", models.DateTimeField(editable=False, verbose_name="slettet")),
                (
                    "lifted_by_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="spærring ophævet af"),
                ),
                ("lifted_at", models.DateTimeField(editable=False, null=True, verbose_name="spærring ophævet")),
            ],
            options={
                "verbose_name": "endelig sletning",
                "verbose_name_plural": "endelige sletninger",
                "ordering": ["-erased_at", "pk"],
                "indexes": [models.Index(models.F("erased_at").desc(), "id", name="erasure_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="erasure_sha256_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(reason__in=[value for value, _ in REASONS]), name="erasure_reason_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind__in=[value for value, _ in KINDS]), name="erasure_kind_known"
                    ),
                ],
            },
        ),
    ]
