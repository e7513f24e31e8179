"""A draft is corrected before it has a meeting, and a recommendation's corrections get a name of their own."""

import re

import django.db.models.deletion
from django.db import migrations, models


def name_recommendations(apps, schema_editor):
    """ "indstilling 2" was the second recommendation, and also the second section of that kind."""
    corrections = apps.get_model("minutes", "Correction").objects
    for correction in corrections.filter(part__startswith="indstilling ", field__in=["proposer", "office", "text"]):
        if re.fullmatch(r"indstilling \d+", correction.part):
            correction.part = correction.part.replace("indstilling", "at")
            correction.save(update_fields=["part"])


class Migration(migrations.Migration):
    dependencies = [("minutes", "0003_archive_state")]

    operations = [
        migrations.AlterField(
            "correction",
            "meeting",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="corrections",
                to="minutes.meeting",
                verbose_name="møde",
            ),
        ),
        migrations.RunPython(name_recommendations, migrations.RunPython.noop),
    ]
