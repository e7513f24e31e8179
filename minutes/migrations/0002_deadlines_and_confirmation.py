"""Deadlines, and what an editor has found to be read right."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="confirmed_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Hvornår en redaktør fandt det læst rigtigt",
                null=True,
                verbose_name="gennemset",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gennemset af",
            ),
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="plads")),
                (
                    "date",
                    models.DateField(help_text="Den sidste dag, som ordene giver plads til", verbose_name="frist"),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("dag", "Dag"),
                            ("uge", "Uge"),
                            ("måned", "Måned"),
                            ("del af år", "Del af et år"),
                            ("år", "År"),
                        ],
                        max_length=12,
                        verbose_name="nøjagtighed",
                    ),
                ),
                ("words", models.CharField(help_text="senest d. 21. juni", verbose_name="som trykt")),
                ("start", models.PositiveIntegerField(verbose_name="fra tegn")),
                ("end", models.PositiveIntegerField(verbose_name="til tegn")),
                ("sentence", models.TextField(verbose_name="sætning")),
                (
                    "responsible",
                    models.CharField(
                        blank=True, help_text="Som trykt; tom, når ingen er nævnt", max_length=300, verbose_name="hvem"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "frist",
                "verbose_name_plural": "frister",
                "ordering": ["date", "item", "position"],
                "indexes": [models.Index(fields=["date", "id"], name="deadline_by_date")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "position"), name="deadline_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["dag", "uge", "måned", "del af år", "år"])),
                        name="deadline_precision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))), name="deadline_span_order"
                    ),
                ],
            },
        ),
    ]
