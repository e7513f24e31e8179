"""Every row of the archive."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.fields.json
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import minutes.models.fields
import minutes.models.meetings


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),  # a trusted extension: the database's owner may create it
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(blank=True, null=True, verbose_name="side i filen")),
                ("line", models.PositiveIntegerField(blank=True, null=True, verbose_name="linje")),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                (
                    "key",
                    models.PositiveIntegerField(
                        editable=False,
                        help_text="Følger punktet, også når en ny udgave giver det et andet nummer",
                        verbose_name="nøgle",
                    ),
                ),
                ("title", models.CharField(blank=True, verbose_name="titel")),
                (
                    "prefix",
                    models.CharField(
                        blank=True, help_text="Udvalgets forkortelse foran titlen: CF", verbose_name="præfiks"
                    ),
                ),
                ("printed_title", models.CharField(blank=True, editable=False, verbose_name="titel som trykt")),
                ("printed_case_number", models.CharField(blank=True, verbose_name="sagsnummer som trykt")),
                ("is_closed", models.BooleanField(default=False, verbose_name="lukket")),
                (
                    "is_standing",
                    models.BooleanField(
                        default=False,
                        help_text="Godkendelse af dagsorden og referat, Eventuelt",
                        verbose_name="fast punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "punkt",
                "verbose_name_plural": "punkter",
                "ordering": ["meeting", "number"],
            },
        ),
        migrations.CreateModel(
            name="SearchFacets",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("main_group", models.CharField(blank=True, max_length=2, verbose_name="hovedgruppe")),
                (
                    "outcomes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        verbose_name="beslutningstyper",
                    ),
                ),
                (
                    "offices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, verbose_name="enheder"
                    ),
                ),
                ("has_decision", models.BooleanField(default=False, verbose_name="har beslutning")),
                ("has_attachments", models.BooleanField(default=False, verbose_name="har bilag")),
                ("is_standing", models.BooleanField(default=False, verbose_name="fast punkt")),
                (
                    "digest",
                    models.CharField(
                        help_text="Af alt det andet", max_length=64, unique=True, verbose_name="kontrolsum"
                    ),
                ),
            ],
            options={
                "verbose_name": "søgefilter",
                "verbose_name_plural": "søgefiltre",
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
                (
                    "parts",
                    models.JSONField(
                        help_text="[felt, navn, ren tekst] i den rækkefølge, de blev indekseret", verbose_name="dele"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, verbose_name="ord"
                    ),
                ),
            ],
            options={
                "verbose_name": "søgetekst",
                "verbose_name_plural": "søgetekster",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(help_text="Som trykt", max_length=120, verbose_name="sagsnummer")),
                (
                    "normalised",
                    models.CharField(
                        editable=False, max_length=120, unique=True, verbose_name="sagsnummer i fast form"
                    ),
                ),
                ("slug", models.CharField(editable=False, max_length=320, unique=True, verbose_name="adresse")),
                (
                    "sort_key",
                    minutes.models.fields.SortKeyField(
                        db_collation="C",
                        default="",
                        editable=False,
                        max_length=200,
                        of="order_text",
                        verbose_name="sorteringsnøgle",
                    ),
                ),
                (
                    "main_group",
                    models.CharField(
                        blank=True, editable=False, help_text="00", max_length=2, verbose_name="hovedgruppe"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True, editable=False, help_text="00.01.10", max_length=8, verbose_name="emne"
                    ),
                ),
                (
                    "facet",
                    models.CharField(
                        blank=True, editable=False, help_text="A00", max_length=3, verbose_name="handlingsfacet"
                    ),
                ),
                (
                    "serial",
                    models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name="løbenummer"),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, help_text="Sagens, ikke mødets", null=True, verbose_name="år"
                    ),
                ),
                (
                    "is_collective",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Nummeret bruges til sager, der intet har med hinanden at gøre",
                        verbose_name="samlesag",
                    ),
                ),
            ],
            options={
                "verbose_name": "sag",
                "verbose_name_plural": "sager",
                "ordering": ["sort_key", "pk"],
                "indexes": [
                    models.Index(fields=["sort_key", "id"], name="case_in_order"),
                    models.Index(fields=["main_group", "subject", "facet", "year", "serial"], name="case_by_columns"),
                    models.Index(fields=["facet", "year"], name="case_by_facet"),
                    models.Index(fields=["year", "serial"], name="case_by_year"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slug", ""), _negated=True), models.Q(("slug__contains", "/"), _negated=True)
                        ),
                        name="case_slug_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("facet", ""), ("main_group", ""), ("serial", None), ("subject", "")),
                            models.Q(
                                ("main_group__regex", "^[0-9]{2}$"), ("subject__startswith", models.F("main_group"))
                            ),
                            _connector="OR",
                        ),
                        name="case_columns_together",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="items",
                to="minutes.case",
                verbose_name="sag",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(blank=True, null=True, verbose_name="side i filen")),
                ("line", models.PositiveIntegerField(blank=True, null=True, verbose_name="linje")),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Blandt punktets afsnit", verbose_name="plads"),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, help_text="Som trykt; tom, når overskriften er udledt", verbose_name="overskrift"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decision",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslutning",
                "verbose_name_plural": "beslutninger",
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=120, verbose_name="udvalg")),
                (
                    "date",
                    models.DateField(validators=[minutes.models.meetings.check_meeting_date], verbose_name="dato"),
                ),
                ("start_time", models.TimeField(blank=True, null=True, verbose_name="starttid")),
                ("place", models.CharField(blank=True, verbose_name="sted")),
                (
                    "slug",
                    models.CharField(
                        editable=False,
                        help_text="Datoen, om nødvendigt med tid eller udvalg. Ændres aldrig, når den først er givet.",
                        max_length=180,
                        unique=True,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "preamble",
                    models.TextField(
                        blank=True,
                        help_text="Hvad der står før punkterne: deltagere og afbud",
                        verbose_name="indledning",
                    ),
                ),
                ("is_closed", models.BooleanField(default=False, verbose_name="lukket")),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="aflyst")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="lagt i arkivet")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="sidst ændret")),
            ],
            options={
                "verbose_name": "møde",
                "verbose_name_plural": "møder",
                "ordering": (
                    models.OrderBy(models.F("date"), descending=True),
                    models.OrderBy(models.F("start_time"), descending=True, nulls_last=True),
                    models.OrderBy(models.F("id"), descending=True),
                ),
                "permissions": [("read_closed", "Må læse lukkede punkter"), ("erase", "Må slette endeligt")],
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("date"), descending=True),
                        models.OrderBy(models.F("start_time"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="meeting_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "date", "start_time"),
                        name="meeting_once",
                        nulls_distinct=False,
                        violation_error_message="Mødet findes allerede.",
                    ),
                    models.CheckConstraint(condition=models.Q(("body", ""), _negated=True), name="meeting_has_body"),
                    models.CheckConstraint(
                        condition=models.Q(("date__range", (datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))),
                        name="meeting_date_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(-[a-z0-9]+)*$")),
                        name="meeting_slug_form",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="minutes.meeting",
                verbose_name="møde",
            ),
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="plads")),
                ("proposer", models.CharField(blank=True, help_text="Som trykt", verbose_name="indstiller")),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="Enhed eller titel i én stavemåde, aldrig et navn",
                        max_length=200,
                        verbose_name="enhed",
                    ),
                ),
                ("text", models.TextField(verbose_name="indstilling")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "indstilling",
                "verbose_name_plural": "indstillinger",
                "ordering": ["item", "position"],
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(blank=True, null=True, verbose_name="afsnittets plads")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra tegn")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="til tegn")),
                ("words", models.CharField(blank=True, verbose_name="ord")),
                ("body", models.CharField(blank=True, max_length=120, verbose_name="nævnt udvalg")),
                ("date", models.DateField(blank=True, null=True, verbose_name="nævnt dato")),
                ("item_number", models.PositiveIntegerField(blank=True, null=True, verbose_name="nævnt punkt")),
                (
                    "case_number",
                    models.CharField(
                        blank=True, help_text="I fast form", max_length=120, verbose_name="nævnt sagsnummer"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("regel", "Regel"), ("redaktør", "Redaktør")],
                        default="redaktør",
                        editable=False,
                        max_length=10,
                        verbose_name="fra",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
                (
                    "target_case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referred_from",
                        to="minutes.case",
                        verbose_name="sag",
                    ),
                ),
                (
                    "target_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referred_from",
                        to="minutes.agendaitem",
                        verbose_name="til punkt",
                    ),
                ),
                (
                    "target_meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referred_from",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
            ],
            options={
                "verbose_name": "henvisning",
                "verbose_name_plural": "henvisninger",
                "ordering": ["item", "position", "start", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(blank=True, null=True, verbose_name="side i filen")),
                ("line", models.PositiveIntegerField(blank=True, null=True, verbose_name="linje")),
                ("position", models.PositiveIntegerField(verbose_name="plads")),
                (
                    "kind",
                    models.CharField(
                        help_text="Det danske ord med små bogstaver: sagsfremstilling", verbose_name="art"
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, help_text="Som trykt; tom, når overskriften er udledt", verbose_name="overskrift"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "afsnit",
                "verbose_name_plural": "afsnit",
                "ordering": ["item", "position"],
            },
        ),
        migrations.CreateModel(
            name="SourceDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.PositiveIntegerField(
                        default=0, help_text="Fra 1 inden for mødet; 0 er en kladde", verbose_name="udgave"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kladde", "Kladde"),
                            ("gældende", "Gældende"),
                            ("afløst", "Afløst"),
                            ("kasseret", "Kasseret"),
                        ],
                        max_length=12,
                        verbose_name="tilstand",
                    ),
                ),
                ("filename", models.CharField(blank=True, max_length=255, verbose_name="filnavn")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="kontrolsum")),
                ("size", models.PositiveBigIntegerField(editable=False, verbose_name="størrelse i byte")),
                ("media_type", models.CharField(editable=False, max_length=120, verbose_name="filtype")),
                (
                    "is_closed",
                    models.BooleanField(default=False, editable=False, verbose_name="indeholder et lukket punkt"),
                ),
                (
                    "parser_version",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="læst af version"),
                ),
                ("parsed", models.JSONField(editable=False, null=True, verbose_name="læsning")),
                ("warnings", models.JSONField(blank=True, default=list, editable=False, verbose_name="advarsler")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="tilføjet")),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sidst læst")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tilføjet af",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
            ],
            options={
                "verbose_name": "originalfil",
                "verbose_name_plural": "originalfiler",
                "ordering": ["-added_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_key", models.PositiveIntegerField(blank=True, null=True, verbose_name="punktets nøgle")),
                ("part", models.CharField(blank=True, verbose_name="del")),
                ("field", models.CharField(max_length=40, verbose_name="felt")),
                ("printed", models.JSONField(null=True, verbose_name="som trykt")),
                ("value", models.JSONField(null=True, verbose_name="værdi")),
                ("corrected_at", models.DateTimeField(auto_now=True, verbose_name="rettet")),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rettet af",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="minutes.sourcedocument",
                        verbose_name="originalfil",
                    ),
                ),
            ],
            options={
                "verbose_name": "rettelse",
                "verbose_name_plural": "rettelser",
                "ordering": ["-corrected_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=100, verbose_name="ord")),
                ("meaning", models.CharField(max_length=200, verbose_name="betyder")),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonymer",
                "ordering": ["word", "meaning"],
                "constraints": [models.UniqueConstraint(fields=("word", "meaning"), name="synonym_once")],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "text",
                    models.CharField(
                        db_collation="C", max_length=200, primary_key=True, serialize=False, verbose_name="ord"
                    ),
                ),
                ("open_count", models.PositiveIntegerField(default=0, verbose_name="i åbne punkter")),
                ("total_count", models.PositiveIntegerField(default=0, verbose_name="i alle punkter")),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=121), blank=True, default=list, verbose_name="former"
                    ),
                ),
            ],
            options={
                "verbose_name": "ord",
                "verbose_name_plural": "ord",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("text", name="gin_trgm_ops"), name="word_trigrams"
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="word_by_term"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("open_count__lte", models.F("total_count"))), name="word_open_within_total"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField(verbose_name="vektor")),
                ("date", models.DateField(verbose_name="mødets dato")),
                ("number", models.PositiveIntegerField(verbose_name="punktets nummer")),
                (
                    "is_closed",
                    models.BooleanField(
                        default=True, help_text="Punktet eller dets møde er lukket", verbose_name="lukket"
                    ),
                ),
                ("analyser_version", models.PositiveSmallIntegerField(verbose_name="analysens version")),
                (
                    "facets",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="minutes.searchfacets",
                        verbose_name="filtre",
                    ),
                ),
            ],
            options={
                "verbose_name": "søgepost",
                "verbose_name_plural": "søgeposter",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="plads")),
                ("name", models.CharField(verbose_name="navn")),
                ("printed_name", models.CharField(blank=True, editable=False, verbose_name="navn som trykt")),
                (
                    "sort_key",
                    minutes.models.fields.SortKeyField(
                        db_collation="C",
                        default="",
                        editable=False,
                        max_length=200,
                        of="name",
                        verbose_name="sorteringsnøgle",
                    ),
                ),
                ("is_closed", models.BooleanField(default=False, verbose_name="lukket")),
                (
                    "sha256",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=64, null=True, verbose_name="kontrolsum"
                    ),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        blank=True, editable=False, null=True, verbose_name="størrelse i byte"
                    ),
                ),
                ("media_type", models.CharField(blank=True, editable=False, max_length=120, verbose_name="filtype")),
                ("text", models.TextField(blank=True, editable=False, verbose_name="tekst i filen")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilag",
                "verbose_name_plural": "bilag",
                "ordering": ["item", "position"],
                "indexes": [
                    models.Index(fields=["sort_key"], name="attachment_by_name"),
                    models.Index(condition=models.Q(("is_closed", True)), fields=["item"], name="attachment_closed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "position"), name="attachment_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256", None), ("sha256__regex", "^[0-9a-f]{64}$"), _connector="OR"),
                        name="attachment_sha256_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="plads")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("godkendt", "Godkendt"),
                            ("ikke godkendt", "Ikke godkendt"),
                            ("taget til efterretning", "Taget til efterretning"),
                            ("drøftet", "Drøftet"),
                            ("besluttet", "Besluttet"),
                            ("udpeget", "Udpeget"),
                            ("orienteret", "Orienteret"),
                            ("sendt videre", "Sendt videre"),
                            ("genoptages", "Genoptages"),
                            ("ingen beslutning", "Ingen beslutning"),
                        ],
                        max_length=40,
                        verbose_name="beslutningstype",
                    ),
                ),
                ("sentence", models.TextField(blank=True, verbose_name="sætning")),
                (
                    "origin",
                    models.CharField(
                        choices=[("regel", "Regel"), ("redaktør", "Redaktør")],
                        default="regel",
                        editable=False,
                        max_length=10,
                        verbose_name="fra",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="minutes.decision",
                        verbose_name="beslutning",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslutningstype",
                "verbose_name_plural": "beslutningstyper",
                "ordering": ["decision", "position"],
                "indexes": [models.Index(fields=["kind", "decision"], name="outcome_by_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "position"), name="outcome_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "godkendt",
                                    "ikke godkendt",
                                    "taget til efterretning",
                                    "drøftet",
                                    "besluttet",
                                    "udpeget",
                                    "orienteret",
                                    "sendt videre",
                                    "genoptages",
                                    "ingen beslutning",
                                ],
                            )
                        ),
                        name="outcome_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["regel", "redaktør"])), name="outcome_origin_known"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=models.Index(fields=["case", "meeting"], name="item_by_case"),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=models.Index(condition=models.Q(("is_closed", True)), fields=["meeting"], name="item_closed"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "number"),
                name="item_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "key"), name="item_key_once"),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(fields=("item", "position"), name="recommendation_position_once"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["date", "body"], name="reference_by_date"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["case_number"], name="reference_by_case_number"),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["regel", "redaktør"])), name="reference_origin_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", None), ("start", None)), ("start__lt", models.F("end")), _connector="OR"
                ),
                name="reference_span_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(fields=("item", "position"), name="section_position_once"),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(
                models.F("state"), models.OrderBy(models.F("added_at"), descending=True), name="source_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(condition=models.Q(("is_closed", True)), fields=["meeting"], name="source_closed"),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("date", "parsed"), name="source_printed_date"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="source_sha256_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition__gte", 1), ("meeting__isnull", False), ("state__in", ["gældende", "afløst"])),
                    models.Q(("edition", 0), ("meeting", None), ("state__in", ["kladde", "kasseret"])),
                    _connector="OR",
                ),
                name="source_state_fits_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "gældende")), fields=("meeting",), name="source_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("meeting__isnull", False)),
                fields=("meeting", "edition"),
                name="source_edition_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                fields=("source", "item_key", "part", "field"), name="correction_once", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["vector"], name="entry_vector"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["analyser_version"], name="entry_by_version"),
        ),
        # Counting reads every row that matches, so the vector lies out of line, and not compressed: it is read in part.
        migrations.RunSQL(
            """
            ALTER TABLE minutes_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL;
            ALTER TABLE minutes_searchentry SET (toast_tuple_target = 128);
            """,
            migrations.RunSQL.noop,
        ),
    ]
