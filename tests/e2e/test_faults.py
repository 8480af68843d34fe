"""What goes wrong around a build: disks, permissions, clocks, files that change, connections that break.

Each time the folder holds the old graph or the new one, the error is one line that says what to do, and the next build
ends well. Twelve operations on files fail for each reason, or as many as the environment variable DRAGOMAN_FAULTS says.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from stores import needed, oxigraph_server, parse

from dragoman import builder
from dragoman.builder import build
from dragoman.built import check_build, open_build
from dragoman.cli import main
from dragoman.gazetteer import load_gazetteer

pytestmark = pytest.mark.slow

TIMES = int(os.environ.get("DRAGOMAN_FAULTS", "12"))
DOCUMENTS = {
    "accra.txt": "Ghana and Togo signed an agreement on fishing in Accra. Ghana condemned terrorism.\n",
    "lome.txt": "Togo supports the African Union. Chad did not condemn terrorism.\n",
}
REASONS = {"full disk": errno.ENOSPC, "denied": errno.EACCES, "read-only": errno.EROFS, "broken disk": errno.EIO}
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod"}
OTHER_BASE = "https://example.org/kg/"
NOBODY = 65534

_watched: list[object] = []
"""What looks at each operation on a file; hooks stay for as long as Python runs, so that there is one for all tests."""


def _look(event: str, arguments: tuple[object, ...]) -> None:
    for look in _watched:
        look(event, arguments)  # type: ignore[operator]


sys.addaudithook(_look)


@contextmanager
def watched(look: object) -> Iterator[None]:
    """`look` at each operation on a file for as long as the block runs."""
    _watched.append(look)
    try:
        yield
    finally:
        _watched.remove(look)


def writes(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether an operation changes something on the disk."""
    if event == "open":
        return bool(int(arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))  # type: ignore[call-overload]
    return event in CHANGES


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def read_folder(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def names_loaded_once(monkeypatch):
    """Names are loaded once, as they take most of the time of a build that keeps its readings."""
    found = load_gazetteer(builder.load_ontology())
    for module in (name for name in sys.modules.values() if getattr(name, "load_gazetteer", None) is load_gazetteer):
        if module.__name__ != "dragoman.gazetteer":
            monkeypatch.setattr(module, "load_gazetteer", lambda *_: found)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Documents, what a build makes of them, and what another makes that takes the place of the first."""
    folder = tmp_path_factory.mktemp("whole")
    documents = folder / "documents"
    documents.mkdir()
    for name, text in DOCUMENTS.items():
        (documents / name).write_text(text)
    build(documents, folder / "old", page=False)
    shutil.copytree(folder / "old", folder / "new")
    build(documents, folder / "new", base=OTHER_BASE, page=False)
    return folder


@pytest.mark.parametrize("reason", REASONS)
def test_an_operation_on_a_file_that_fails_leaves_the_old_graph_or_the_new(whole, tmp_path, reason):
    target = tmp_path / "out"
    old, new = read_folder(whole / "old"), read_folder(whole / "new")
    arguments = ("build", whole / "documents", "-o", target, "--base", OTHER_BASE, "--no-page")
    seen: list[str] = []
    shutil.copytree(whole / "old", target)
    with watched(lambda event, given: seen.append(event) if writes(event, given) else None):
        assert run(*arguments).exit_code == 0
    assert len(seen) > 10
    chance = random.Random(reason)
    failed = 0
    for at in sorted(chance.sample(range(1, len(seen) + 1), min(TIMES, len(seen)))):
        shutil.rmtree(target)
        shutil.copytree(whole / "old", target)
        left = [at]

        def fail(event: str, given: tuple[object, ...], left: list[int] = left) -> None:
            if writes(event, given):
                left[0] -= 1
                if left[0] == 0:
                    raise OSError(REASONS[reason], os.strerror(REASONS[reason]), str(given[0]))

        with watched(fail):
            result = run(*arguments)
        found = read_folder(target)
        if result.exit_code == 0:  # what failed was only to clear away
            assert found == new
        else:
            failed += 1
            assert (result.exit_code, found == old) == (2, True), f"operation {at}: {result.output}"
            assert result.stdout == ""
            assert result.stderr.count("\n") == 1
            assert os.strerror(REASONS[reason]) in result.stderr
        assert run(*arguments).exit_code == 0
        assert read_folder(target) == new
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    print(f"{reason}: {min(TIMES, len(seen))} operations failed, {failed} builds ended without a new graph")
    assert failed >= min(TIMES, len(seen)) // 4 or TIMES < 6


@pytest.mark.parametrize("when", [0, 4_000_000_000], ids=["1970", "2096"])
def test_a_clock_that_is_set_back_or_forth_changes_no_byte(whole, tmp_path, monkeypatch, when):
    target = tmp_path / "out"
    shutil.copytree(whole / "old", target)
    for path in [*target.rglob("*"), *(whole / "documents").rglob("*")]:
        os.utime(path, (2_000_000_000 - when / 4, 2_000_000_000 - when / 4))
    monkeypatch.setattr(time, "time", lambda: float(when))
    result = run("build", whole / "documents", "-o", target, "--base", OTHER_BASE, "--no-page")
    assert (result.exit_code, result.stderr) == (0, "")
    assert read_folder(target) == read_folder(whole / "new")


@pytest.mark.parametrize("change", ["written", "removed", "replaced by a folder", "cut"])
def test_a_file_that_changes_while_it_is_read_is_read_whole_or_left_out(tmp_path, change):
    documents, target = tmp_path / "documents", tmp_path / "out"
    documents.mkdir()
    for name, text in DOCUMENTS.items():
        (documents / name).write_text(text)
    second, done = documents / "lome.txt", []

    def meddle(event: str, given: tuple[object, ...]) -> None:
        if event == "open" and not done and str(given[0]).endswith("accra.txt"):
            done.append(change)
            second.unlink()
            if change == "written":
                second.write_text("Mali thanked Ghana.\n")
            elif change == "replaced by a folder":
                second.mkdir()
            elif change == "cut":
                second.write_text("")

    with watched(meddle):
        result = run("build", documents, "-o", target, "--no-page")
    assert done, "the file was not changed in time"
    assert (result.exit_code, result.stderr) == (0, "")
    names = [document.name for document in open_build(target).documents]
    assert names == (["accra.txt", "lome.txt"] if change == "written" else ["accra.txt"])
    assert ("lome.txt: " in result.stdout) == (change != "written")
    assert check_build(target)[1] == []


def test_a_folder_that_may_not_be_written_is_told_before_any_work(whole, tmp_path):
    closed = tmp_path / "closed"
    shutil.copytree(whole / "old", closed / "out")
    for path in (closed / "out", closed):
        path.chmod(0o555)
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    for parent in (tmp_path, *tmp_path.parents[:2], whole, whole / "documents"):
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o055)
    try:
        subprocess.run([sys.executable, "-c", "import dragoman"], check=True, capture_output=True, **as_nobody)
    except (OSError, subprocess.CalledProcessError) as cause:
        pytest.skip(f"root may write everywhere, and another user cannot run this Python: {cause}")
    try:
        for target in (closed / "out", closed / "another"):
            done = subprocess.run(
                [sys.executable, "-m", "dragoman", "build", str(whole / "documents"), "-o", str(target)],
                capture_output=True,
                text=True,
                check=False,
                **as_nobody,
            )
            assert (done.returncode, done.stdout) == (2, ""), done.stderr
            assert done.stderr == (
                f"dragoman: {target}: cannot be written: Permission denied; give another folder with -o\n"
            )
        assert read_folder(closed / "out") == read_folder(whole / "old")
    finally:
        for path in (closed, closed / "out"):
            path.chmod(0o755)


def test_a_disk_without_room_is_told_and_the_old_graph_stays(whole, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    old = sum(map(len, read_folder(whole / "old").values()))
    script = f"""
mount -t tmpfs -o size={2 * old // 3 + old},mode=777 none {small} || exit 99
cp -r {whole / "old"} {small}/out || exit 98
{sys.executable} -m dragoman build {whole / "documents"} -o {small}/out --base {OTHER_BASE} --no-page
code=$?
diff -r {whole / "old"} {small}/out >&2 && [ "$(ls -A {small})" = out ] || exit 97
exit $code
"""
    if shutil.which("unshare") is None:
        pytest.skip("unshare, which gives a small disk for a while, is not installed")
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script], capture_output=True, text=True, check=False
    )
    if done.returncode in {1, 99}:
        pytest.skip(f"this system lets us have no small disk: {done.stderr.strip()}")
    assert done.returncode == 2, done.stderr
    assert done.stderr == (
        f"dragoman: {small}/out: cannot be written: No space left on device; the old graph is left as it was; make "
        "room, or give another folder with -o\n"
    )


class Cutter:
    """A way to a server that breaks after some bytes, each time after more."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._to, self._chance, self.cut = port, chance, 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        room = self._chance.choice((0, 50, 500, 5000, 50_000, 10_000_000))
        with client, socket.create_connection(("127.0.0.1", self._to)) as server:
            back = threading.Thread(target=self._copy, args=(server, client, 10_000_000), daemon=True)
            back.start()
            if self._copy(client, server, room):
                self.cut += 1
                for end in (client, server):
                    end.close()

    @staticmethod
    def _copy(source: socket.socket, target: socket.socket, room: int) -> bool:
        """Whether it was cut off before the source ended."""
        try:
            while data := source.recv(4096):
                if len(data) > room:
                    return True
                target.sendall(data)
                room -= len(data)
        except OSError:
            pass
        return False


def test_a_push_whose_connection_breaks_goes_on_until_the_store_holds_all(whole, tmp_path, monkeypatch):
    needed("oxigraph")
    monkeypatch.setattr("dragoman.endpoint.WAITS", (0.0, 0.0))
    with oxigraph_server(tmp_path) as store:
        way = Cutter(int(store.url.rsplit(":", 1)[1].split("/")[0]), random.Random(7))
        codes = []
        for _ in range(60):
            result = run("push", whole / "old", "--to", f"http://127.0.0.1:{way.port}/store", "--chunk", "1")
            codes.append(result.exit_code)
            if result.exit_code == 0:
                break
            assert result.exit_code == 2, result.output
            assert result.stderr.count("\n") == 1
        assert codes[-1] == 0
        assert way.cut > 0
        wanted = parse((whole / "old" / "graph.nq").read_bytes(), ox.RdfFormat.N_QUADS)
        assert {quad for quad in store.quads() if "/graph/pushed" not in quad[3]} == wanted


def test_a_push_that_is_killed_goes_on_until_the_store_holds_all(whole, tmp_path):
    needed("oxigraph")
    chance, met = random.Random(11), set()
    wanted = parse((whole / "old" / "graph.nq").read_bytes(), ox.RdfFormat.N_QUADS)
    with oxigraph_server(tmp_path) as store:
        command = [sys.executable, "-m", "dragoman", "push", str(whole / "old"), "--to", f"{store.url}/store"]
        command += ["--chunk", "1", "--all"]
        start = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        seconds = time.monotonic() - start
        for _ in range(TIMES):
            store.clear()
            running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.3, 1.0) * seconds)
            running.kill()
            met.add(running.wait(60))
            assert {quad for quad in store.quads() if "/graph/pushed" not in quad[3]} <= wanted
            subprocess.run(command[:-1], check=True, capture_output=True)
            assert {quad for quad in store.quads() if "/graph/pushed" not in quad[3]} == wanted
    assert -9 in met, "no push was killed before its end"
