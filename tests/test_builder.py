"""The whole way from files to a folder of graph, page and report."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import dragoman
from dragoman.builder import NothingReadError, build
from dragoman.built import check_build, open_build
from dragoman.ontology import OntologyError
from dragoman.output import OutputError
from dragoman.reading.documents import ReadingError
from dragoman.record import RecordError
from dragoman.serialization import format_nquads, format_turtle

pytestmark = pytest.mark.slow

TEXTS = {
    "accra.txt": "Ghana and Togo signed an agreement on fishing in Accra. Ghana condemned terrorism.\n"
    "The African Union called on Chad to support the ceasefire in Mali.\n",
    "notes/lome.md": "Togo supports the African Union. Chad did not condemn terrorism. Ghana condemned terrorism.\n",
}
FILES = [
    *("coverage.html", "coverage.jsonl", "documents.csv", "graph.html", "graph.nq", "graph.ttl"),
    *("files.jsonl", "measures.csv", "names.jsonl", "readings.jsonl", "report.json", "report.txt"),
]


def write_documents(folder: Path, **more: str | bytes) -> Path:
    """A folder of documents."""
    for name, text in {**TEXTS, **more}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read_folder(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listing(folder: Path) -> list[str]:
    """Names in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A folder of two documents."""
    return write_documents(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def out(sources, tmp_path_factory):
    """What a build made of them."""
    folder = tmp_path_factory.mktemp("built") / "out"
    build(sources, folder)
    return folder


def test_build_writes_all_that_is_promised(out):
    assert sorted(read_folder(out)) == sorted([*FILES, "documents/accra.txt.txt", "documents/notes/lome.md.txt"])
    assert (out / "documents" / "accra.txt.txt").read_text() == TEXTS["accra.txt"]


def test_build_finds_and_cites(sources):
    built = dragoman.build(sources)
    labels = {entity.label for entity in built.entities}
    assert {"Ghana", "Togo", "Chad", "African Union", "terrorism"} <= labels
    texts = {document.name: document.text for document in built.documents}
    assert built.claims
    for claim in built.claims:
        for piece in claim.evidence:
            assert texts[piece.document][piece.span.start : piece.span.end] == piece.exact
    assert {entity.id: entity.documents for entity in built.entities}["ghana"] == ("accra.txt", "notes/lome.md")


def test_build_gives_rdflib_and_networkx_objects(sources, out):
    for built in (dragoman.build([sources]), dragoman.open(out)):
        assert isinstance(built.graph, rdflib.Graph)
        assert isinstance(built.dataset, rdflib.Dataset)
        assert isinstance(built.network, nx.MultiDiGraph)
        assert len(built.network) > 2
        assert len(rdflib.Graph().parse(out / "graph.ttl")) == len(built.graph)
        assert built.query("ASK { id:ghana a dgm:State }").truth
        assert built.measures["degree"]["ghana"] > 0


def test_opened_build_is_the_one_that_was_written(sources, out):
    built, opened = build(sources), open_build(out)
    assert opened.report == built.report
    assert opened.claims == built.claims
    assert [e.id for e in opened.entities] == [e.id for e in built.entities]


def test_built_folder_has_no_fault(out, sources):
    _, faults = check_build(out, sources=sources)
    assert faults == []


def test_builds_are_alike_to_the_byte_whatever_the_hash_seed_and_folder(sources, out, tmp_path):
    script = "import sys, dragoman; dragoman.build(sys.argv[1], sys.argv[2])"
    moved = write_documents(tmp_path / "elsewhere")
    for seed, folder in (("1", sources), ("77", moved)):
        target = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", script, folder, target], env=environment, check=True, cwd=tmp_path)
        assert read_folder(target) == read_folder(out)


def test_build_does_not_hang_on_the_order_of_paths(sources):
    paths = [sources / name for name in TEXTS]
    left, right = build(paths), build(reversed(paths))
    assert left.quads == right.quads
    assert left.report == right.report


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("binary.txt", bytes(range(256)) * 8, "binary data"),
        ("empty.txt", b"", "no words in it"),
        ("numbers.txt", b" 12 -- \n\n 7 ", "no words in it"),
        ("picture.png", b"\x89PNG", "are not read"),
        ("utf16.txt", b"\xff\xfe\x00\xd8\x00", "utf-16-le"),
        (
            "fr.txt",
            b"Le gouvernement soutient les efforts de paix et condamne les attaques. " * 9,
            "'fr', not English",
        ),
        ("copy.txt", TEXTS["accra.txt"].encode(), "the same bytes as accra.txt"),
    ],
)
def test_file_that_cannot_be_read_is_told_and_the_rest_is_built(tmp_path, name, data, reason):
    built = build(write_documents(tmp_path, **{name: data}))
    assert [line.name for line in built.skipped] == [name]
    assert reason in built.skipped[0].reason
    assert [document.name for document in built.documents] == sorted(TEXTS)


def test_broken_row_of_metadata_is_told(tmp_path):
    table = "file,title,date\naccra.txt,Talks,2023-02-30\nnotes/lome.md\ngone.txt,A,2024\n"
    built = build(write_documents(tmp_path, **{"metadata.csv": table}))
    assert [line.name for line in built.notes] == ["metadata.csv"] * 3
    reasons = " ".join(line.reason for line in built.notes)
    assert all(word in reasons for word in ("2023-02-30", "gone.txt", "row 3"))
    assert built.documents[0].title == "Talks"
    assert built.documents[0].date == ""


def test_nothing_that_can_be_read_leaves_the_old_graph(tmp_path, sources):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("123")
    build(sources, tmp_path / "out", page=False)
    before = read_folder(tmp_path / "out")
    with pytest.raises(NothingReadError, match=r"no document could be read: a\.txt: no words in it"):
        build(tmp_path / "docs", tmp_path / "out")
    assert read_folder(tmp_path / "out") == before
    assert listing(tmp_path) == ["docs", "out"]


def test_faults_of_the_call_come_before_any_work(tmp_path, sources):
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    (tmp_path / "bad.ttl").write_text("nonsense <")
    with pytest.raises(ReadingError, match="no document to read"):
        build(tmp_path / "empty", tmp_path / "out")
    with pytest.raises(ReadingError, match="no such file or folder"):
        build(tmp_path / "missing", tmp_path / "out")
    with pytest.raises(OutputError, match="holds files that no build wrote"):
        build(sources, tmp_path / "full")
    with pytest.raises(OntologyError, match=r"bad\.ttl:1:"):
        build(sources, tmp_path / "out", ontology_files=[tmp_path / "bad.ttl"])
    with pytest.raises(ValueError, match="no absolute IRI"):
        build(sources, tmp_path / "out", base="here")
    assert listing(tmp_path) == ["bad.ttl", "empty", "full"]


def test_build_does_not_read_what_a_build_wrote(tmp_path):
    folder = write_documents(tmp_path)
    first = build(folder, folder / "out")
    again = build(folder, folder / "out")
    assert [document.name for document in again.documents] == sorted(TEXTS)
    assert [(line.name, line.reason) for line in again.notes] == [("out", "was written by a build, and is not read")]
    assert again.claims == first.claims
    other = build(folder, folder / "other")
    assert other.claims == first.claims
    with pytest.raises(ReadingError, match=r"no such file|no document"):
        build(folder / "nowhere", folder / "out")


def test_base_of_the_users_own_is_in_every_iri(sources, tmp_path):
    build(sources, tmp_path / "out", base="https://example.org/kg/")
    assert "w3id.org/dragoman/id/" not in (tmp_path / "out" / "graph.nq").read_text()
    assert open_build(tmp_path / "out").query("ASK { <https://example.org/kg/ghana> a dgm:State }").truth
    assert check_build(tmp_path / "out")[1] == []


def test_ontology_of_the_users_own_is_read_kept_and_used(tmp_path, sources):
    (tmp_path / "names.ttl").write_text(
        "@prefix dgm: <https://w3id.org/dragoman/ontology#> . @prefix id: <https://w3id.org/dragoman/id/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'id:vale-league a dgm:InternationalOrganization ; skos:prefLabel "Vale League"@en ; skos:altLabel "VL"@en .\n'
    )
    (tmp_path / "a.txt").write_text("Ghana condemned the Vale League. Togo supports the VL.")
    build(tmp_path / "a.txt", tmp_path / "out", ontology_files=[tmp_path / "names.ttl"])
    opened = open_build(tmp_path / "out")
    assert "vale-league" in {entity.id for entity in opened.entities}
    assert (tmp_path / "out" / "ontology" / "01-names.ttl").is_file()
    assert check_build(tmp_path / "out")[1] == []


def test_open_refuses_what_is_no_build(tmp_path, sources):
    with pytest.raises(RecordError, match="no such folder"):
        open_build(tmp_path / "gone")
    with pytest.raises(RecordError, match="build the graph first"):
        open_build(tmp_path)
    build(sources, tmp_path / "out", page=False)
    (tmp_path / "out" / "report.json").write_text("{")
    with pytest.raises(RecordError, match=r"report\.json: missing or damaged"):
        open_build(tmp_path / "out")


def test_progress_is_told_for_each_document(sources):
    told: list[tuple[str, int, int]] = []
    build(sources, progress=lambda *line: told.append(line))
    assert [line for line in told if line[0] == "reading"] == [("reading", n, 2) for n in range(3)]


def test_document_that_tells_nothing_gives_a_graph_of_itself(tmp_path):
    (tmp_path / "a.txt").write_text("It rained all night, and then it stopped, which nobody had thought it would.")
    built = build(tmp_path, tmp_path / "out")
    assert (len(built.documents), len(built.claims)) == (1, 0)
    assert check_build(tmp_path / "out")[1] == []


def test_text_that_would_run_in_a_page_or_terminal_does_no_harm(tmp_path):
    evil = "Ghana condemned the \x1b[31mRed <script>alert(1)</script> Column. Togo supports Ghana.\n"
    (tmp_path / "<b>a\x1b[2J.txt").write_text(evil)
    build(tmp_path, tmp_path / "out")
    assert "<script>alert(1)" not in (tmp_path / "out" / "graph.html").read_text()
    assert "\x1b" not in (tmp_path / "out" / "report.txt").read_text()
    assert check_build(tmp_path / "out")[1] == []


def test_build_reads_only_what_changed_and_writes_what_one_from_scratch_writes(tmp_path):
    folder, out, scratch = write_documents(tmp_path / "documents"), tmp_path / "out", tmp_path / "scratch"
    steps = [
        ({}, (2, 0)),
        ({}, (0, 2)),
        ({"bamako.txt": "Mali thanked Ghana. Mali signed a treaty with Chad."}, (1, 2)),
        ({"notes/lome.md": "Togo opposes the African Union."}, (1, 2)),
        ({"accra.txt": None}, (0, 2)),
        ({"bamako.txt": None, "moved.txt": "Mali thanked Ghana. Mali signed a treaty with Chad."}, (0, 2)),
        ({"metadata.csv": "file,date\nmoved.txt,2024-05-06\n"}, (1, 1)),
        ({"accra.txt": TEXTS["accra.txt"]}, (1, 2)),
        ({"quoted.txt": 'Mali thanked Ghana and Togo.\n"Mali" thanked\tGhana. Togo attacked Ghana 100 %.'}, (1, 3)),
    ]
    for changes, (read, kept) in steps:
        for name, text in changes.items():
            (folder / name).write_text(text) if text else (folder / name).unlink()
        built = build(folder, out)
        assert (built.reuse.read, built.reuse.kept, built.reuse.note) == (read, kept, "")
        anew = build(folder, scratch, fresh=True)
        assert (anew.reuse.read, anew.reuse.kept) == (len(built.documents), 0)
        assert read_folder(out) == read_folder(scratch)
        assert (out / "graph.nq").read_bytes() == format_nquads(built.quads)
        assert (out / "graph.ttl").read_text() == format_turtle(built.quads)
        assert "readings.jsonl" in json.loads((out / "report.json").read_text())["files"]


def test_removed_document_takes_its_claims_and_entities_along(tmp_path):
    folder = write_documents(tmp_path / "documents", **{"lima.txt": "Peru condemned Chile. Ghana supports Togo."})
    assert "peru" in {entity.id for entity in build(folder, tmp_path / "out").entities}
    (folder / "lima.txt").unlink()
    built = build(folder, tmp_path / "out")
    assert {"peru", "chile"}.isdisjoint(entity.id for entity in built.entities)
    assert "ghana" in {entity.id for entity in built.entities}
    assert all(claim.documents != ("lima.txt",) for claim in built.claims)
    assert "lima.txt" not in (tmp_path / "out" / "graph.nq").read_text()
    assert not (tmp_path / "out" / "documents" / "lima.txt.txt").exists()


def test_changed_ontology_is_read_by_anew_and_the_note_says_so(tmp_path, sources):
    (tmp_path / "names.ttl").write_text(
        "@prefix dgm: <https://w3id.org/dragoman/ontology#> . @prefix id: <https://w3id.org/dragoman/id/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'id:vale-league a dgm:InternationalOrganization ; skos:prefLabel "Vale League"@en .\n'
    )
    build(sources, tmp_path / "out", page=False)
    reuse = build(sources, tmp_path / "out", ontology_files=[tmp_path / "names.ttl"], page=False).reuse
    assert (reuse.read, reuse.kept) == (2, 0)
    assert reuse.note == "all documents are read anew: ontology changed since the last build"


def test_damaged_readings_are_read_anew_and_mended(tmp_path, sources, out):
    shutil.copytree(out, tmp_path / "out")
    path = tmp_path / "out" / "readings.jsonl"
    path.write_bytes(path.read_bytes()[:-200])
    built = build(sources, tmp_path / "out")
    assert (built.reuse.read, built.reuse.kept) == (1, 1)
    assert built.reuse.note.endswith("readings.jsonl: 1 damaged line is not used")
    assert read_folder(tmp_path / "out") == read_folder(out)


def test_damaged_names_are_looked_at_anew_and_mended(tmp_path, sources, out):
    for damage in (lambda data: data[:-200], lambda data: data.replace(b"Ghana", b"Gabon"), lambda data: b"\xff"):
        shutil.copytree(out, tmp_path / "out", dirs_exist_ok=True)
        path = tmp_path / "out" / "names.jsonl"
        path.write_bytes(damage(path.read_bytes()))
        assert path.read_bytes() != (out / "names.jsonl").read_bytes()
        build(sources, tmp_path / "out")
        assert read_folder(tmp_path / "out") == read_folder(out)


def test_language_model_is_not_loaded_where_nothing_is_to_be_read(sources, out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    script = "import sys, dragoman; dragoman.build(sys.argv[1], sys.argv[2]); sys.exit('spacy' in sys.modules)"
    subprocess.run([sys.executable, "-c", script, sources, tmp_path / "out"], check=True)
