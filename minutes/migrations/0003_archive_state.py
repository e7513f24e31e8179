"""A stamp for every transaction that writes to what pages show: see `minutes.models.versions`."""

from django.db import migrations, models

# Accounts count where pages show a name; logging in is no such change.
WATCHED = (
    "agendaitem",
    "attachment",
    "case",
    "correction",
    "deadline",
    "decision",
    "decisionoutcome",
    "meeting",
    "recommendation",
    "reference",
    "searchentry",
    "searchfacets",
    "searchtext",
    "section",
    "sourcedocument",
    "synonym",
    "word",
)
NAMES = "UPDATE OF username, first_name, last_name"

# Once a transaction: the setting ends with it, and is rolled back together with the stamp.
FUNCTION = """
CREATE FUNCTION minutes_leave_stamp() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF coalesce(current_setting('minutes.stamped', true), '') = '' THEN
        UPDATE minutes_archivestamp SET stamp = gen_random_uuid()
            WHERE id = (SELECT id FROM minutes_archivestamp ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF NOT FOUND THEN
            INSERT INTO minutes_archivestamp (stamp) VALUES (gen_random_uuid());
        END IF;
        PERFORM set_config('minutes.stamped', 'yes', true);
    END IF;
    RETURN NULL;
END
$$;
"""


def _trigger(table: str, events: str) -> str:
    return f"""
        CREATE TRIGGER leave_stamp AFTER {events} ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION minutes_leave_stamp();
    """


TRIGGERS = [_trigger(f"minutes_{name}", "INSERT OR UPDATE OR DELETE OR TRUNCATE") for name in WATCHED]
TRIGGERS.append(_trigger("auth_user", NAMES))


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_deadlines_and_confirmation")]

    operations = [
        migrations.CreateModel(
            name="ArchiveStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.UUIDField(verbose_name="mærke")),
            ],
            options={"verbose_name": "arkivets tilstand", "verbose_name_plural": "arkivets tilstand"},
        ),
        migrations.RunSQL([FUNCTION, *TRIGGERS], "DROP FUNCTION minutes_leave_stamp() CASCADE"),
    ]
