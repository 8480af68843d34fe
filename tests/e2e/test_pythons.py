"""The same bytes from every Python that we support, each with another hash seed, where it has what dragoman needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

VERSIONS = ("3.11", "3.12", "3.13")
KEPT = ("readings.jsonl", "files.jsonl")
"""Files for the next build, which tell what libraries they were made with."""
LIBRARIES = rb'(?<="libraries":")[^"]+'


def build(python, seed, root, folder):
    """The bytes of all files that a build by `python` writes, by name, but for which libraries made what is kept."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root / "src")}
    source = root / "graphs" / "un-oic" / "documents"
    command = [python, "-m", "dragoman", "build", str(source), "-o", str(folder)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {**files, **{name: re.sub(LIBRARIES, b"", files[name], count=1) for name in KEPT}}


@pytest.fixture(scope="module")
def ours(root, tmp_path_factory):
    """What this Python writes."""
    return build(sys.executable, "1", root, tmp_path_factory.mktemp("ours") / "out")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_python_writes_the_same_bytes(version, root, ours, tmp_path):
    python = shutil.which(f"python{version}")
    if python is None:
        pytest.skip(f"python{version} is not installed")
    imports = [python, "-c", "import networkx, pyoxigraph, pyvis, spacy"]
    if subprocess.run(imports, capture_output=True, check=False).returncode:
        pytest.skip(f"python{version} has not the libraries that dragoman needs")
    theirs = build(python, "2", root, tmp_path / "out")
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if theirs[name] != ours[name]] == []
