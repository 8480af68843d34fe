"""A folder of documents to a graph by the command itself: its cost, its files in other programs, and a build killed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DRAGOMAN = (sys.executable, "-m", "dragoman")
MOST_SECONDS, MOST_MEGABYTES = 5.0, 700
"""Of processor time, and of memory."""
USED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs a command and tells what it used; from a small process, as what a large one starts is told to be as large."""
TEXT = "Ghana and Togo signed an agreement on fishing in Accra. Ghana condemned terrorism. Togo supports Ghana.\n"


def dragoman(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, run in a process of its own."""
    return subprocess.run([*DRAGOMAN, *map(str, arguments)], capture_output=True, text=True, check=False)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A folder of one document."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "accra.txt").write_text(TEXT)
    return folder


@pytest.fixture(scope="module")
def out(sources, tmp_path_factory):
    """What the command made of it."""
    folder = tmp_path_factory.mktemp("built") / "out"
    told = dragoman("build", sources, "-o", folder)
    assert (told.returncode, told.stderr) == (0, "")
    return folder


def test_command_builds_answers_and_checks(sources, out):
    told = dragoman("query", out, "SELECT ?label { id:ghana dgm:criticizes/skos:prefLabel ?label }", "--format", "csv")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == ["label", "terrorism"]
    told = dragoman("check", out, "--documents", sources)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("command", [("serdi", "-q"), ("rapper", "-q", "-c", "-i", "turtle")])
def test_other_programs_read_the_turtle(out, command):
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    told = subprocess.run([*command, out / "graph.ttl"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_build_that_is_stopped_leaves_the_old_graph(sources, out, tmp_path, signal_):
    target = tmp_path / "out"
    shutil.copytree(out, target)
    before = read_folder(target)
    for wait in (0.3, 1.0, 2.0):
        running = subprocess.Popen([*DRAGOMAN, "build", sources, "-o", target], stderr=subprocess.PIPE)
        time.sleep(wait)
        running.send_signal(signal_)
        running.communicate(timeout=60)
        assert read_folder(target) == before
    left = [path.name for path in tmp_path.iterdir() if path != target]
    assert signal_ == signal.SIGKILL or left == []
    assert dragoman("build", sources, "-o", target).returncode == 0
    assert read_folder(target) == before


def test_two_documents_cost_little_time_and_memory(shared, tmp_path):
    command = [*DRAGOMAN, "build", str(shared / "seeds"), "-o", str(tmp_path / "out")]
    told = subprocess.run([sys.executable, "-c", USED, *command], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, told.stdout.splitlines()[-1].split())
    assert (seconds < MOST_SECONDS, megabytes < MOST_MEGABYTES) == (True, True), f"{seconds:.1f} s, {megabytes:.0f} MB"


def test_quotes_of_real_documents_are_verbatim(shared, tmp_path):
    for name in ("seeds", "corpus"):
        documents = tmp_path / name
        documents.mkdir()
        for path in (*(shared / name).glob("*.txt"), *(shared / name).glob("metadata.csv")):  # not the speeches beside
            shutil.copy(path, documents)
        if any(documents.iterdir()):
            out = tmp_path / f"{name}-out"
            assert dragoman("build", documents, "-o", out, "--no-page").returncode == 0
            told = dragoman("check", out, "--documents", documents)
            assert (told.returncode, told.stderr) == (0, "")
