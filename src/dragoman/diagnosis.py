"""Whether this installation is sound: versions, the ontology in numbers, optional parts, and a build to try it out.

Nothing is fetched and nothing outside a temporary folder is written.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from packaging.requirements import Requirement

from dragoman import __version__
from dragoman.contract import CONTRACT
from dragoman.language.hashes import OWN_MODEL, hash_model

__all__ = ["Diagnosis", "Finding", "diagnose"]

SAMPLE = "Ghana condemned terrorism. On 4 May 2024, Togo signed an agreement on fishing with Ghana in Accra.\n"
"""What the build reads that tries the installation out."""
OPTIONAL = {
    "frames": ("pandas", "answers as DataFrames"),
    "cluster": ("distributed", "reading on a Dask cluster, by build --scheduler"),
    "figures": ("matplotlib", "figures for print, by measure --figures"),
    "owl": ("owlready2", "the ontology as Python classes, and check --reason"),
}
"""For each extra, the library that it brings and what that is for."""
JAVA = "java"
SHOWN = 12
"""Characters of a SHA-256 that are shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `fault` tells what to do where it keeps dragoman from working."""

    part: str
    found: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, in the order of looking."""

    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What keeps dragoman from working."""
        return tuple(finding for finding in self.findings if finding.fault)


def diagnose(*, model: str = OWN_MODEL) -> Diagnosis:
    """Look at everything that a build needs; the last finding is that of a small build in a temporary folder."""
    looks = (_versions(), _libraries(), _model(model), _ontology(), _optional(), _sample_build(model))
    return Diagnosis(tuple(finding for look in looks for finding in look))


def _versions() -> Iterator[Finding]:
    yield Finding("dragoman", f"{__version__}, which writes graphs of contract {CONTRACT}")
    where = f"{platform.system()} {platform.machine()}, {os.cpu_count() or 1} cores"
    yield Finding("Python", f"{platform.python_version()} ({platform.python_implementation()}) on {where}")


def _libraries() -> Iterator[Finding]:
    """The libraries that every user gets, with what is missing or of another version than is asked for."""
    found = []
    for line in distribution("dragoman").requires or ():
        need = Requirement(line)
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            there = version(need.name)
        except PackageNotFoundError:
            yield Finding(need.name, "missing", f"install it: pip install '{need.name}{need.specifier}'")
            continue
        if there in need.specifier:
            found.append(f"{need.name} {there}")
        else:
            yield Finding(need.name, f"{there}, not {need.specifier}", f"pip install '{need.name}{need.specifier}'")
    yield Finding("Libraries", ", ".join(sorted(found)))


def _model(model: str) -> Iterator[Finding]:
    yield Finding("Model", f"{model}, SHA-256 {hash_model(model)[:SHOWN]}…")


def _ontology() -> Iterator[Finding]:
    from dragoman.gazetteer import load_gazetteer
    from dragoman.lexicon import load_lexicon
    from dragoman.ontology import OntologyError, load_ontology
    from dragoman.questions import QuestionError, load_questions

    try:
        ontology = load_ontology()
        lexicon, gazetteer, questions = load_lexicon(ontology), load_gazetteer(ontology), load_questions()
    except (OntologyError, QuestionError, OSError) as cause:
        yield Finding("Ontology", "cannot be used", f"{cause}; install dragoman again")
        return
    counts = (
        (len(ontology.classes), "classes"),
        (len(ontology.properties), "properties"),
        (sum(map(len, lexicon.frames.values())), "frames"),
        (len(lexicon.heads), "nouns"),
        (len(gazetteer.things), "things by name"),
        (len(questions), "questions"),
    )
    told = ", ".join(f"{number:,} {name}" for number, name in counts)
    yield Finding("Ontology", f"{told}; SHA-256 {ontology.sha256[:SHOWN]}…")


def _optional() -> Iterator[Finding]:
    for extra, (library, purpose) in OPTIONAL.items():
        try:
            told = f"{library} {version(library)}"
        except PackageNotFoundError:
            told = f"{library} missing: pip install 'dragoman[{extra}]'"
        yield Finding("Optional", f"{told} ({purpose})")
    java = "Java" if shutil.which(JAVA) else "Java missing: install a Java runtime, 8 or later"
    yield Finding("Optional", f"{java} (HermiT, by check --reason)")


def _sample_build(model: str) -> Iterator[Finding]:
    """A build and a check of a document of two sentences."""
    from dragoman.builder import build
    from dragoman.built import check_build

    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dragoman-doctor-") as folder:
        documents, out = Path(folder, "documents"), Path(folder, "out")
        documents.mkdir()
        (documents / "sample.txt").write_text(SAMPLE, encoding="utf-8")
        try:
            built = build(documents, out, model=model)
            faults = check_build(out, sources=documents)[1]
        except (ValueError, OSError) as cause:
            yield Finding("Sample", "cannot be built", f"{cause}")
            return
    seconds = time.monotonic() - start
    told = f"{len(built.entities)} entities and {len(built.claims)} claims of a sample"
    if faults:
        yield Finding("Sample", f"{told}, with faults", str(faults[0]))
    elif not built.claims:
        yield Finding("Sample", told, "nothing was read: install dragoman again, or give another --model")
    else:
        yield Finding("Sample", f"{told} read, written and checked in {seconds:.1f} seconds")
