"""HermiT on the ontology with claims of a graph: what contradicts is found and named; what is missing is told."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.reasoning import check_claims
from dragoman.records import Modality
from small_record import CONDEMNED, LOCATED, RECORD, write_output

CONTRARY = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dgm:criticizes rdfs:range [ owl:complementOf dgm:ArmedGroup ] .
"""


@pytest.fixture
def hermit():
    pytest.importorskip("owlready2", reason="owlready2 is not installed")
    if not shutil.which("java"):
        pytest.skip("java is not installed")


@pytest.fixture
def contrary(tmp_path):
    """An ontology file by which an armed group cannot be criticized."""
    path = tmp_path / "contrary.ttl"
    path.write_text(CONTRARY, encoding="utf-8")
    return path


@pytest.mark.usefixtures("hermit")
def test_claims_that_fit_the_ontology_are_no_fault():
    assert check_claims(RECORD) == ()


@pytest.mark.usefixtures("hermit")
def test_the_claim_that_contradicts_the_ontology_is_found(contrary):
    assert check_claims(RECORD, contrary) == (CONDEMNED,)
    planned = tuple(replace(claim, modality=Modality.PLANNED) for claim in RECORD.claims)
    assert check_claims(replace(RECORD, claims=planned), contrary) == ()
    assert check_claims(replace(RECORD, claims=(LOCATED,)), contrary) == ()


@pytest.mark.usefixtures("hermit")
def test_command_tells_what_hermit_finds(contrary, tmp_path):
    folder = write_output(tmp_path / "out")
    told = CliRunner().invoke(main, ["check", str(folder), "--reason"])
    assert (told.exit_code, told.stderr) == (0, "")
    assert "HermiT finds no contradiction" in told.stdout
    (folder / "ontology").mkdir()
    contrary.rename(folder / "ontology" / "01-contrary.ttl")
    told = CliRunner().invoke(main, ["check", str(folder), "--reason"])
    assert told.exit_code == 1
    assert "Reasoning: 1 fault\n  remarks/first.txt: claim" in told.stdout
    assert "norland criticizes red-column, contradicts the ontology" in told.stdout


@pytest.mark.parametrize("missing", ["java", "owlready2"])
def test_command_tells_in_one_line_what_is_missing(missing, tmp_path, monkeypatch):
    folder = write_output(tmp_path / "out")
    if missing == "java":
        pytest.importorskip("owlready2", reason="owlready2 is not installed")
        monkeypatch.setenv("PATH", "")
        wanted = "no Java found as 'java', which HermiT needs; install"
    else:
        monkeypatch.setitem(sys.modules, "owlready2", None)
        wanted = "Owlready2 is not installed, which the ontology's classes and HermiT come through; run: pip install"
    told = CliRunner().invoke(main, ["check", str(folder), "--reason"])
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert told.stderr.startswith(f"dragoman: {wanted}")
