"""The folder of a build: put in place whole, and never over what no build wrote."""

from __future__ import annotations

import json
import os
from pathlib import Path

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


def test_leavings_of_a_killed_build_are_cleared_after_a_day(tmp_path):
    old, young = tmp_path / ".out.a.part", tmp_path / ".out.b.part"
    old.mkdir()
    young.mkdir()
    long_ago = old.stat().st_mtime - OLD - 60
    os.utime(old, (long_ago, long_ago))
    with replaced_folder(tmp_path / "out") as folder:
        write(folder, "graph.ttl")
    assert listing(tmp_path) == [".out.b.part", "out"]
