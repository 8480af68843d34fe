"""Documents in object stores: found, named and bounded as those of a folder; what a store says is told in a line."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.builder import build
from dragoman.cli import main
from dragoman.reading import stores
from dragoman.reading.documents import Options, ReadingError, find_files, iter_documents, read_documents
from dragoman.reading.formats.parsed import Limits
from dragoman.reading.opening import EXPECTED
from dragoman.reading.stores import Objects, StoreError, fetch, is_address
from dragoman.sources import find_sources
from sample_files import pack

fsspec = pytest.importorskip("fsspec", reason="fsspec, which the extra [cluster] brings, is not here")

NOTE = "Norland and Sudmark signed an agreement in the port of Vale on 3 May 2021, and their ministers met again later."
names = count()


@pytest.fixture
def bucket() -> Iterator[tuple[str, fsspec.AbstractFileSystem]]:
    """The address of an empty bucket of a store in memory, and the store."""
    system = fsspec.filesystem("memory")
    name = f"bucket-{next(names)}"
    yield f"memory://{name}", system
    if system.exists(name):
        system.rm(name, recursive=True)


def fill(address: str, system: fsspec.AbstractFileSystem, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        system.pipe(f"{address}/{name}", data)


FILES = {
    "a.txt": NOTE.encode(),
    "spring/b.txt": f"{NOTE} Spring.".encode(),
    "spring/.hidden.txt": NOTE.encode(),
    ".git/c.txt": NOTE.encode(),
    "packed.zip": pack({"one.txt": f"{NOTE} One.".encode(), "two.txt": f"{NOTE} Two.".encode()}),
    "slides.ppt": b"%PPT",
    "metadata.csv": b"file,title,date\na.txt,A note,2021-05-04\npacked.zip/two.txt,The second,\nlost.txt,Lost,\n",
    "spring/metadata.csv": b"file,title\nb.txt,Of spring\n",
}


@pytest.mark.parametrize("scheme", ["memory", "file"])
def test_what_is_found_below_an_address_is_what_is_found_in_the_same_folder(bucket, tmp_path, scheme):
    folder = tmp_path / "notes"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    address, system = bucket
    if scheme == "file":
        address = folder.as_uri()
    else:
        fill(address, system, FILES)
    found, expected = read_documents([address]), read_documents([folder])
    assert found == expected
    assert [document.name for document in found.documents] == [
        *("a.txt", "packed.zip/one.txt", "packed.zip/two.txt", "spring/b.txt")
    ]
    assert [document.title for document in found.documents][2:] == ["The second", "Of spring"]
    assert len(found.notes) == 1, "a row for a file that is not there"


def test_one_object_is_read_with_the_metadata_beside_it(bucket):
    address, system = bucket
    fill(address, system, FILES)
    (document,) = read_documents([f"{address}/a.txt"]).documents
    assert (document.name, document.title, document.date) == ("a.txt", "A note", "2021-05-04")


def test_alike_names_of_two_places_get_their_folders_in_front(bucket, tmp_path):
    address, system = bucket
    fill(address, system, {"x/a.txt": NOTE.encode(), "y/a.txt": f"{NOTE} Again.".encode()})
    (tmp_path / "a.txt").write_text(f"{NOTE} Here.")
    found = find_files([f"{address}/x", f"{address}/y/", tmp_path, f"{address}/x/a.txt"])
    assert [file.name for file in found.files] == sorted(["x/a.txt", "y/a.txt", f"{tmp_path.name}/a.txt"])


def test_the_limits_are_those_of_files(bucket):
    address, system = bucket
    fill(
        address,
        system,
        {"long.txt": NOTE.encode() * 9, "good.txt": NOTE.encode(), "bomb.zip": pack({"a.txt": b"a" * 10**6})},
    )
    found = read_documents([address], Options(Limits(bytes=400, unpacked=10_000)))
    assert [document.name for document in found.documents] == ["good.txt"]
    reasons = {line.name.partition("/")[0]: line.reason for line in found.skipped}
    assert reasons["long.txt"].startswith("999 bytes, more than the limit of 400")
    assert "more than" in reasons["bomb.zip"], "what an archive holds is bounded alike"


def test_an_object_that_cannot_be_fetched_is_told_and_the_others_are_read(bucket, monkeypatch):
    class CustomError(Exception):
        """Of whatever library speaks to the store."""

    address, system = bucket
    fill(address, system, {"a.txt": NOTE.encode(), "b.txt": f"{NOTE} Again.".encode()})
    opened = type(system).open

    def refuse(self, path, *arguments, **named):
        if path.endswith("a.txt"):
            raise CustomError("Access\ndenied")
        return opened(self, path, *arguments, **named)

    monkeypatch.setattr(type(system), "open", refuse)
    found = read_documents([address])
    assert [document.name for document in found.documents] == ["b.txt"]
    assert [(line.name, line.reason) for line in found.skipped] == [("a.txt", "cannot be read: Access denied")]


def test_a_folder_that_cannot_be_listed_is_a_fault_of_the_call(bucket, monkeypatch):
    address, system = bucket
    monkeypatch.setattr(type(system), "find", lambda *_, **__: 1 / 0)
    with pytest.raises(ReadingError, match=f"^{address}: cannot be listed: division by zero$"):
        find_files([address])


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("memory://nowhere", "no such file or folder; give files or folders with .csv, "),
        ("foo://bucket", "cannot be reached: Protocol not known: foo"),
        ("memory://%00\n", "no such file or folder"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address, told):
    with pytest.raises(ReadingError) as caught:
        find_files([address])
    assert str(caught.value).startswith(f"{address}: {told}")


def test_a_missing_library_is_told_with_its_name(monkeypatch, tmp_path):
    def missing(address):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    result = CliRunner().invoke(main, ["build", "s3://bucket/notes", "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert result.stderr == (
        "dragoman: s3://bucket/notes: a library for this store is missing: Install s3fs to access S3 (by pip)\n"
    )
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    result = CliRunner().invoke(main, ["build", "s3://bucket/notes", "-o", str(tmp_path / "out")])
    assert result.stderr.endswith("need fsspec, which is not installed: pip install 'dragoman[cluster]'\n")


def test_a_build_that_lies_in_the_store_is_not_read(bucket):
    address, system = bucket
    report = b'{"dragoman": "1", "files": []}'
    fill(address, system, {"a.txt": NOTE.encode(), "old/report.json": report, "old/report.txt": NOTE.encode()})
    found = find_sources([address])
    assert [file.name for file in found.files] == ["a.txt"]
    assert [(note.name, note.reason) for note in found.notes] == [("old", "was written by a build, and is not read")]
    assert [file.name for file in find_sources([f"{address}/old"]).files] == ["report.txt"], "as it was asked for"


def test_an_object_is_seen_by_who_finds_it_as_it_was_however_the_store_tells_of_it(bucket, monkeypatch):
    address, system = bucket
    fill(address, system, {"a.txt": NOTE.encode(), "b.txt": NOTE.encode()})
    store, beside = Objects(address), Objects(f"{address}/b.txt")
    seen = store.look(store.root / "a.txt")
    assert fetch(seen) == fetch(beside.look(beside.root / "b.txt")) == NOTE.encode()
    for other, told in (
        (replace(seen, size=9), "another file is there, or it has changed"),
        (replace(seen, place=f"{seen.place}x"), "No such file or directory"),
        (replace(seen, store="foo://bucket"), "foo://bucket: cannot be reached: Protocol not known: foo"),
    ):
        with pytest.raises(StoreError, match=f"^{told}"):
            fetch(other)
    info, whole = type(system).info, type(system).cat_file
    listed = replace(seen, marks=(("ETag", "1a"), ("LastModified", "today")))
    tags = {"ETag": '"1a"', "LastModified": "this morning"}
    monkeypatch.setattr(type(system), "info", lambda self, path, **_: {**info(self, path), **tags})
    monkeypatch.setattr(type(system), "cat_file", lambda self, path: whole(self, path))  # no range
    assert fetch(listed) == NOTE.encode(), "the tag is surer than the time"
    tags["ETag"] = '"2b"'
    with pytest.raises(StoreError, match="another file is there"):
        fetch(listed)
    monkeypatch.setattr(type(system), "info", lambda *_, **__: 1 / 0)
    with pytest.raises(StoreError, match="division by zero"):
        fetch(listed)


def test_no_object_is_fetched_before_it_is_read(bucket, monkeypatch):
    address, system = bucket
    fill(address, system, FILES)
    opened, fetched = Objects.open, []
    monkeypatch.setattr(Objects, "open", lambda self, path: fetched.append(path.name) or opened(self, path))
    assert len(find_files([address]).files) == 3
    assert set(fetched) == {"metadata.csv"}


def test_objects_come_while_others_are_read_and_few_before_they_are_reached(bucket, monkeypatch):
    address, system = bucket
    fill(address, system, {f"{number:03}.txt": f"{NOTE} Number {number}.".encode() for number in range(100)})
    fetch, running, most, fetched = Objects._fetch, [], [], []

    def slow(self, key):
        running.append(key)
        most.append(len(running))
        time.sleep(0.02)
        running.remove(key)
        fetched.append(key)
        return fetch(self, key)

    monkeypatch.setattr(Objects, "_fetch", slow)
    parts = iter_documents(find_files([address]).files)
    first = next(parts)
    time.sleep(0.2)
    assert len(fetched) <= EXPECTED + 1
    everything = [document.name for part in (first, *parts) for document in part.documents]
    assert everything == [f"{number:03}.txt" for number in range(100)]
    assert len(fetched) == len(set(fetched)) == 100
    assert 4 < max(most) <= stores.FETCHERS


def test_a_large_object_is_fetched_when_it_is_reached_and_no_sooner(bucket, monkeypatch):
    address, system = bucket
    fill(address, system, {"a.txt": NOTE.encode(), "b.txt": f"{NOTE} Again, and at length.".encode()})
    monkeypatch.setattr(stores, "LARGE", len(NOTE))
    fetch, fetched = Objects._fetch, []
    monkeypatch.setattr(Objects, "_fetch", lambda self, key: fetched.append(key[-5:]) or fetch(self, key))
    parts = iter_documents(find_files([address]).files)
    next(parts)
    assert fetched == ["a.txt"]
    next(parts)
    assert fetched == ["a.txt", "b.txt"]


@pytest.mark.parametrize("path", [Path("s3:/bucket"), "notes", "C://notes", "://x", "s3://", "a/b://c"])
def test_paths_are_no_addresses(path):
    assert not is_address(path)


@pytest.mark.slow
def test_each_object_is_fetched_once_in_a_build_and_read_anew_where_it_has_changed(bucket, tmp_path, monkeypatch):
    address, system = bucket
    fill(address, system, FILES)
    fetch, fetched = Objects._fetch, []
    monkeypatch.setattr(Objects, "_fetch", lambda self, key: fetched.append(key) or fetch(self, key))
    first = build(address, tmp_path / "out", workers=1, page=False)
    assert sorted(fetched) == sorted(set(fetched))
    system.pipe(f"{address}/a.txt", f"{NOTE} It has changed.".encode())
    second = build(address, tmp_path / "out", workers=1, page=False)
    assert (first.reuse.read, second.reuse.read) == (4, 1)
    fresh = build(address, tmp_path / "fresh", workers=1, page=False, fresh=True)
    assert [document.sha256 for document in fresh.documents] == [document.sha256 for document in second.documents]


@pytest.mark.slow
def test_a_build_from_a_store_is_that_from_the_folder(bucket, tmp_path):
    address, system = bucket
    for name, data in FILES.items():
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / name).write_bytes(data)
    fill(address, system, FILES)
    build(tmp_path / "notes", tmp_path / "one", workers=1, page=False)
    result = CliRunner().invoke(main, ["build", address, "-o", str(tmp_path / "two"), "--no-page"])
    assert result.exit_code == 0, result.stderr
    for name in ("graph.nq", "graph.ttl", "readings.jsonl", "report.json", "documents.csv", "files.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
