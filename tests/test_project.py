"""The project as a whole: it names no machine, its modules are short, what it needs is told, pinned and packaged."""

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LONGEST = 450
"""Lines that a module may have."""
HOME = re.compile(r"(?<![\w./~:<])/(?:home|root|Users|work|tmp|var|opt|mnt)/\w")
INDEX = re.compile(
    r"pypi\.|pythonhosted|registry\.npmjs|deb\.debian|--(?:extra-)?index-url|--find-links", re.IGNORECASE
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME)\b|NotImplementedError")
COPYLEFT = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero", re.IGNORECASE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def tracked_files() -> list[Path]:
    """Files of the project: what git tracks, or all of them where there is no git (in a source archive)."""
    try:
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        hidden = (path.relative_to(ROOT).parts[0] in {".venv", ".git"} for path in ROOT.rglob("*"))
        return [path for path, skip in zip(ROOT.rglob("*"), hidden, strict=True) if path.is_file() and not skip]
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def own_texts() -> dict[str, str]:
    """Texts by path, without what others wrote: the vendored library, pages that hold it, the model's list of words."""
    texts = {}
    for path in tracked_files():
        name = path.relative_to(ROOT).as_posix()
        if "/vendor/" in name or path.suffix in {".html", ".png", ".gz"} or path.name == "strings.json":
            continue
        if path == Path(__file__):
            continue  # it names what it looks for
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # weights of the model
    return texts


@pytest.mark.parametrize("pattern", [HOME, INDEX, UNFINISHED], ids=["paths", "registries", "unfinished"])
def test_no_text_of_the_project_names_a_machine_a_registry_or_work_left_over(pattern):
    found = [f"{name}: {hit.group()}" for name, text in own_texts().items() for hit in pattern.finditer(text)]
    assert found == []


def test_no_module_is_long():
    modules = {name: text.count("\n") for name, text in own_texts().items() if re.fullmatch(r"src/.*\.(py|js)", name)}
    assert modules, "no modules found"
    assert {name: lines for name, lines in modules.items() if lines > LONGEST} == {}


def test_each_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    names = [*PROJECT["dependencies"], *(name for group in PROJECT["optional-dependencies"].values() for name in group)]
    bare = [name for name in names if not any(f'"{name}",' in line and "#" in line for line in lines)]
    assert bare == []


def test_each_dependency_is_pinned():
    pins = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    named = {Requirement(line).name for line in PROJECT["dependencies"]}
    assert named - pins == set()


def test_no_library_that_every_user_gets_is_under_the_gpl():
    copyleft, to_see, seen = {}, [Requirement(line) for line in PROJECT["dependencies"]], set()
    while to_see:
        name = to_see.pop().name.lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or Python than this one
        told = [found.metadata.get("License-Expression"), *(found.metadata.get_all("Classifier") or ())]
        if licences := [line for line in told if line and COPYLEFT.search(line)]:
            copyleft[name] = licences
        needed = map(Requirement, found.requires or ())
        to_see += [need for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})]
    assert len(seen) > 20
    assert copyleft == {}


def test_wheel_and_source_archive_take_what_is_needed():
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["sources"]["ontology"] == "dragoman/ontology"
    wanted = {"src", "ontology", "tests", "graphs", "README.md", "LICENSE", "CHANGELOG.md", "requirements.txt", ".ci"}
    assert wanted <= set(targets["sdist"]["include"])
    for name in (*targets["sdist"]["include"], *targets["wheel"]["only-include"]):
        assert (ROOT / name).exists(), name
    for pattern in PROJECT["license-files"]:
        assert list(ROOT.glob(pattern)), pattern


def test_changelog_tells_of_this_version():
    import dragoman

    assert f"## {dragoman.__version__}" in (ROOT / "CHANGELOG.md").read_text()
