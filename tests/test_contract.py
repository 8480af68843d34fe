"""The number of the contract of a graph: written, recognised, brought up to date, or refused with words."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.contract import CONTRACT, PREFIX, ContractError, contract_of, migrate_quads, parse_contract
from dragoman.query import load_store
from dragoman.record import DATASET, RecordError, read_quads, read_record
from dragoman.report import format_report_json, to_report
from dragoman.serialization import format_nquads
from small_record import CLAIMS, DOCUMENTS, ENTITIES, ONTOLOGY, RECORD, quads_of, trap_record, write_output

CONFORMS = "<http://purl.org/dc/terms/conformsTo>"
TOLD = f"<https://w3id.org/dragoman/id/build/graph> {CONFORMS} <{PREFIX}{CONTRACT}> "


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def out(tmp_path):
    """The folder of a build that tells its contract."""
    folder = write_output(tmp_path / "out")
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    report = to_report(DOCUMENTS, ENTITIES, CLAIMS, ONTOLOGY)
    (folder / "report.json").write_text(format_report_json(report, [*files, "report.json"]))
    (folder / "notes.txt").write_text("mine")
    return folder


def rewrite(folder: Path, old: str, new: str) -> None:
    """Put `new` in place of each line of the dataset that begins with `old`."""
    path = folder / DATASET
    lines = path.read_text().splitlines()
    assert any(line.startswith(old) for line in lines)
    kept = [new if line.startswith(old) else line for line in lines]
    path.write_text("".join(f"{line}\n" for line in kept if line))


def test_a_graph_tells_its_contract_once():
    quads = list(quads_of(RECORD))
    assert contract_of(quads) == CONTRACT
    assert format_nquads(quads).decode().count(CONFORMS) == 1
    assert parse_contract(format_nquads(quads)) == CONTRACT


def test_a_graph_of_before_contracts_is_read_and_brought_up_to_date(out):
    now = {path: (out / path).read_bytes() for path in (DATASET, "graph.ttl")}
    record = read_record(out)
    rewrite(out, TOLD, "")
    (out / "graph.ttl").write_text("")
    assert contract_of(read_quads(out)) == 0
    assert read_record(out) == record
    told = run("migrate", out)
    assert told.stderr == ""
    assert (told.exit_code, told.stdout) == (0, f"{out}: was of contract 0, is of contract {CONTRACT} now\n")
    assert {path: (out / path).read_bytes() for path in now} == now
    assert (out / "notes.txt").read_text() == "mine"
    again = run("migrate", out)
    assert (again.exit_code, again.stdout) == (0, f"{out}: is of contract {CONTRACT} already\n")


@pytest.mark.parametrize("command", [("check",), ("query", "ASK {}"), ("migrate",), ("export", "--to", "x.ttl")])
def test_a_graph_of_a_later_contract_is_refused_with_words(out, command, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    rewrite(out, TOLD, f"<https://w3id.org/dragoman/id/build/graph> {CONFORMS} <{PREFIX}99> .")
    result = run(command[0], out, *command[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"dragoman: {out / DATASET}: is of contract 99, which a later dragoman wrote; this one knows {CONTRACT}: "
        "update dragoman, or build the graph again\n"
    )
    assert not Path("x.ttl").exists()


@pytest.mark.parametrize("told", ["", "one", "1e1", "-1", "9999999999", "\u0661"])
def test_a_contract_that_is_no_number_is_refused(out, told):
    rewrite(out, TOLD, f"<https://w3id.org/dragoman/id/build/graph> {CONFORMS} <{PREFIX}{told}> .")
    for read in (read_quads, load_store):
        with pytest.raises(RecordError, match="is no contract"):
            read(out)


def test_words_of_a_document_tell_no_contract():
    words = f"<https://w3id.org/dragoman/id/build/graph> {CONFORMS} <{PREFIX}99> ."
    quad = ox.Quad(ox.NamedNode("https://e.org/a"), ox.NamedNode("https://e.org/b"), ox.Literal(f"{words}\n{words}"))
    assert parse_contract(format_nquads([quad])) == 0
    assert parse_contract(format_nquads(quads_of(trap_record()))) == CONTRACT


def test_what_no_build_wrote_is_not_brought_up_to_date():
    with pytest.raises(ContractError, match="build it again"):
        migrate_quads([])
