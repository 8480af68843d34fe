"""Builds with a language model: alone, beside the grammar, again without a server, and from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from model_server import KEY, MODEL, answer, completion, error, model_server

import dragoman
from dragoman.builder import build
from dragoman.built import check_build, open_build
from dragoman.cli import main
from dragoman.records import Modality

TEXTS = {
    "accra.txt": "Ghana condemned terrorism in Accra. Togo will support Ghana in the weeks ahead, said Chad.\n",
    "lome.txt": "The Vale Pipeline crosses Togo. Ghana condemned terrorism once more.\n",
}
ENTITIES = {
    "g": ("State", "Ghana"),
    "t": ("State", "Togo"),
    "c": ("State", "Chad"),
    "x": ("ThematicIssue", "terrorism"),
    "p": ("Pipeline", "Vale Pipeline"),
}
CLAIMS = (
    ("g", "criticizes", "x", "Ghana condemned terrorism"),
    ("t", "supports", "g", "Togo will support Ghana", "planned", "", "c"),
    ("p", "crosses", "t", "The Vale Pipeline crosses Togo"),
)
OWN = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dgm:Pipeline a owl:Class ; rdfs:subClassOf dgm:Instrument ; rdfs:label "pipeline"@en .
dgm:crosses a owl:ObjectProperty ; rdfs:label "crosses"@en ; rdfs:domain dgm:Pipeline ; rdfs:range dgm:State .
"""


def behave(asked):
    """What of the claims has its quote in the document; what is not in the ontology is left out by the check."""
    claims = [claim for claim in CLAIMS if claim[3] in asked.text]
    named = {id_: entity for id_, entity in ENTITIES.items() if entity[1] in asked.text}
    return completion(answer(*claims, entities=named))


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stated(built) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Who found each claim."""
    return {(claim.subject, claim.predicate, claim.object): claim.readers for claim in built.claims}


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


def test_a_model_alone_gives_a_graph_that_says_who_found_each_claim(sources, tmp_path):
    out = tmp_path / "out"
    with model_server(behave) as server:
        built = build(sources, out, readers="llm", settings=server.settings())
    assert stated(built) == {
        ("ghana", "criticizes", "terrorism"): ("llm",),
        ("togo", "supports", "ghana"): ("llm",),
    }
    claim = next(claim for claim in built.claims if claim.predicate == "supports")
    assert (claim.modality, claim.speaker, claim.rule) == (Modality.PLANNED, "chad", "llm")
    assert check_build(out, sources=sources)[1] == []
    assert open_build(out).claims == built.claims
    assert (out / "answers.jsonl").is_file()
    assert not (out / "readings.jsonl").exists()
    page = (out / "graph.html").read_text()
    assert "llm (llm)" in page
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    notes = [f"{line.name}: {line.reason}" for line in built.notes]
    assert notes == [
        "lome.txt: left out of what the language model answered: 1 × a claim by a property that the ontology does not "
        "have, 1 × an entity of a class that the ontology does not have"
    ]
    graph = (out / "graph.nq").read_text()
    assert f'"{MODEL}"' in graph
    assert '"llm-answers"' in graph
    assert not any(KEY in data.decode("utf-8", "replace") for data in read_folder(out).values())


def test_a_second_build_needs_no_server_and_writes_the_same_bytes(sources, tmp_path):
    with model_server(behave) as server:
        build(sources, tmp_path / "out", readers="llm", settings=server.settings())
        before = read_folder(tmp_path / "out")
        build(sources, tmp_path / "elsewhere", readers="llm", settings=server.settings(parallel=1))
        assert len(server.asked) == 4
    build(sources, tmp_path / "out", readers="llm", settings={"DRAGOMAN_LLM_MODEL": MODEL})
    assert read_folder(tmp_path / "out") == before == read_folder(tmp_path / "elsewhere")


def test_only_what_changed_is_asked_about_and_answers_no_longer_used_go(sources, tmp_path):
    out = tmp_path / "out"
    with model_server(behave) as server:
        build(sources, out, readers="llm", settings=server.settings())
        (sources / "lome.txt").write_text("Togo will support Ghana. Ghana condemned terrorism anew.\n")
        build(sources, out, readers="llm", settings=server.settings())
        assert len(server.asked) == 3
        assert (out / "answers.jsonl").read_bytes().count(b"\n") == 2
        build(sources, out, readers="llm", settings=server.settings(), fresh=True)
        assert len(server.asked) == 5


def test_a_server_that_refuses_leaves_the_old_graph(sources, tmp_path):
    out = tmp_path / "out"
    with model_server(behave) as server:
        build(sources, out, readers="llm", settings=server.settings())
        before = read_folder(out)
        server.behaviour = lambda asked: error(401)
        (sources / "new.txt").write_text("Ghana condemned terrorism. Nobody was surprised by that.\n")
        with pytest.raises(ValueError, match="401"):
            build(sources, out, readers="llm", settings=server.settings())
    assert read_folder(out) == before


def test_classes_and_properties_of_a_users_own_are_asked_for_and_taken(sources, tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(OWN)
    with model_server(behave) as server:
        built = build(sources, tmp_path / "out", readers="llm", settings=server.settings(), ontology_files=[own])
    assert ("vale-pipeline", "crosses", "togo") in stated(built)
    assert built.notes[-1].name == "own.ttl"
    assert check_build(tmp_path / "out")[1] == []


@pytest.mark.slow
def test_both_readers_are_joined_and_each_claim_says_who_found_it(sources, tmp_path):
    out, alone = tmp_path / "out", tmp_path / "alone"
    (sources / "third.txt").write_text("Mali supports the African Union. Togo supports Mali.\n")
    build(sources, alone)
    with model_server(behave) as server:
        built = build(sources, out, readers="both", settings=server.settings())
    found = stated(built)
    assert found["ghana", "criticizes", "terrorism"] == ("grammar", "llm")
    assert found["mali", "supports", "african-union"] == ("grammar",)
    assert sum(claim.predicate == "criticizes" for claim in built.claims) == 1
    assert check_build(out, sources=sources)[1] == []
    assert (out / "readings.jsonl").read_bytes() == (alone / "readings.jsonl").read_bytes()
    before = read_folder(out)
    again = build(sources, out, readers=["grammar", "llm"], settings={"DRAGOMAN_LLM_MODEL": MODEL})
    assert (again.reuse.read, again.reuse.kept) == (0, 3)
    assert read_folder(out) == before
    build(sources, out)
    assert read_folder(out) == read_folder(alone)
    assert b"#reader>" not in (alone / "graph.nq").read_bytes()


def run(monkeypatch, settings, *arguments):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_command_tells_cost_before_and_after(sources, tmp_path, monkeypatch):
    with model_server(behave) as server:
        settings = server.settings(price_in=0.001, price_out=0.002)
        done = run(monkeypatch, settings, "build", sources, "-o", tmp_path / "out", "--reader", "llm", "--max-cost", 1)
    assert done.exit_code == 0
    before, after = (line for line in done.stderr.splitlines() if MODEL in line)
    assert re.match(rf"dragoman: asking {MODEL}: 2 requests of about [\d,]+ tokens, .* at most 0\.0\d+; about", before)
    assert re.match(rf"dragoman: asked {MODEL}: 2 requests, 200 tokens sent, 40 received, cost 0\.0002", after)
    assert KEY not in done.output
    assert "1 claim" not in done.stderr


def test_command_refuses_in_a_line_what_is_too_dear_or_not_set(sources, tmp_path, monkeypatch):
    with model_server(behave) as server:
        settings = server.settings(price_in=1, price_out=1)
        arguments = ("build", sources, "-o", tmp_path / "out", "--reader", "llm")
        dear = run(monkeypatch, settings, *arguments, "--max-cost", 0.5)
        assert (dear.exit_code, server.asked) == (2, [])
        assert "nothing was asked: 2 requests" in dear.stderr.splitlines()[-1]
    for name in settings:
        monkeypatch.delenv(name)
    unset = run(monkeypatch, {}, *arguments)
    assert (unset.exit_code, len(unset.stderr.splitlines())) == (2, 1)
    assert "no model is named; set DRAGOMAN_LLM_URL and DRAGOMAN_LLM_MODEL" in unset.stderr
    unknown = run(monkeypatch, {}, "build", sources, "-o", tmp_path / "out", "--reader", "lm")
    assert unknown.exit_code == 2
    assert "there is no reader 'lm'; there are both, grammar, llm" in unknown.stderr
    assert not (tmp_path / "out").exists()


def test_command_takes_a_file_of_settings(sources, tmp_path, monkeypatch):
    path = tmp_path / "llm.toml"
    with model_server(behave) as server:
        path.write_text(f'[llm]\nurl = "{server.url}"\nmodel = "{MODEL}"\nparallel = 2\n')
        done = run(monkeypatch, {}, "build", sources, "-o", tmp_path / "out", "--reader", "llm", "--llm-config", path)
        assert "Authorization" not in server.asked[0].headers
    assert done.exit_code == 0
    assert len(dragoman.open(tmp_path / "out").claims) == 2
