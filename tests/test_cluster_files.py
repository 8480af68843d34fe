"""Files opened on the workers of a Dask cluster: by these where they see them, else by who builds; always the same."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from dask_cluster import ask_workers, distributed, have_no_readers, resize, start, start_acting
from dragoman import cluster, workers
from dragoman.builder import build
from dragoman.built import Build
from dragoman.cluster import Cluster
from dragoman.keptfiles import ParsedWith
from dragoman.reading.documents import NOTHING_KEPT, Options, find_files
from dragoman.reading.opening import Opened, SourceFile
from dragoman.reading.stores import Disk, Sight
from dragoman.records import Skipped
from dragoman.worker import Setup
from sample_files import letter, meeting_record, pack, word, words

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGKILL")

LINE = "Ghana condemned the attack in Mali. Togo supports the African Union."
OPTIONS = Options(text_column="speech")
BOOT = """
import os, signal, sys
sys.path[:] = sys.argv[1:]
import dragoman.errands, dragoman.worker
real = dragoman.errands.iter_texts
def act(file, options, apart):
    with file.store.open(file.path) as stream:
        data = stream.read()
    if data.startswith(b"die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if data.startswith(b"murder"):
        os.kill(os.getppid(), signal.SIGKILL)
    if data.startswith(b"fail"):
        raise MemoryError
    return real(file, options, apart)
dragoman.errands.iter_texts = act
dragoman.worker.main()
"""
"""A process that opens files does what the first word of one says."""
names = count()
watched: list[Path] = []
opened_here: set[str] = set()


def note_opened(event: str, arguments: tuple[object, ...]) -> None:
    """Remember which files of the folder that is watched this process opens, by whatever means."""
    if event == "open" and watched and isinstance(arguments[0], str | bytes):
        path = Path(os.fsdecode(arguments[0]))
        if path.parent in watched:
            opened_here.add(path.name)


sys.addaudithook(note_opened)


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[distributed.LocalCluster]:
    """Two workers, whose processes do what files say."""
    with start_acting(BOOT, tmp_path_factory.mktemp("preload")) as found:
        yield found


@pytest.fixture(scope="module")
def growing() -> Iterator[distributed.LocalCluster]:
    """A cluster as it is, of one worker, which tests make larger."""
    with start(1) as found:
        yield found


def fill(folder: Path) -> Path:
    """Files of many kinds; some are damaged, copies of others, or hold several texts."""
    folder.mkdir(parents=True)
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(f"Accra, {number + 1} May 2021\n\n{LINE} It was note {number}.\n")
        (folder / f"{number:02}.html").write_text(f"<main><p>{LINE} It was page {number}.</p></main>")
    (folder / "03a.txt").write_bytes((folder / "03.txt").read_bytes())
    (folder / "04a.docx").write_bytes(b"PK, and no more")
    (folder / "a.docx").write_bytes(word(words("A word.") + words(LINE)))
    (folder / "c.eml").write_bytes(letter(f"{LINE} So it is.").as_bytes())
    inner = {"inner/d.txt": f"{LINE} And so on.", "inner/e.html": f"<p>{LINE}</p>", "f.txt": f"{LINE} Once more."}
    (folder / "d.zip").write_bytes(pack({**inner, "metadata.csv": "file,date\nf.txt,2031\n"}))
    (folder / "e.jsonl").write_text(f'{{"id": "1", "speech": "{LINE} A row."}}\n')
    (folder / "record.pdf").write_bytes(meeting_record())
    rows = ("01.html,The first,Togo", "record.pdf#02,A speech,", "d.zip/inner/d.txt,Within,", "lost.txt,Lost,")
    (folder / "metadata.csv").write_text("\n".join(("file,title,author", *rows)))
    return folder


def open_on(
    on: distributed.LocalCluster, folder: Path | str, tell: Callable[[str, int, int], None] = lambda *_: None
) -> dict[str, Opened]:
    """What workers found in the files below a folder or an address."""
    with Cluster(Setup(), scheduler=on.scheduler_address, tell=tell) as workers_there:
        found = workers_there.open_each(find_files([folder]).files, OPTIONS, NOTHING_KEPT)
        return {opened[0].name: opened for opened in found}


def reason_for(opened: Opened) -> str:
    """Why a file is not to be had; "" where it was left to who builds."""
    (line,) = opened[1] or (Skipped("", ""),)
    assert isinstance(line, Skipped)
    return line.reason


@pytest.mark.usefixtures("small_batches")
def test_files_come_in_their_order_with_what_is_in_them(acting, tmp_path):
    folder = fill(tmp_path / "documents")
    told: list[str] = []
    found = open_on(acting, folder, lambda stage, *_: told.append(stage))
    assert list(found) == [file.name for file in find_files([folder]).files]
    assert [len(content or ()) for _, content in (found["d.zip"], found["e.jsonl"], found["c.eml"])] == [3, 1, 1]
    assert reason_for(found["04a.docx"]).startswith("damaged or cut short")
    assert all(file.sha256 for file, _ in found.values())
    assert told == []
    assert have_no_readers(acting)


def test_files_whose_names_are_the_same_to_people_are_told_apart(acting, tmp_path):
    for number, name in enumerate(("caf\u00e9.txt", "cafe\u0301.txt")):
        (tmp_path / name).write_text(f"{LINE} {number}")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system takes them for one")
    with Cluster(Setup(), scheduler=acting.scheduler_address) as there:
        found = list(there.open_each(find_files([tmp_path]).files, OPTIONS, NOTHING_KEPT))
    assert len({file.name for file, _ in found}) == 1
    assert all(sha256(file.path.read_bytes()).hexdigest() == file.sha256 for file, _ in found)


@pytest.mark.usefixtures("small_batches")
def test_a_file_that_ends_processes_is_left_out_and_all_others_are_opened(acting, tmp_path):
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text({4: "die", 9: "fail"}.get(number, f"{LINE} {number}"))
    pids, told = ask_workers(acting, os.getpid), []
    found = open_on(acting, tmp_path, lambda stage, *_: told.append(stage))
    assert reason_for(found.pop("04.txt")) == workers.KILLER
    assert found.pop("09.txt")[1] is None, "who builds may have more memory"
    assert told == ["reader: 09.txt, and files like it, are opened here: a worker failed on it (MemoryError)"]
    assert all(content and not isinstance(content[0], Skipped) for _, content in found.values())
    assert ask_workers(acting, os.getpid) == pids, "the workers live on"


@pytest.mark.usefixtures("small_batches")
def test_a_file_that_ends_workers_is_left_out_and_all_others_are_opened(acting, tmp_path):
    for number in range(6):
        (tmp_path / f"{number:02}.txt").write_text({3: "murder"}.get(number, f"{LINE} {number}"))
    found = open_on(acting, tmp_path)
    assert reason_for(found.pop("03.txt")) == cluster.KILLER
    assert all(content and not isinstance(content[0], Skipped) for _, content in found.values())


def test_workers_that_parse_otherwise_leave_files_to_who_builds_and_it_is_told_once(acting, tmp_path, monkeypatch):
    fill(tmp_path / "documents")
    monkeypatch.setattr(ParsedWith, "now", lambda **_: ParsedWith("c", "o", "pypdfium2 1.0", ()))
    told: list[str] = []
    found = open_on(acting, tmp_path / "documents", lambda stage, *_: told.append(stage))
    assert {content for _, content in found.values()} == {None}
    start = "reader: 00.html, and files like it, are opened here: a worker (tcp://127.0.0.1:"
    assert {line[: len(start)] for line in told} == {start}
    assert len(told) <= 2, "once for each worker"
    assert " there, pypdfium2 1.0 here)" in told[0]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("shared") / "documents")


@pytest.fixture(scope="module")
def alone(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process builds of them."""
    out = tmp_path_factory.mktemp("alone") / "out"
    build(documents, out, workers=1, options=OPTIONS, page=False)
    return out


def differences(one: Path, other: Path) -> list[str]:
    """The files, of two folders, that are not the same to the byte."""
    names = {path.relative_to(folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    return sorted(
        str(name)
        for name in names
        if not all((folder / name).is_file() for folder in (one, other))
        or (one / name).read_bytes() != (other / name).read_bytes()
    )


@pytest.fixture
def watch() -> Iterator[Callable[[Path], None]]:
    """Has it be remembered which files of a folder are opened here."""
    opened_here.clear()
    yield watched.append
    watched.clear()


def build_on(
    growing: distributed.LocalCluster, size: int, source: Path | str, out: Path, killed: int = 0
) -> tuple[Build, list[str]]:
    """The build by as many workers as `size`, and what was told."""
    resize(growing, size)
    to_kill, told = ask_workers(growing, os.getpid)[:killed], []

    def progress(stage: str, done: int, _total: int) -> None:
        if stage.startswith("reader: "):
            told.append(stage)
        if stage == "reading" and done >= 3 and to_kill:
            os.kill(to_kill.pop(), signal.SIGKILL)

    address = growing.scheduler_address
    built = build(source, out, scheduler=address, options=OPTIONS, page=False, progress=progress)
    assert not to_kill, "nobody was killed"
    return built, told


@pytest.mark.slow
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(("size", "killed"), [(1, 0), (2, 1), (4, 0)])
def test_workers_open_all_files_and_the_graph_is_that_of_one_process_to_the_byte(
    size, killed, growing, documents, alone, tmp_path, watch
):
    watch(documents)
    built, told = build_on(growing, size, documents, tmp_path / "out", killed)
    assert differences(alone, tmp_path / "out") == []
    assert opened_here == {"metadata.csv"}
    assert told == []
    assert [line.name for line in built.skipped] == ["03a.txt", "04a.docx"]


@pytest.mark.slow
@pytest.mark.usefixtures("small_batches")
def test_a_worker_that_is_killed_while_it_opens_files_is_made_up_for(growing, documents, alone, tmp_path, monkeypatch):
    resize(growing, 2)
    to_kill, taken = ask_workers(growing, os.getpid)[:1], count()

    def take(file: SourceFile, *answered: object) -> tuple[Opened, str]:
        if next(taken) == 3:
            os.kill(to_kill.pop(), signal.SIGKILL)
        return take_answer(file, *answered)

    take_answer = cluster.take
    monkeypatch.setattr(cluster, "take", take)
    _, told = build_on(growing, 2, documents, tmp_path / "out")
    assert not to_kill, "nobody was killed"
    assert differences(alone, tmp_path / "out") == []
    assert told == []


@pytest.mark.slow
def test_the_next_build_opens_nothing_here_either_and_reads_what_has_changed(growing, tmp_path, watch):
    folder = fill(tmp_path / "documents")
    first, _ = build_on(growing, 2, folder, tmp_path / "out")
    (folder / "05.html").write_text(f"<p>{LINE} It has changed.</p>")
    watch(folder)
    second, told = build_on(growing, 2, folder, tmp_path / "out")
    assert (first.reuse.kept, second.reuse.read) == (0, 1)
    assert opened_here == {"metadata.csv"}
    assert told == []
    build(folder, tmp_path / "fresh", workers=1, options=OPTIONS, page=False)
    assert differences(tmp_path / "fresh", tmp_path / "out") == []


@pytest.mark.slow
def test_files_that_look_otherwise_to_workers_are_opened_here_and_the_graph_is_the_same(
    growing, documents, alone, tmp_path, monkeypatch, watch
):
    look = Disk.look

    def see_otherwise(self: Disk, path: Path) -> Sight:
        seen = look(self, path)
        return Sight(seen.place, seen.size, (("mtime", "0"),)) if path.suffix in {".html", ".pdf"} else seen

    monkeypatch.setattr(Disk, "look", see_otherwise)
    watch(documents)
    _, told = build_on(growing, 2, documents, tmp_path / "out")
    assert differences(alone, tmp_path / "out") == []
    assert {Path(name).suffix for name in opened_here} == {".csv", ".html", ".pdf"}
    start = "reader: 00.html, and files like it, are opened here: a worker does not see it as it is seen here ("
    assert told == [f"{start}another file is there, or it has changed)"]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_an_address_that_workers_reach_is_opened_there_and_another_here(
    growing, documents, alone, tmp_path, scheme, watch
):
    fsspec = pytest.importorskip("fsspec", reason="fsspec, which the extra [cluster] brings, is not here")
    address = documents.as_uri()
    if scheme == "memory":  # that of each process is its own
        address = f"memory://shared-{next(names)}"
        for path in documents.iterdir():
            fsspec.filesystem("memory").pipe(f"{address}/{path.name}", path.read_bytes())
    watch(documents)
    _, told = build_on(growing, 2, address, tmp_path / "out")
    assert differences(alone, tmp_path / "out") == []
    assert opened_here == ({"metadata.csv"} if scheme == "file" else set())
    assert [line.partition(": a worker ")[2] for line in told] == (
        [] if scheme == "file" else ["does not see it as it is seen here (No such file or directory)"]
    )
