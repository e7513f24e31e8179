"""The child process: what it returns, how it is bounded, and that nothing it does harms its parent."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.parsing import assemble, bounded
from minutes.parsing.bounded import Child
from minutes.parsing.errors import NotMinutes, OutOfBounds, TooLarge, UnknownKind
from minutes.parsing.limits import Limits
from minutes.parsing.readers import read
from minutes.parsing.worker import LENGTH

REFERATER = Path(__file__).parents[1] / "referater"
ROOT = Path(__file__).parents[2]
REFERAT = (REFERATER / "2016-10-11.pdf").read_bytes()
TEXT = b"REFERAT Chefforum d. 14-06-2017\n\nPunkt 1: CF - Evt.\n\nBeslutning\n\nGodkendt.\n"
LONG = b"- a\n" * 1_000_000
MEGABYTE = 1024 * 1024
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child(Limits())
    yield child
    child.close()


@pytest.mark.parametrize("name", ["2016-10-11.pdf", "2016-10-11.docx", "2016-10-11.md", "2023-12-07.txt"])
def test_the_same_as_in_this_process(name: str) -> None:
    content = (REFERATER / name).read_bytes()
    assert bounded.parse_bytes(content) == bounded.parse_file(REFERATER / name) == assemble.parse(read(content))


def test_errors_cross_with_their_kind_and_place() -> None:
    with pytest.raises(UnknownKind, match="PNG"):
        bounded.parse_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(NotMinutes):
        bounded.parse_bytes("Kære alle. I morgen er der kage.".encode())
    with pytest.raises(TooLarge) as caught:
        bounded.parse_bytes(b"kort\n" + b"a" * 200, Limits(max_line_characters=100))
    assert caught.value.line == 2


def test_one_child_reads_many_files(child: Child) -> None:
    child.parse(TEXT, Limits())
    first = child.pid
    with pytest.raises(UnknownKind):
        child.parse(b"\x89PNG", Limits())
    child.parse(REFERAT, Limits())
    assert child.pid == first
    assert MEGABYTE < child.peak_bytes < 200 * MEGABYTE


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    with path.open("wb") as file:
        file.truncate(300 * MEGABYTE)
    with pytest.raises(TooLarge, match="Filen er på 300 MB"):
        bounded.parse_file(path)


def test_a_deadline(child: Child) -> None:
    child.parse(TEXT, Limits())
    limits = Limits(seconds=0.2)
    started = time.monotonic()
    with pytest.raises(OutOfBounds, match="tog mere end"):
        child.parse(LONG, limits)
    assert time.monotonic() - started < 5
    assert child.parse(TEXT, Limits()).items


@on_linux
def test_a_memory_limit() -> None:
    limits = Limits(memory_bytes=50 * MEGABYTE)
    small = Child(limits)
    try:
        with pytest.raises(OutOfBounds, match="hukommelse"):
            small.parse(LONG, limits)
        assert small.parse(TEXT, limits).items
    finally:
        small.close()


def test_a_child_that_dies_is_replaced(child: Child) -> None:
    child.parse(TEXT, Limits())
    first = child.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while Path(f"/proc/{first}").exists() and b"(zombie)" not in Path(f"/proc/{first}/status").read_bytes():
        time.sleep(0.01)
    assert child.parse(TEXT, Limits()).items
    assert child.pid != first


def test_a_child_that_dies_in_mid_file(child: Child) -> None:
    child.parse(TEXT, Limits())
    killer = threading.Timer(0.2, os.kill, (child.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(OutOfBounds, match="gå ned"):
        child.parse(LONG, Limits())
    killer.join()
    assert child.parse(TEXT, Limits()).items


def test_threads_have_children_of_their_own() -> None:
    found: list[int] = []

    def work() -> None:
        found.append(len(bounded.parse_bytes(REFERAT).items))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [5, 5, 5]


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_forked_process_takes_a_child_of_its_own() -> None:
    done = run(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from minutes.parsing import bounded\n"
        "def pid():\n"
        "    bounded.parse_file(Path('tests/referater/2023-12-07.txt'))\n"
        "    return bounded._local.child.pid\n"
        "mine = pid()\n"
        "if os.fork() == 0:\n"
        "    os._exit(0 if pid() != mine else 1)\n"
        "status = os.wait()[1]\n"
        "sys.exit(status or (0 if pid() == mine else 2))\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


@on_linux
def test_no_secret_no_handle_and_no_core_dump_reach_the_child() -> None:
    done = run(
        "import json\n"
        "from pathlib import Path\n"
        "from minutes.parsing import bounded\n"
        "open_file = open('README.md')\n"
        "bounded.parse_file(Path('tests/referater/2023-12-07.txt'))\n"
        "proc = Path('/proc', str(bounded._local.child.pid))\n"
        "limits = {line[:26].strip(): line.split()[-3] for line in (proc / 'limits').read_text().splitlines()}\n"
        "print(json.dumps({'environment': (proc / 'environ').read_text(),\n"
        "    'files': [str(file.readlink()) for file in (proc / 'fd').iterdir()],\n"
        "    'core': limits['Max core file size'], 'folder': str((proc / 'cwd').readlink())}))\n",
        SECRET_KEY="hemmelig-noegle",
        DATABASE_URL="postgres://hemmelig",
    )
    told = json.loads(done.stdout)
    assert "hemmelig" not in told["environment"]
    assert all(file == "/dev/null" or file.startswith("pipe:") for file in told["files"])
    assert len(told["files"]) == 5
    assert (told["core"], told["folder"]) == ("0", "/")


@on_linux
def test_the_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time\n"
            "from pathlib import Path\n"
            "from minutes.parsing import bounded\n"
            "bounded.parse_file(Path('tests/referater/2023-12-07.txt'))\n"
            "print(bounded._local.child.pid, flush=True)\n"
            "time.sleep(60)\n",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    worker = Path("/proc", parent.stdout.readline().strip())
    assert worker.exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while worker.exists() and "Z (zombie)" not in (worker / "status").read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not worker.exists() or "Z (zombie)" in (worker / "status").read_text()


ANSWERS = {
    "no JSON": b"not json",
    "another form": b'{"peak_bytes": 1, "parsed": {"kind": "referat"}}',
    "an unknown error": b'{"peak_bytes": 1, "error": {"code": "x", "message": "m", "page": null, "line": null}}',
    "a list": b"[]",
    "nested without end": b"[" * 200_000,
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_child_that_was_taken_over_can_only_be_refused(
    answer: bytes, child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place is taken by a program that answers nonsense."""
    program = tmp_path / "python"
    (tmp_path / "answer").write_bytes(LENGTH.pack(len(answer)) + answer)
    program.write_text(f"#!/bin/sh\nhead -c 8 > /dev/null\ncat '{tmp_path}/answer'\nsleep 5\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(OutOfBounds):
        child.parse(TEXT, Limits())


def test_a_fault_of_the_program_is_logged_and_refuses_one_file(
    child: Child, caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = json.dumps({"peak_bytes": 1, "fault": "Traceback: TypeError"}).encode()
    program = tmp_path / "python"
    (tmp_path / "answer").write_bytes(LENGTH.pack(len(answer)) + answer)
    program.write_text(f"#!/bin/sh\nhead -c 8 > /dev/null\ncat '{tmp_path}/answer'\nsleep 5\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with caplog.at_level(logging.ERROR), pytest.raises(OutOfBounds):
        child.parse(TEXT, Limits())
    assert "TypeError" in caplog.text


def test_parsing_needs_no_django() -> None:
    done = run(
        "import sys\n"
        "class Blocked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('django', 'psycopg'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Blocked())\n"
        "from pathlib import Path\n"
        "from minutes.parsing import assemble, bounded, readers\n"
        "for file in ('2016-10-11.pdf', '2016-10-11.docx', '2016-10-11.md', '2023-12-07.txt'):\n"
        "    assert assemble.parse(readers.read(Path('tests/referater', file).read_bytes())).items\n"
        "assert not any(name.startswith('django') for name in sys.modules)\n"
    )
    assert (done.returncode, done.stderr) == (0, "")
