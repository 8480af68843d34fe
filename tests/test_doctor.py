"""``dragoman doctor``: what it tells of a sound installation, and of one that is not."""

import importlib.metadata
import json
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman import __version__, diagnosis
from dragoman.cli import main
from dragoman.contract import CONTRACT
from dragoman.ontology import load_ontology


def run(*arguments: str):
    return CliRunner().invoke(main, ["doctor", *arguments])


@pytest.mark.slow
def test_a_sound_installation_is_told_as_such_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"dragoman   {__version__}, which writes graphs of contract {CONTRACT}\nPython ")
    assert f"{len(load_ontology().classes)} classes" in result.stdout
    assert "claims of a sample read, written and checked in " in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_a_wrong_one_and_a_sample_that_fails_are_faults(monkeypatch):
    found = importlib.metadata.version

    def version(name: str) -> str:
        if name == "pyshacl":
            raise importlib.metadata.PackageNotFoundError(name)
        return "0.1" if name == "rdflib" else found(name)

    monkeypatch.setattr(diagnosis, "version", version)
    result = run("--format", "json", "--model", "no_such_model")
    assert result.exit_code == 1
    faults = {line["part"]: line["fault"] for line in json.loads(result.stdout) if line["fault"]}
    assert faults.keys() == {"pyshacl", "rdflib", "Sample"}
    assert faults["pyshacl"].startswith("install it: pip install 'pyshacl>=")
    assert "no language model 'no_such_model'" in faults["Sample"]
    assert result.stderr.count("\n") == 3


def test_missing_optional_parts_are_told_with_the_way_to_get_them(monkeypatch):
    def version(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(diagnosis, "version", version)
    monkeypatch.setattr(diagnosis.shutil, "which", lambda _: None)
    told = [finding.found for finding in diagnosis._optional()]
    assert "matplotlib missing: pip install 'dragoman[figures]' (figures for print, by measure --figures)" in told
    assert told[-1].startswith("Java missing")
    assert not any(finding.fault for finding in diagnosis._optional())


def test_each_extra_for_users_is_looked_for():
    import tomllib

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    assert set(diagnosis.OPTIONAL) <= set(project["optional-dependencies"])
    for extra, (library, _) in diagnosis.OPTIONAL.items():
        assert any(line.startswith(library) for line in project["optional-dependencies"][extra])
