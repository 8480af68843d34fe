"""Builds that are killed, that meet another, or that fill the disk: the folder holds the old graph or the new one.

Fifty builds are killed, or as many as the environment variable DRAGOMAN_KILLS says: half of them at a moment, half
before an operation on a file, each chosen at random from a fixed seed. They are forks of one process that has the
language model in memory, so that fifty take no longer than a few that begin with nothing.
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

from dragoman.builder import build
from dragoman.built import open_build
from dragoman.locking import locked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="this system has neither SIGKILL nor limits of file size"),
]

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "50"))
MAIN = "from dragoman.cli import main; main()"
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
FORKS = """
import os, signal, sys, time
import dragoman.builder, dragoman.extraction.reader, dragoman.language.model, dragoman.measures
from py3langid.langid import rank
rank("Whatever takes long to load is loaded once.")
model, names = dragoman.language.model.load_model(), dragoman.builder.load_gazetteer(dragoman.builder.load_ontology())
dragoman.language.model.load_model = lambda _: model
dragoman.builder.load_gazetteer = lambda _: names
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree", "ctypes.dlsym"}
def build(at, fresh, source, target, decisions):
    seen = []
    def count(event, arguments):
        if event in CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            seen.append(event)
            if len(seen) == at:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    start = time.monotonic()
    dragoman.builder.build(source, target, fresh=fresh, page=False, decisions=decisions or None)
    return len(seen), time.monotonic() - start
for line in sys.stdin:
    at, moment, fresh, source, target, decisions = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        print(*build(int(at), fresh == "fresh", source, target, decisions), flush=True)
        os._exit(0)
    if float(moment) >= 0:
        time.sleep(float(moment))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)
"""
"""For each line of input, a fork that builds, and is killed before the operation on a file of the number given, where
that is not 0, or so many seconds after its start, where these are not below 0; tells operations and seconds, and then
how it ended."""
SMALL_FILES = """
import resource, sys
from py3langid.langid import rank
rank("It unpacks what it knows into a file when it is first asked.")
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


class Forks:
    """Builds without a page in forks of one process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def build(
        self,
        source: Path,
        target: Path,
        *,
        at: int = 0,
        moment: float = -1,
        fresh: bool = False,
        decisions: Path | str = "",
    ) -> list[str]:
        """Build, and say how that ended; before it, operations and seconds, if it did so by itself."""
        asked = (at, moment, "fresh" if fresh else "", source, target, decisions)
        self.process.stdin.write("\t".join(map(str, asked)) + "\n")
        self.process.stdin.flush()
        told: list[str] = []
        while not told or told[-1] not in {"killed", "ended"}:
            told += self.process.stdout.readline().split()
        return told


@pytest.fixture(scope="module")
def forks():
    """A process that is ready to build."""
    forks = Forks()
    yield forks
    forks.process.stdin.close()
    forks.process.wait(60)


def test_build_killed_anywhere_leaves_the_old_graph_or_the_new_one(sources, forks, tmp_path):
    chance, target = random.Random(2024), tmp_path / "out"
    whole, cost = {}, {}
    for name, folder in sources.items():
        forks.build(folder, tmp_path / name)
        whole[name] = read_folder(tmp_path / name)
    for name in ("new", "old"):  # over the graph of the other, anew as most builds here do some work
        steps, seconds, _ = forks.build(sources[name], tmp_path / ("old" if name == "new" else "new"), fresh=True)
        cost[name] = int(steps), float(seconds)
        shutil.rmtree(tmp_path / ("old" if name == "new" else "new"))
    assert min(steps for steps, _ in cost.values()) > 15
    forks.build(sources["old"], target)
    now, met = "old", []
    for number in range(KILLS):
        other = "old" if now == "new" else "new"
        steps, seconds = cost[other]
        how = {"at": chance.randint(1, steps)} if number % 2 else {"moment": chance.uniform(0, seconds)}
        ended = forks.build(sources[other], target, fresh=number % 4 == 3, **how)[-1]
        found = read_folder(target)
        assert found in whole.values(), f"kill {number}: {how}"
        assert open_build(target).query("ASK { id:ghana a dgm:State }").truth
        now = next(name for name, files in whole.items() if files == found)
        met.append((ended, now == other))
        if number % 4 == 3:  # whatever the last four left beside the folder
            forks.build(sources[other], target)
            now = other
            assert read_folder(target) == whole[now]
            assert listing(tmp_path) == ["out"]
    assert met.count(("killed", False)) > KILLS / 4, f"few builds were killed before their end: {met}"
    print(f"{KILLS} kills: {[(how, met.count(how)) for how in sorted(set(met))]}")


def test_linking_anew_killed_anywhere_leaves_the_old_graph_or_the_new_one(sources, forks, tmp_path):
    chance, target = random.Random(2025), tmp_path / "out"
    rows = {"refused": "wrong claim,togo,supports,african-union,lome.txt,,AR,2031-06-01,read again\n", "all": ""}
    whole, cost, tables = {}, {}, {}
    (tmp_path / "tables").mkdir()
    for name, row in rows.items():
        tables[name] = tmp_path / "tables" / f"{name}.csv"
        tables[name].write_text(f"decision,subject,predicate,object,document,quote,who,when,why\n{row}")
        steps, seconds, _ = forks.build(sources["old"], target, decisions=tables[name])
        whole[name], cost[name] = read_folder(target), (int(steps), float(seconds))
    assert open_build(target).query("ASK { id:togo dgm:supports id:african-union }").truth
    assert whole["all"]["readings.jsonl"] == whole["refused"]["readings.jsonl"]
    assert whole["all"]["graph.nq"] != whole["refused"]["graph.nq"]
    now, met = "all", []
    for number in range(KILLS):
        other = "all" if now == "refused" else "refused"
        steps, seconds = cost["all"]  # of a build that had nothing to read
        how = {"at": chance.randint(1, steps)} if number % 2 else {"moment": chance.uniform(0, seconds)}
        ended = forks.build(sources["old"], target, decisions=tables[other], **how)[-1]
        found = read_folder(target)
        assert found in whole.values(), f"kill {number}: {how}"
        now = next(name for name, files in whole.items() if files == found)
        met.append((ended, now == other))
        if number % 4 == 3:
            forks.build(sources["old"], target, decisions=tables[other])
            now = other
            assert read_folder(target) == whole[now]
            assert listing(tmp_path) == ["out", "tables"]
    assert met.count(("killed", False)) > KILLS / 4, f"few were killed before their end: {met}"
    print(f"{KILLS} kills: {[(how, met.count(how)) for how in sorted(set(met))]}")


def test_build_killed_while_it_reads_goes_on_where_it_stopped(tmp_path):
    folder, target = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"Ghana thanked Togo {number} times. " * 40 + OLD["accra.txt"])
    build(folder, tmp_path / "whole", page=False)
    code = f"import dragoman.readers; dragoman.readers.WORTH = 100; {MAIN}"
    command = [sys.executable, "-c", code, "build", str(folder), "-o", str(target), "--no-page", "--workers", "2"]
    journal = tmp_path / ".out.journal.part"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not (journal.exists() and journal.read_bytes().count(b"\n") > 5):
            time.sleep(0.01)
        running.kill()
    read = journal.read_bytes().count(b"\n") - 1
    assert 5 <= read < 30
    assert not target.exists()
    built = build(folder, target, page=False)
    assert (built.reuse.kept, built.reuse.read) == (read, 30 - read)
    assert read_folder(target) == read_folder(tmp_path / "whole")
    assert listing(tmp_path) == ["documents", "out", "whole"]


def test_build_stopped_by_hand_leaves_no_process_and_goes_on(tmp_path):
    folder, target = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"Ghana thanked Togo {number} times. " * 40 + OLD["accra.txt"])
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # a background job is deaf to it
    code = f"{heard}; import dragoman.readers; dragoman.readers.WORTH = 100; {MAIN}"
    command = [sys.executable, "-c", code, "build", str(folder), "-o", str(target), "--no-page", "--workers", "2"]
    journal = tmp_path / ".out.journal.part"
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not journal.exists():
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        told = running.stderr.read()  # until its workers, who have the other end too, are gone
    assert (running.returncode, told) == (130, "\ndragoman: stopped\n")
    assert listing(tmp_path) == [".out.journal.part", "documents"]
    assert build(folder, target, page=False).reuse.kept > 0


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
    assert len(listing(tmp_path)) == 4  # the folder, the lock, the journal, and what the build left
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


@pytest.mark.parametrize(("most", "left"), [(200, ["out"]), (100_000, [".out.journal.part", "out"])])
def test_full_disk_is_one_clear_line_and_the_old_graph_stays(sources, graphs, tmp_path, most, left):
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
    assert listing(tmp_path) == left  # what was read, for the next build
