"""`make`, as somebody meets it in a fresh clone."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

MAKEFILE = Path(__file__).parents[1] / "Makefile"


def make(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in `directory` as if nobody had called it from another make."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--file", MAKEFILE, *arguments]
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


def test_alone_it_says_what_there_is() -> None:
    done = make(MAKEFILE.parent)
    targets = re.search(r"^\.PHONY: (.*)$", MAKEFILE.read_text(), re.M)
    assert targets
    assert re.findall(r"^  make ([\w-]+) +\S", done.stdout, re.M) == targets[1].split()
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_python_one_line_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "requirements-dev.txt").touch()
    old = tmp_path / "python-too-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = make(tmp_path, "test", f"CANDIDATES=no-such-python {old}")
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert "Python 3.12 or newer" in said[0]
    assert "install" in said[0]
    assert not (tmp_path / ".venv").exists()
