"""The log of every write, and the triggers that write it: see `minutes.models.history`."""

# ruff: noqa: S608 - the statements are made of names that stand here

from __future__ import annotations

from dataclasses import dataclass

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


@dataclass(frozen=True)
class Logged:
    """A table whose writes are logged. Expressions tell of `b` and `a`, the row as JSON before and after, of which one
    may be null, and of `w`, the one that is there; `r` is the row itself."""

    table: str
    kind: str
    reach: str
    without: tuple[str, ...] = ()  # columns that are no change of their own
    row: str = "to_jsonb({r})"
    object: str = "(w->>'id')::bigint"
    meeting: str = "NULL::bigint"
    item: str = "NULL::bigint"
    source: str = "NULL::bigint"
    only: str = "true"
    always_changed: bool = False  # a membership is a change of that which has it
    secret: str | None = None  # a column of which only is told that it was changed


PART = {"item": "(w->>'item_id')::bigint", "meeting": "i.meeting_id"}
NAMES_ATTACHMENTS = "CASE WHEN 'bilag' IN (b->>'kind', a->>'kind') THEN 'bilag' ELSE 'punkt' END"
PREAMBLE = "coalesce(b->>'preamble', '') <> '' OR coalesce(a->>'preamble', '') <> ''"
CORRECTION = """CASE
    WHEN w->>'meeting_id' IS NULL THEN 'originalfil'
    WHEN w->>'item_key' IS NULL AND w->>'field' = 'preamble' THEN 'hele mødet'
    WHEN w->>'item_key' IS NULL THEN 'møde'
    WHEN w->>'part' LIKE 'bilag%' OR w->>'field' = 'sections' THEN 'bilag'
    ELSE 'punkt' END"""
RIGHT = """(SELECT t.app_label || '.' || p.codename FROM auth_permission p
    JOIN django_content_type t ON t.id = p.content_type_id WHERE p.id = {r}.permission_id)"""


def _membership(table: str, kind: str, name: str, value: str) -> Logged:
    row = f"jsonb_build_object('{kind}_id', {{r}}.{kind}_id, '{name}', {value})"
    return Logged(table, kind, "'konti'", row=row, object=f"(w->>'{kind}_id')::bigint", always_changed=True)


LOGGED = (
    Logged(
        *("minutes_meeting", "meeting", f"CASE WHEN {PREAMBLE} THEN 'hele mødet' ELSE 'møde' END"),
        without=("changed_at",),
        meeting="(w->>'id')::bigint",
    ),
    Logged(
        "minutes_agendaitem", "agendaitem", "'punkt'", item="(w->>'id')::bigint", meeting="(w->>'meeting_id')::bigint"
    ),
    Logged("minutes_section", "section", NAMES_ATTACHMENTS, **PART),
    Logged("minutes_recommendation", "recommendation", "'punkt'", **PART),
    Logged("minutes_attachment", "attachment", "'bilag'", without=("sort_key", "text"), **PART),
    Logged("minutes_decision", "decision", "'punkt'", **PART),
    Logged(
        *("minutes_decisionoutcome", "decisionoutcome", "'punkt'"),
        item="(SELECT d.item_id FROM minutes_decision d WHERE d.id = (w->>'decision_id')::bigint)",
        meeting="i.meeting_id",
    ),
    Logged("minutes_case", "case", "'sag'", without=("sort_key",)),
    Logged(
        *("minutes_sourcedocument", "sourcedocument", "'originalfil'"),
        without=("parsed", "read_at", "warnings"),
        meeting="(w->>'meeting_id')::bigint",
        source="(w->>'id')::bigint",
    ),
    Logged(
        *("minutes_correction", "correction", CORRECTION),
        meeting="(w->>'meeting_id')::bigint",
        item="""(SELECT k.id FROM minutes_agendaitem k
            WHERE k.meeting_id = (w->>'meeting_id')::bigint AND k.key = (w->>'item_key')::integer)""",
        source="(w->>'source_id')::bigint",
    ),
    # What rules find follows from texts that are logged.
    Logged("minutes_reference", "reference", "'begge punkter'", only="{r}.origin = 'redaktør'", **PART),
    Logged("minutes_synonym", "synonym", "'intet'"),
    Logged("auth_user", "user", "'konti'", without=("password", "last_login"), secret="password"),  # noqa: S106
    Logged("auth_group", "group", "'konti'"),
    _membership("auth_user_groups", "user", "groups", "(SELECT g.name FROM auth_group g WHERE g.id = {r}.group_id)"),
    _membership("auth_user_user_permissions", "user", "user_permissions", RIGHT),
    _membership("auth_group_permissions", "group", "permissions", RIGHT),
)

DIFFERING = """
CREATE FUNCTION minutes_differing(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(one) WHERE other->key IS DISTINCT FROM value
$$;
"""

# The account of the database that pages use needs no right to write to the log: what writes there is its owner's.
OWNERS = "LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT"
GUARD = f"""
CREATE FUNCTION minutes_keep_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('minutes.forgetting', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The log of changes is only added to.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER keep_changes BEFORE UPDATE OR DELETE ON minutes_change
    FOR EACH ROW EXECUTE FUNCTION minutes_keep_changes();

CREATE FUNCTION minutes_forget_changes(forgotten bigint[]) RETURNS bigint {OWNERS} AS $$
DECLARE
    gone bigint;
BEGIN
    PERFORM set_config('minutes.forgetting', 'yes', true);
    DELETE FROM minutes_change WHERE id = ANY (forgotten);
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('minutes.forgetting', '', true);
    RETURN gone;
END
$$;
"""


def _insert(one: Logged, rows: str) -> str:
    """Log what `rows` says: a query with `b` and `a`."""
    action = "'ændret'" if one.always_changed else "CASE WHEN b IS NULL THEN 'oprettet' ELSE 'slettet' END"
    both = "b IS NOT NULL AND a IS NOT NULL"
    # A part whose item is not known may belong to a closed one.
    unknown = "i.id IS NULL" if one.item != "NULL::bigint" else "false"
    if one.kind == "correction":
        unknown = "w->>'meeting_id' IS NOT NULL AND w->>'item_key' IS NOT NULL AND i.id IS NULL"
    if one.kind == "agendaitem":
        unknown = "false"
    return f"""
        INSERT INTO minutes_change (at, user_id, username, program, act, action, kind, object_id, meeting_id, item_id,
            source_id, reach, is_closed, before, after)
        SELECT now(), who, coalesce(known_as, ''), program, act,
            CASE WHEN {both} THEN 'ændret' ELSE {action} END,
            '{one.kind}', {one.object}, {one.meeting}, place.item, {one.source}, {one.reach},
            coalesce((b->>'is_closed')::boolean, false) OR coalesce((a->>'is_closed')::boolean, false)
                OR coalesce(i.is_closed, false) OR coalesce(m.is_closed, false) OR coalesce({unknown}, false),
            CASE WHEN {both} THEN minutes_differing(b, a) ELSE b END,
            CASE WHEN {both} THEN minutes_differing(a, b) ELSE a END
        FROM ({rows} OFFSET 0) AS written
        CROSS JOIN LATERAL (SELECT coalesce(a, b) AS w) AS known
        CROSS JOIN LATERAL (SELECT {one.item} AS item) AS place
        LEFT JOIN minutes_agendaitem i ON i.id = place.item
        LEFT JOIN minutes_meeting m ON m.id = {one.meeting}
        WHERE b IS DISTINCT FROM a
        ORDER BY (w->>'id')::bigint;"""


def _function(one: Logged) -> str:
    without = f" - ARRAY[{', '.join(repr(name) for name in one.without)}]" if one.without else ""

    def row(name: str) -> str:
        return one.row.format(r=name) + without

    def only(name: str) -> str:
        return one.only.format(r=name)

    changed = row("n")
    if one.secret:
        column = one.secret
        said = f"jsonb_build_object('{column}', 'ny')"
        changed = f"{changed} || CASE WHEN o.{column} = n.{column} THEN '{{}}' ELSE {said} END"
    added = _insert(one, f"SELECT NULL::jsonb AS b, {row('n')} AS a FROM new_rows n WHERE {only('n')}")
    gone = _insert(one, f"SELECT {row('o')} AS b, NULL::jsonb AS a FROM old_rows o WHERE {only('o')}")
    # A row that was given another key is one that went and one that came.
    altered = _insert(
        one,
        f"""SELECT CASE WHEN o.id IS NOT NULL THEN {row("o")} END AS b,
                CASE WHEN n.id IS NOT NULL THEN {changed} END AS a
            FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
            WHERE o IS DISTINCT FROM n AND ({only("o")} OR {only("n")})""",
    )
    return f"""
CREATE FUNCTION minutes_log_{one.table}() RETURNS trigger {OWNERS} AS $$
DECLARE
    context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
    act uuid := CASE WHEN context IS NOT NULL THEN nullif(current_setting('pghistory.context_id', true), '')::uuid END;
    who bigint := (context->>'user')::bigint;
    known_as text := (SELECT username FROM auth_user WHERE id = who);
    program text := left(coalesce(current_setting('application_name', true), ''), 64);
BEGIN
    IF TG_OP = 'INSERT' THEN {added}
    ELSIF TG_OP = 'UPDATE' THEN {altered}
    ELSIF TG_OP = 'DELETE' THEN {gone}
    ELSE
        INSERT INTO minutes_change (at, user_id, username, program, act, action, kind, reach, is_closed)
        VALUES (now(), who, coalesce(known_as, ''), program, act, 'tømt', '{one.kind}',
            CASE WHEN TG_TABLE_NAME LIKE 'auth%' THEN 'konti' ELSE 'intet' END, false);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER log_insert AFTER INSERT ON {one.table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION minutes_log_{one.table}();
CREATE TRIGGER log_update AFTER UPDATE ON {one.table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION minutes_log_{one.table}();
CREATE TRIGGER log_delete AFTER DELETE ON {one.table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION minutes_log_{one.table}();
CREATE TRIGGER log_truncate BEFORE TRUNCATE ON {one.table}
    FOR EACH STATEMENT EXECUTE FUNCTION minutes_log_{one.table}();
"""


FORWARDS = [DIFFERING, GUARD, *(_function(one) for one in LOGGED)]
BACKWARDS = [
    *(f"DROP FUNCTION minutes_log_{one.table}() CASCADE" for one in LOGGED),
    "DROP FUNCTION minutes_forget_changes(bigint[])",
    "DROP FUNCTION minutes_keep_changes() CASCADE",
    "DROP FUNCTION minutes_differing(jsonb, jsonb)",
]


def _kept_key(to: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0007_uploads"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(editable=False, verbose_name="hvornår")),
                ("user", _kept_key(settings.AUTH_USER_MODEL, "hvem")),
                (
                    "username",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="brugernavn"),
                ),
                ("program", models.CharField(blank=True, editable=False, max_length=64, verbose_name="program")),
                ("act", models.UUIDField(editable=False, null=True, verbose_name="samlet handling")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("oprettet", "Oprettet"),
                            ("ændret", "Ændret"),
                            ("slettet", "Slettet"),
                            ("tømt", "Hele tabellen tømt"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="handling",
                    ),
                ),
                ("kind", models.CharField(editable=False, max_length=40, verbose_name="art")),
                ("object_id", models.BigIntegerField(editable=False, null=True, verbose_name="rækkens nøgle")),
                ("meeting", _kept_key("minutes.meeting", "møde")),
                ("item", _kept_key("minutes.agendaitem", "punkt")),
                ("source", _kept_key("minutes.sourcedocument", "originalfil")),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("intet", "Intet"),
                            ("møde", "Mødet"),
                            ("hele mødet", "Mødet med alt, hvad der er i det"),
                            ("punkt", "Punktet"),
                            ("bilag", "Punktet og alle dets bilag"),
                            ("begge punkter", "Begge punkter"),
                            ("sag", "Sagen"),
                            ("originalfil", "Originalfilen"),
                            ("konti", "Konti, som kun administratorer ser"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="forudsætter åbent",
                    ),
                ),
                ("is_closed", models.BooleanField(editable=False, verbose_name="lukket dengang")),
                ("before", models.JSONField(editable=False, null=True, verbose_name="før")),
                ("after", models.JSONField(editable=False, null=True, verbose_name="efter")),
            ],
            options={
                "verbose_name": "ændring",
                "verbose_name_plural": "historik",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["at"], name="change_by_time"),
                    models.Index(fields=["kind", "object_id"], name="change_by_row"),
                    models.Index(fields=["meeting", "id"], name="change_by_meeting"),
                    models.Index(fields=["user", "id"], name="change_by_user"),
                    models.Index(fields=["item"], condition=models.Q(item__isnull=False), name="change_by_item"),
                    models.Index(fields=["source"], condition=models.Q(source__isnull=False), name="change_by_source"),
                    models.Index(fields=["meeting"], condition=models.Q(is_closed=True), name="change_closed"),
                ],
            },
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
