"""Stores on disk: they answer as those in memory do, belong to one file, and are made whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from dragoman import keptstore
from dragoman.answers import format_result
from dragoman.contract import conforms_to
from dragoman.keptstore import StoreError, find_store, is_large, make_store, remove_store
from dragoman.locking import locked
from dragoman.naming import Names
from dragoman.output import replaced_folder
from dragoman.query import Limits, QueryLimitError, load_store, run_query
from dragoman.questions import answer, find_terms, load_questions
from dragoman.record import RecordError
from small_record import write_output

EXAMPLE = Path(__file__).parents[1] / "graphs" / "un-oic" / "graph"
QUESTIONS = load_questions()
STATES = "SELECT ?label { ?x a dgm:State ; skos:prefLabel ?label }"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Files that were just written are taken as settled, as all tests of their times set these."""
    monkeypatch.setattr(keptstore, "SETTLED", 0)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example graph, with its store in memory and on disk."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copy(EXAMPLE / "graph.nq", folder)
    return load_store(folder), make_store(folder)


@pytest.fixture
def out(tmp_path):
    """A small graph with a store on disk."""
    folder = write_output(tmp_path / "out")
    make_store(folder)
    return folder


def listing(folder: Path) -> list[str]:
    """Names in a folder, but for those that a build writes."""
    return sorted(path.name for path in folder.iterdir() if "store" in path.name)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_each_question_has_the_same_answer_to_the_byte(example, question):
    names = [Names(store) for store in example]
    values = {
        parameter.name: {"date": "2025", "text": "peace", "modality": "asserted", "property": "supports"}.get(
            parameter.kind
        )
        or (names[0].complete("", parameter.kind, parameter.classes) or ["nothing"])[0]
        for parameter in question.parameters
    }
    required = {parameter.name for parameter in question.parameters if parameter.required}
    for given in (values, {name: value for name, value in values.items() if name in required}):
        if "nothing" not in given.values():
            told = [
                [format_result(answer(each.store, question, find_terms(each, question, given)), form) for form in FORMS]
                for each in names
            ]
            assert told[0] == told[1]


FORMS = ("json", "table")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        "CONSTRUCT { ?s a ?c } { ?s a ?c }",
        "DESCRIBE id:organization-of-islamic-cooperation",
        "ASK { ?x a dgm:Ship }",
        "SELECT * { ?x dgm:nothing ?y }",
    ],
)
def test_each_kind_of_query_has_the_same_answer(example, query):
    memory, disk = (run_query(store, query) for store in example)
    assert (memory.kind, memory.rows, memory.truth, memory.warnings) == (
        disk.kind,
        disk.rows,
        disk.truth,
        disk.warnings,
    )


def test_queries_end_at_their_limits(example):
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?a != ?f) }"  # some seconds: it goes on to its end
    with pytest.raises(QueryLimitError, match=r"ran for 0\.2 seconds"):
        run_query(example[1], long, limits=Limits(seconds=0.2))
    with pytest.raises(QueryLimitError, match="more than 5 rows"):
        run_query(example[1], "SELECT * { ?s ?p ?o }", limits=Limits(rows=5))


def test_a_store_is_read_only(out):
    with pytest.raises(RuntimeError, match="read-write"):
        find_store(out).update("INSERT DATA { <http://example.org/a> <http://example.org/b> <http://example.org/c> }")


def test_a_store_lies_beside_the_graph_and_is_used_by_several_at_once(out):
    assert listing(out) == ["graph.store"]
    assert sorted(path.name for path in (out / "graph.store").iterdir()) == [
        *(".gitignore", "CACHEDIR.TAG", "data", "store.json")
    ]
    stores = [find_store(out) for _ in range(3)]
    assert len({run_query(store, STATES).rows for store in stores}) == 1


def test_a_store_that_is_there_is_not_made_again(out):
    made = (out / "graph.store" / "store.json").stat().st_ino
    make_store(out, making=lambda: pytest.fail("it is there"))
    assert (out / "graph.store" / "store.json").stat().st_ino == made


def test_how_far_it_is_made_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(keptstore, "MEGABYTE", 1000)
    told = []
    size = (write_output(tmp_path / "out") / "graph.nq").stat().st_size
    make_store(tmp_path / "out", making=lambda: lambda *step: told.append(step))
    *reading, last = told
    assert reading[-1] == ("megabytes into the store", 2 * size // 1000, 2 * size // 1000)
    assert [done for _, done, _ in reading] == sorted({done for _, done, _ in reading})
    assert last == ("sorting the store", 0, 0)


def test_large_is_what_takes_long_to_load(out, monkeypatch):
    assert not is_large(out)
    monkeypatch.setattr(keptstore, "SMALL", 0)
    assert is_large(out)


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no ctime, and always looks at the bytes")
def test_bytes_are_looked_at_where_the_file_was_touched_alone(out, monkeypatch):
    looked = []
    monkeypatch.setattr(keptstore, "file_digest", lambda *a, real=keptstore.file_digest: looked.append(1) or real(*a))
    assert find_store(out) is not None
    assert not looked
    (out / "graph.nq").chmod(0o600)
    os.utime(out / "graph.nq", ns=(1, 1))
    assert find_store(out) is not None
    assert find_store(out) is not None
    assert len(looked) == 1  # then the new times are known


def test_a_graph_that_was_changed_in_place_gets_another_store(out):
    path = out / "graph.nq"
    stat, before = path.stat(), run_query(find_store(out), STATES)
    data = path.read_bytes()
    with path.open("r+b") as file:  # the same file, size and time of change
        file.write(data.replace(b"Norland", b"Sorland"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert find_store(out) is None
    after = run_query(make_store(out), STATES)
    assert (before.rows != after.rows, after.rows) == (True, run_query(load_store(out), STATES).rows)
    assert listing(out) == ["graph.store"]


def test_a_store_that_came_along_with_a_graph_is_not_opened(out, tmp_path, monkeypatch):
    shutil.copytree(out, tmp_path / "copy")
    monkeypatch.setattr(keptstore.ox.Store, "read_only", lambda _: pytest.fail("opened"), raising=False)
    assert find_store(tmp_path / "copy") is None


def test_a_folder_that_is_renamed_keeps_its_store(out, tmp_path):
    out.rename(tmp_path / "moved")
    assert find_store(tmp_path / "moved") is not None


@pytest.mark.parametrize("change", [{"form": 0}, {"oxigraph": "0.1"}], ids=str)
def test_a_store_of_another_make_is_made_anew(out, change):
    path = out / "graph.store" / "store.json"
    path.write_bytes(msgspec.json.encode(msgspec.json.decode(path.read_bytes()) | change))
    assert find_store(out) is None
    make_store(out)
    assert find_store(out) is not None


@pytest.mark.parametrize("spoil", ["stamp", "tables", "all"])
def test_a_damaged_store_is_made_anew(out, spoil):
    place = out / "graph.store"
    if spoil == "stamp":
        (place / "store.json").write_bytes(b'{"form": 1}')
    elif spoil == "tables":
        for path in (place / "data").glob("MANIFEST*"):
            path.write_bytes(b"nothing")
    else:
        shutil.rmtree(place / "data")
    assert find_store(out) is None
    assert run_query(make_store(out), STATES).rows == run_query(load_store(out), STATES).rows


def test_what_is_no_store_is_left_alone(tmp_path):
    folder = write_output(tmp_path / "out")
    (folder / "graph.store").mkdir()
    (folder / "graph.store" / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"graph\.store: cannot be made: what is there was not made by dragoman; move"):
        make_store(folder)
    assert not remove_store(folder)
    assert (folder / "graph.store" / "mine.txt").read_text() == "mine"
    assert listing(folder) == ["graph.store"]


def test_a_link_is_no_store(out, tmp_path):
    (out / "graph.store").rename(tmp_path / "elsewhere")
    (out / "graph.store").symlink_to(tmp_path / "elsewhere")
    assert not remove_store(out)
    (out / "graph.nq").write_bytes((out / "graph.nq").read_bytes() + b"\n")
    with pytest.raises(StoreError, match="move it away"):
        make_store(out)


def test_no_store_is_made_without_room(tmp_path, monkeypatch):
    folder = write_output(tmp_path / "out")
    monkeypatch.setattr(keptstore.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(StoreError, match=r"it may need 0\.0 GB of disk, and 0\.0 are free"):
        make_store(folder)
    assert listing(folder) == []


def test_no_store_is_made_of_a_graph_that_changes_meanwhile(tmp_path):
    folder = write_output(tmp_path / "out")

    def change(*_: object) -> None:
        with (folder / "graph.nq").open("ab") as file:
            file.write(b"\n")

    with pytest.raises(StoreError, match="the graph changed meanwhile"):
        make_store(folder, making=lambda: change)
    assert listing(folder) == []


def test_missing_damaged_and_later_graphs_are_refused_as_they_are_in_memory(tmp_path):
    with pytest.raises(RecordError, match="no such folder"):
        make_store(tmp_path / "none")
    with pytest.raises(RecordError, match="build the graph first"):
        find_store(tmp_path)
    (tmp_path / "graph.nq").write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .\n<http://e.org/a> <")
    with pytest.raises(RecordError) as disk:
        make_store(tmp_path)
    with pytest.raises(RecordError) as memory:
        load_store(tmp_path)
    assert str(disk.value) == str(memory.value)
    predicate, contract = conforms_to(99)
    (tmp_path / "graph.nq").write_text(f"<http://e.org/build/graph> {predicate} {contract} .\n")
    with pytest.raises(RecordError, match="99"):
        make_store(tmp_path)
    assert listing(tmp_path) == []


def test_second_waits_for_the_first_and_uses_its_store(out):
    shutil.move(out / "graph.store", out / "aside")

    def end() -> None:
        shutil.move(out / "aside", out / "graph.store")
        stack.__exit__(None, None, None)

    stack = locked(out / ".graph.store.lock.part")
    stack.__enter__()
    store = make_store(out, making=lambda: pytest.fail("it is there"), waiting=end)
    assert run_query(store, STATES).rows
    assert listing(out) == ["graph.store"]


def test_what_killed_ones_left_is_cleared_away(tmp_path):
    folder = write_output(tmp_path / "out")
    (folder / ".graph.store.abc.part" / "new" / "data").mkdir(parents=True)
    (folder / ".graph.store.lock.part").write_text("")
    make_store(folder)
    assert listing(folder) == ["graph.store"]


def test_a_store_is_removed(out):
    reading = find_store(out)
    assert remove_store(out)
    assert not remove_store(out)
    assert listing(out) == []
    assert run_query(reading, STATES).rows  # by whom it was open


def test_a_build_leaves_the_store_behind_and_keeps_what_a_user_put_there(out):
    report = '{"dragoman": "1", "files": ["graph.nq", "graph.ttl", "report.json", "report.txt"]}'
    (out / "report.json").write_text(report)
    (out / "notes.txt").write_text("mine")
    (out / ".graph.store.abc.part").mkdir()
    (out / ".graph.store.abc.part" / "x").write_text("")
    with replaced_folder(out) as new:
        (new / "graph.nq").write_text("")
        (new / "report.json").write_text(report)
    assert (out / "notes.txt").read_text() == "mine"
    assert listing(out) == []
    assert find_store(out) is None
