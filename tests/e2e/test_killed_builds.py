"""Builds that are killed, that meet another, or that fill the disk: the folder holds the old graph or the new one.

Eight builds are killed, or as many as the environment variable DRAGOMAN_KILLS says (50 for a thorough run): half of
them at a moment, half before an operation on a file, each chosen at random from a fixed seed.
"""

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

from dragoman.builder import build, open_build
from dragoman.locking import locked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="this system has neither SIGKILL nor limits of file size"),
]

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "8"))
DRAGOMAN = (sys.executable, "-m", "dragoman")
OLD = {
    "accra.txt": "Ghana and Togo signed an agreement on fishing in Accra. Ghana condemned terrorism.\n",
    "lome.txt": "Togo supports the African Union. Chad did not condemn terrorism.\n",
}
NEW = {
    "accra.txt": OLD["accra.txt"],
    "bamako.txt": "Mali thanked Ghana. The African Union called on Chad to support the ceasefire in Mali.\n",
}
KILLED_AT = """
import atexit, os, signal, sys
at, seen = int(sys.argv.pop(1)), []
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree", "ctypes.dlsym"}
def count(event, arguments):
    if event in CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
        seen.append(event)
        if len(seen) == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
if not at:
    atexit.register(lambda: print("seen", *seen))
from dragoman.cli import main
main()
"""
"""Runs the command, and kills it before the operation on a file of the number given; 0 lets it end and lists them."""
SMALL_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
del sys.argv[1]
from dragoman.cli import main
main()
"""


def read_folder(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listing(folder: Path) -> list[str]:
    """Names in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The documents of last week and of this one."""
    folders = {}
    for name, texts in (("old", OLD), ("new", NEW)):
        folders[name] = tmp_path_factory.mktemp(name)
        for file, text in texts.items():
            (folders[name] / file).write_text(text)
    return folders


@pytest.fixture(scope="module")
def operations(sources, graphs, tmp_path_factory):
    """What a build of this week's documents over last week's graph does with files, in order, and its seconds."""
    target = tmp_path_factory.mktemp("operations") / "out"
    shutil.copytree(graphs["old"], target)
    command = [sys.executable, "-c", KILLED_AT, "0", "build", str(sources["new"]), "-o", str(target)]
    start = time.monotonic()
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return told.splitlines()[-1].split()[1:], time.monotonic() - start


@pytest.fixture(scope="module")
def graphs(sources, tmp_path_factory):
    """What a build that nobody kills makes of each."""
    found = {}
    for name, folder in sources.items():
        target = tmp_path_factory.mktemp("graphs") / name
        build(folder, target)
        found[name] = target
    return found


def test_build_killed_anywhere_leaves_the_old_graph_or_the_new_one(sources, graphs, operations, tmp_path):
    chance, target = random.Random(2024), tmp_path / "out"
    whole = {name: read_folder(folder) for name, folder in graphs.items()}
    shutil.copytree(graphs["old"], target)
    steps, seconds = operations
    assert len(steps) > 15
    now, met = "old", []
    for number in range(KILLS):
        other = "old" if now == "new" else "new"
        command = ["build", str(sources[other]), "-o", str(target), *(["--fresh"] if number % 4 == 3 else [])]
        at = chance.randint(1, len(steps)) if number % 2 else 0
        program = ["-c", KILLED_AT, str(at)] if at else ["-m", "dragoman"]
        running = subprocess.Popen([sys.executable, *program, *command], stdout=subprocess.DEVNULL)
        if not at:
            time.sleep(chance.uniform(0, seconds))
            running.send_signal(signal.SIGKILL)
        running.wait(120)
        found = read_folder(target)
        assert found in whole.values(), f"killed at operation {at}" if at else "killed at a moment"
        assert open_build(target).query("ASK { id:ghana a dgm:State }").truth
        now = next(name for name, files in whole.items() if files == found)
        met.append((running.returncode, now == other))
        if number % 4 == 3:  # whatever the last four left beside the folder
            build(sources[other], target)
            now = other
            assert read_folder(target) == whole[now]
            assert listing(tmp_path) == ["out"]
    assert (-signal.SIGKILL, False) in met, "no build was killed before its end"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="this system does not swap folders in one step")
@pytest.mark.parametrize(("later", "expected"), [(0, "old"), (1, "new")])
def test_build_killed_before_or_after_folders_are_swapped_leaves_a_whole_graph(
    sources, graphs, operations, tmp_path, later, expected
):
    target, (steps, _) = tmp_path / "out", operations
    swap = max(at for at, step in enumerate(steps, start=1) if step == "ctypes.dlsym")
    shutil.copytree(graphs["old"], target)
    command = [sys.executable, "-c", KILLED_AT, str(swap + later), "build", str(sources["new"]), "-o", str(target)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert read_folder(target) == read_folder(graphs[expected])
    assert len(listing(tmp_path)) == 3  # the folder, the lock, and what the build left
    build(sources["new"], target)
    assert read_folder(target) == read_folder(graphs["new"])
    assert listing(tmp_path) == ["out"]


def test_second_build_waits_for_the_first_and_says_so(sources, graphs, tmp_path):
    target = tmp_path / "out"
    command = [*DRAGOMAN, "build", str(sources["new"]), "-o", str(target)]
    with locked(tmp_path / ".out.lock.part"):
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert running.stderr.readline() == "dragoman: waiting for another build into this folder\n"
        assert running.poll() is None
        assert listing(tmp_path) == [".out.lock.part"]
    _, errors = running.communicate(timeout=120)
    assert (running.returncode, errors) == (0, "")
    assert read_folder(target) == read_folder(graphs["new"])


def test_builds_at_once_into_one_folder_end_well(sources, graphs, tmp_path):
    target = tmp_path / "out"
    command = [*DRAGOMAN, "build", str(sources["new"]), "-o", str(target)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [each.communicate(timeout=240)[0] for each in running]
    assert [each.returncode for each in running] == [0, 0]
    assert sum("Kept     2 readings of the last build; 0 documents were read anew" in text for text in told) == 1
    assert read_folder(target) == read_folder(graphs["new"])
    assert listing(tmp_path) == ["out"]


@pytest.mark.parametrize("most", [200, 100_000])
def test_full_disk_is_one_clear_line_and_the_old_graph_stays(sources, graphs, tmp_path, most):
    target = tmp_path / "out"
    shutil.copytree(graphs["old"], target)
    command = [sys.executable, "-c", SMALL_FILES, str(most), "build", str(sources["new"]), "-o", str(target)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        f"dragoman: {target}: cannot be written: File too large; the old graph is left as it was; "
        "make room, or give another folder with -o\n"
    )
    assert read_folder(target) == read_folder(graphs["old"])
    assert listing(tmp_path) == ["out"]
