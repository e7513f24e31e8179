"""The log of who opened what is closed. Its rows can be added to, never changed or taken away, by any program."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION minutes_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END
$$;
"""
TRIGGER = """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON minutes_closedreading
    FOR EACH ROW EXECUTE FUNCTION minutes_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0004_corrections_of_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("username", models.CharField(db_index=True, editable=False, max_length=150, verbose_name="hvem")),
                ("opened_at", models.DateTimeField(db_index=True, editable=False, verbose_name="hvornår")),
                ("hour", models.DateTimeField(editable=False, verbose_name="timen")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("punkt", "Punktets side"),
                            ("møde", "Mødets side"),
                            ("originalfil", "Originalfil"),
                            ("udgave", "Udgave"),
                            ("kladde", "Kladde"),
                            ("sidebillede", "Billede af en side"),
                            ("udtræk", "Hentet som fil"),
                            ("administration", "Administrationen"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="hvordan",
                    ),
                ),
                ("slug", models.CharField(blank=True, editable=False, max_length=180, verbose_name="mødets adresse")),
                ("date", models.DateField(editable=False, null=True, verbose_name="mødedato")),
                ("number", models.PositiveIntegerField(editable=False, null=True, verbose_name="punkt")),
                ("edition", models.PositiveIntegerField(editable=False, null=True, verbose_name="udgave")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="kontrolsum")),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.agendaitem",
                        verbose_name="punktets nøgle",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.meeting",
                        verbose_name="mødets nøgle",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="konto",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.sourcedocument",
                        verbose_name="originalfilens nøgle",
                    ),
                ),
            ],
            options={
                "verbose_name": "åbning af noget lukket",
                "verbose_name_plural": "åbnede lukkede punkter",
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "way", "meeting", "item", "source", "hour"),
                        name="closed_reading_once_an_hour",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL([FUNCTION, TRIGGER], "DROP FUNCTION minutes_stays() CASCADE"),
    ]
