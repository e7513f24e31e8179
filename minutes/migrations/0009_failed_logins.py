"""Wrong passwords as the archive speaks of them: a proxy, without a table of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("axes", "0010_accessattemptexpiration"), ("minutes", "0008_history")]

    operations = [
        migrations.CreateModel(
            name="FailedLogin",
            fields=[],
            options={
                "verbose_name": "mislykket login",
                "verbose_name_plural": "mislykkede login",
                "ordering": ("-attempt_time", "-pk"),
                "proxy": True,
                "default_permissions": ("view", "delete"),
                "indexes": [],
                "constraints": [],
            },
            bases=("axes.accessattempt",),
        ),
    ]
