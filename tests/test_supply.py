"""What is installed with the package: licences, hashes, the bill of materials, and wheels of the same bytes."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from dragoman import __version__, supply
from dragoman.cli import main
from dragoman.supply import Component, find_components, format_sbom, is_copyleft

ROOT = Path(__file__).parents[1]
HEAVY = 20e6
"""Bytes on the disk above which a library needs a reason."""
MOST = 350e6
"""Bytes that all of them may take, as they list their files; 340 MB when this was written."""
DEARER = ("scipy", "pandas", "matplotlib", "scikit-learn", "torch", "playwright")
"""Libraries of a default install's size that nobody is to get unasked."""


def run(*arguments: str | Path):
    return CliRunner().invoke(main, ["licences", *map(str, arguments)])


@pytest.fixture(scope="module")
def components():
    return find_components()


@pytest.fixture(scope="module")
def default(components):
    """What every user gets; skips where the package was installed before its needs changed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {str(Requirement(line).specifier) + Requirement(line).name for line in project["dependencies"]}
    installed = [Requirement(line) for line in distribution("dragoman").requires]
    if not asked <= {str(need.specifier) + need.name for need in installed}:
        pytest.skip("dragoman was installed before pyproject.toml changed; install it again")
    for need in map(Requirement, project["dependencies"]):
        if (need.marker is None or need.marker.evaluate()) and not need.specifier.contains(version(need.name)):
            pytest.skip(f"{need} is asked for and {version(need.name)} is installed; install it again")
    return [part for part in components if not part.extra]


def test_every_library_of_the_default_install_is_listed_with_its_licence(components):
    default = {part.name: part for part in components if not part.extra}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in project["dependencies"]}
    assert named <= default.keys()
    assert {"thinc", "jinja2"} <= default.keys(), "what libraries need themselves is among them"
    assert [part.name for part in default.values() if part.licence == supply.NOT_TOLD] == []
    assert [part.name for part in default.values() if is_copyleft(part.licence)] == []
    assert default["numpy"].size > 1e6


def test_the_command_lists_them_and_fails_for_a_gpl_library_that_every_user_gets(monkeypatch):
    result = run()
    assert result.exit_code == 0
    assert re.search(r"^pyoxigraph \S+ +\d+\.\d MB  .*MIT", result.stdout, re.MULTILINE)
    found = [Component("good", "1", "MIT", "", 5), Component("bound", "2", "AGPL-3.0-only", "", 5)]
    monkeypatch.setattr(supply, "find_components", lambda: found)
    result = run()
    assert result.exit_code == 1
    assert result.stderr == "dragoman: under the GPL or AGPL in the default install: bound (AGPL-3.0-only)\n"
    monkeypatch.setattr(supply, "find_components", lambda: [Component("bound", "2", "GPL-3.0", "owl", 5)])
    assert run().exit_code == 0


@pytest.mark.parametrize(
    ("licence", "copyleft"),
    [
        ("GPL-2.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("AGPL-3.0-or-later", True),
        ("MIT AND GPL-3.0", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("LGPL-2.1", False),
        ("Apache-2.0 OR GPL-2.0", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
    ],
)
def test_licences_are_told_apart(licence, copyleft):
    assert is_copyleft(licence) is copyleft


def test_the_bill_of_materials_is_cyclonedx_and_the_same_each_time(components, tmp_path):
    assert run("--sbom", tmp_path / "a.json").exit_code == 0
    bill = json.loads((tmp_path / "a.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert bill["metadata"]["component"]["version"] == __version__
    refs = {part["bom-ref"] for part in bill["components"]}
    assert len(refs) == len(bill["components"]) == len(components)
    assert all(ref.startswith("pkg:pypi/") for ref in refs)
    edges = {entry["ref"]: set(entry["dependsOn"]) for entry in bill["dependencies"]}
    assert edges.keys() - refs == {f"pkg:pypi/dragoman@{__version__}"}
    assert set().union(*edges.values()) <= refs
    assert len(edges[f"pkg:pypi/dragoman@{__version__}"]) > 10
    assert format_sbom(components) == (tmp_path / "a.json").read_text() == format_sbom(find_components())


def test_each_heavy_library_that_we_ask_for_has_its_weight_explained(default):
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    needs = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in distribution("dragoman").requires}
    heavy = [part.name for part in default if part.size > HEAVY and part.name in needs]
    assert "spacy" in heavy
    bare = [name for name in heavy if not any(re.search(rf'"{name}>.*#.*\d MB', line) for line in lines)]
    assert bare == []


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Leiden for newer Pythons asks for SciPy")
def test_nobody_gets_a_dear_library_unasked(default):
    wanted = {part.name: sorted(other.name for other in default if part.name in other.needs) for part in default}
    assert {name: by for name, by in wanted.items() if name in DEARER} == {}
    assert {"numpy", "networkx", "graspologic-native"} <= wanted.keys()


def test_the_pins_are_those_that_are_asked_for():
    text = (ROOT / "requirements.txt").read_text()
    pins = {}
    for line in re.findall(r"^[a-z0-9][^\\\n]*", text, re.MULTILINE):
        pin = Requirement(line.strip())
        if pin.marker is None or pin.marker.evaluate():
            pins[pin.name] = next(iter(pin.specifier)).version
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate():
            assert need.specifier.contains(pins[need.name]), need


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Leiden for newer Pythons asks for SciPy")
def test_what_weighs_most_is_named_and_the_default_install_does_not_grow(default):
    text = (ROOT / "pyproject.toml").read_text()
    assert [part.name for part in default if part.size > HEAVY and not re.search(rf"\b{part.name}\b", text)] == []
    assert sum(part.size for part in default) < MOST


def test_each_pin_has_its_hashes():
    text = (ROOT / "requirements.txt").read_text().replace("\\\n", " ")
    pins = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert len(pins) > 50
    assert [line.split()[0] for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_nothing_runs_at_installation():
    assert not (ROOT / "setup.py").exists()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "hooks" not in project["tool"]["hatch"]["build"]
    assert all("hooks" not in target for target in project["tool"]["hatch"]["build"]["targets"].values())


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds wheels, is not here")
def test_two_wheels_of_one_source_are_the_same_bytes(tmp_path):
    wheels = []
    for number in range(2):
        source, dist = tmp_path / f"source{number}", tmp_path / f"dist{number}"
        hidden = shutil.ignore_patterns(".*", "__pycache__", "out", "dist")
        source.mkdir()
        for name in ("src", "ontology", "README.md", "LICENSE", "pyproject.toml"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, source / name, **({"ignore": hidden} if (ROOT / name).is_dir() else {}))
        for path in source.rglob("*"):
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        dist.mkdir()
        command = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
        environment = {**os.environ, "PYTHONHASHSEED": str(number + 1)}
        environment.pop("SOURCE_DATE_EPOCH", None)
        subprocess.run(
            [sys.executable, "-c", command, str(dist)], cwd=source, env=environment, check=True, capture_output=True
        )
        (wheel,) = dist.glob("*.whl")
        wheels.append((wheel.name, wheel.read_bytes()))
    assert wheels[0] == wheels[1]
