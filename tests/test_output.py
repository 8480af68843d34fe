"""The folder of a build: put in place whole, and never over what no build wrote."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from errno import EFBIG, ENOENT, ENOSPC
from pathlib import Path
from threading import Event, Thread

import pytest

from dragoman import output
from dragoman.output import OLD, OutputError, is_build, replaced_folder


def write(folder: Path, *files: str, text: str = "new") -> None:
    """What a build would leave."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "report.json").write_text(json.dumps({"dragoman": "1.2.3", "files": [*files, "report.json"]}))


def names(folder: Path) -> list[str]:
    """All files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def listing(folder: Path) -> list[str]:
    """Names in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=["one step", "two steps"])
def _way(request, monkeypatch):
    """Both ways of putting a folder in the place of another."""
    if request.param == "two steps":
        monkeypatch.setattr(output, "_find_swap", lambda: None)


@pytest.mark.usefixtures("_way")
def test_folder_takes_the_place_of_an_older_build(tmp_path):
    target = tmp_path / "deep" / "out"
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl", "documents/gone.txt", text="old")
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl")
        assert (target / "graph.ttl").read_text() == "old"
    assert names(target) == ["graph.ttl", "report.json"]
    assert (target / "graph.ttl").read_text() == "new"
    assert listing(target.parent) == ["out"]
    assert target.stat().st_mode & 0o777 == (tmp_path / "deep").stat().st_mode & 0o777


@pytest.mark.usefixtures("_way")
def test_error_leaves_the_older_build_as_it_was(tmp_path):
    target = tmp_path / "out"
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl", text="old")

    def fail() -> None:
        with replaced_folder(target) as folder:
            write(folder, "graph.ttl")
            raise RuntimeError("no power")

    with pytest.raises(RuntimeError):
        fail()
    assert (target / "graph.ttl").read_text() == "old"
    assert listing(tmp_path) == ["out"]


def test_files_that_a_user_put_into_the_folder_are_kept(tmp_path):
    target = tmp_path / "out"
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl")
    (target / "documents").mkdir()
    (target / "documents" / "my notes.md").write_text("mine")
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl", "graph.nq")
    assert names(target) == ["documents/my notes.md", "graph.nq", "graph.ttl", "report.json"]


def test_file_of_a_user_is_not_replaced_by_one_of_the_same_name(tmp_path):
    target = tmp_path / "out"
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl")
    (target / "graph.nq").write_text("mine")

    def build_again() -> None:
        with replaced_folder(target) as folder:
            write(folder, "graph.ttl", "graph.nq")

    with pytest.raises(OutputError, match=r"graph\.nq: was written by no build, and this one would replace it"):
        build_again()
    assert (target / "graph.nq").read_text() == "mine"


@pytest.mark.parametrize("name", ["thesis.txt", "report.json"])
def test_folder_of_other_files_is_refused(tmp_path, name):
    (tmp_path / name).write_text("{}")
    with (
        pytest.raises(OutputError, match="holds files that no build wrote, and is left as it is"),
        replaced_folder(tmp_path),
    ):
        pass
    assert names(tmp_path) == [name]
    assert not is_build(tmp_path)


def test_file_in_place_of_a_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="out: is a file"), replaced_folder(tmp_path / "out"):
        pass
    with pytest.raises(OutputError, match=r"cannot be written: .*; give another"), replaced_folder(tmp_path / "out/x"):
        pass


def test_empty_folder_and_link_to_one_are_taken(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with replaced_folder(tmp_path / "link") as folder:
        write(folder, "graph.ttl")
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "real") == ["graph.ttl", "report.json"]


def test_leavings_of_a_killed_build_are_cleared_and_those_of_other_folders_are_not(tmp_path):
    leavings = tmp_path / ".out.ab_3xyz9.part"
    others = [".out.new.ab_3xyz9.part", ".other.ab_3xyz9.part", "out.ab_3xyz9.part", ".out.notes.part"]
    for path in (leavings, *(tmp_path / name for name in others)):
        (path / "new").mkdir(parents=True)
    (tmp_path / ".out.lock.part").write_text("")
    with replaced_folder(tmp_path / "out") as folder:
        assert not leavings.exists()
        write(folder, "graph.ttl")
    assert listing(tmp_path) == sorted([*others, "out"])


def test_leavings_are_cleared_after_a_day_where_there_are_no_locks(tmp_path, monkeypatch):
    @contextmanager
    def no_lock(path, *, waiting):
        yield False

    monkeypatch.setattr(output, "locked", no_lock)
    old, young = tmp_path / ".out.aaaaaaaa.part", tmp_path / ".out.bbbbbbbb.part"
    old.mkdir()
    young.mkdir()
    long_ago = old.stat().st_mtime - OLD - 60
    os.utime(old, (long_ago, long_ago))
    with replaced_folder(tmp_path / "out") as folder:
        write(folder, "graph.ttl")
    assert listing(tmp_path) == [".out.bbbbbbbb.part", "out"]


def test_old_folder_of_a_build_killed_between_two_renames_is_put_back(tmp_path):
    target = tmp_path / "out"
    with replaced_folder(target) as folder:
        write(folder, "graph.ttl", text="old")
    (target / "my notes.md").write_text("mine")
    (tmp_path / ".out.ab_3xyz9.part").mkdir()
    target.rename(tmp_path / ".out.ab_3xyz9.part" / "old")
    with replaced_folder(target) as folder:
        assert (target / "graph.ttl").read_text() == "old"
        write(folder, "graph.ttl")
    assert listing(tmp_path) == ["out"]
    assert names(target) == ["graph.ttl", "my notes.md", "report.json"]


def test_second_build_waits_for_the_first_and_says_so(tmp_path):
    target, told = tmp_path / "out", Event()

    def build_too() -> None:
        with replaced_folder(target, waiting=told.set) as folder:
            assert (target / "graph.ttl").read_text() == "first"
            write(folder, "graph.ttl", text="second")

    with replaced_folder(target, waiting=lambda: pytest.fail("nobody else is there")) as folder:
        second = Thread(target=build_too)
        second.start()
        assert told.wait(10)
        write(folder, "graph.ttl", text="first")
    second.join(10)
    assert (target / "graph.ttl").read_text() == "second"
    assert listing(tmp_path) == ["out"]


@pytest.mark.parametrize(("number", "reason"), [(ENOSPC, "No space left on device"), (EFBIG, "File too large")])
def test_full_disk_is_told_and_the_old_folder_stays(tmp_path, number, reason):
    def fill(target: Path) -> None:
        with replaced_folder(target) as folder:
            write(folder, "graph.ttl")
            raise OSError(number, os.strerror(number))

    with replaced_folder(tmp_path / "out") as folder:
        write(folder, "graph.ttl", text="old")
    with pytest.raises(OutputError, match=rf"out: cannot be written: {reason}; the old graph is left as it was; make"):
        fill(tmp_path / "out")
    with pytest.raises(OutputError, match=rf"new: cannot be written: {reason}; nothing was written; make room"):
        fill(tmp_path / "new")
    assert (tmp_path / "out" / "graph.ttl").read_text() == "old"
    assert listing(tmp_path) == ["out"]


def test_other_faults_of_files_show_as_they_are(tmp_path):
    with pytest.raises(OSError, match="gone"), replaced_folder(tmp_path / "out"):
        raise FileNotFoundError(ENOENT, "gone")
