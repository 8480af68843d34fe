"""Stores on disk whose making is killed, or that two make at once: a whole store or none, and the right answer."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.keptstore import find_store
from dragoman.locking import locked
from dragoman.query import load_store, run_query

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGKILL"),
]

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "50")) // 2
EXAMPLE = Path(__file__).parents[2] / "graphs" / "un-oic" / "graph"
STATES = "SELECT ?label { ?x a dgm:State ; skos:prefLabel ?label }"
ASKED = """
import os, signal, sys
import dragoman.keptstore
at, seen = int(sys.argv.pop(1)), []
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree"}
def count(event, arguments):
    if event in CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
        seen.append(event)
        if len(seen) == at:
            os.kill(os.getpid(), signal.SIGKILL)
dragoman.keptstore.SMALL = 0
sys.addaudithook(count)
from dragoman.cli import main
try:
    main()
finally:
    print("steps", len(seen), file=sys.stderr)
"""
"""Runs a command for which every graph is large, and kills it before the operation on a file of the number given."""


def asking(out: Path, at: int = 0) -> subprocess.Popen[str]:
    """A process that asks for the states, and makes the store if there is none."""
    command = [sys.executable, "-c", ASKED, str(at), "query", str(out), STATES, "--format", "csv"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def listing(folder: Path) -> list[str]:
    """Names in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path):
    """A graph that was not written just now."""
    (tmp_path / "out").mkdir()
    shutil.copy(EXAMPLE / "graph.nq", tmp_path / "out")
    time.sleep(2.1)
    return tmp_path / "out"


def test_a_making_that_is_killed_anywhere_leaves_a_whole_store_or_none(out):
    chance, whole = random.Random(2026), run_query(load_store(out), STATES).rows
    began = time.monotonic()
    first = asking(out)
    answer, told = first.communicate(timeout=120)
    seconds, steps = time.monotonic() - began, int(told.split()[-1])
    assert listing(out) == ["graph.nq", "graph.store"]
    assert steps > 8
    met = []
    for number in range(KILLS):
        if number % 3 == 0:
            (out / "graph.store" / "store.json").unlink(missing_ok=True)  # one that is replaced
            (out / "graph.store" / "store.json").parent.mkdir(exist_ok=True)
            (out / "graph.store" / "store.json").write_text("{}")
        else:
            shutil.rmtree(out / "graph.store", ignore_errors=True)
        killed = asking(out, chance.randint(1, steps) if number % 2 else 0)
        if not number % 2:
            time.sleep(chance.uniform(0, seconds))
            killed.kill()
        killed.communicate(timeout=120)
        store = find_store(out)
        met.append((killed.returncode, store is not None))
        if store is not None:
            assert run_query(store, STATES).rows == whole, f"kill {number}"
        else:
            left = out / "graph.store" / "store.json"
            assert not left.parent.exists() or left.read_text() == "{}", f"kill {number}"
        if number % 4 == 3:
            again = asking(out)
            assert again.communicate(timeout=120)[0] == answer
            assert [name for name in listing(out) if list((out / name).glob("*"))] == ["graph.store"]
    assert met.count((-signal.SIGKILL, False)) > KILLS / 4, f"few were killed before their end: {met}"


def test_a_removal_that_is_killed_leaves_a_whole_store_or_none(out):
    asking(out).communicate(timeout=120)
    command = [sys.executable, "-c", ASKED, "0", "store", str(out), "--remove"]
    steps = int(subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()[-1])
    for at in range(1, steps + 1):
        asking(out).communicate(timeout=120)
        command[3] = str(at)
        assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL
        assert (out / "graph.store").exists() == (find_store(out) is not None)


def test_two_that_ask_at_once_make_one_store(out):
    running = [asking(out) for _ in range(3)]
    told = [each.communicate(timeout=120) for each in running]
    assert len({answer for answer, _ in told}) == 1
    assert sum("making a store" in lines for _, lines in told) == 1
    assert listing(out) == ["graph.nq", "graph.store"]


def test_who_has_to_wait_says_so(out):
    with locked(out / ".graph.store.lock.part"):
        waiting = asking(out)
        assert waiting.stderr.readline() == "dragoman: waiting for another that makes the store of this graph\n"
        assert waiting.poll() is None
    assert waiting.communicate(timeout=120)[0].startswith("label")
    assert waiting.returncode == 0
