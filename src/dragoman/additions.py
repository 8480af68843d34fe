"""An ontology of the user's own to what was taken of it and what could not be: a line for each file, and each fault.

A file may hold classes and properties (OWL), frames and nouns (``ontology/lexicon.ttl`` tells how), names (SKOS; those
are held against ``ontology/names.shapes.ttl``) and shapes (SHACL). Terms are of our namespace, below
:class:`~dragoman.ontology.Ontology`'s ``Entity``; others say nothing that a text could be read by, and are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from dragoman.gazetteer import ID, Gazetteer
from dragoman.lexicon import COUNTED, Lexicon
from dragoman.ontology import DGM, LEX, OWL, RDF, SKOS, Ontology, OntologyError, ontology_folder, read_turtle
from dragoman.records import Skipped
from dragoman.shapes import find_violations

__all__ = ["describe_additions", "find_name_faults"]

SHAPES = "names.shapes.ttl"
SH = "http://www.w3.org/ns/shacl#"
KINDS = ("class", "property", "frame", "noun", "word", "name", "shape")
"""What can be taken, in the order in which it is told."""
PLURALS = {"class": "classes", "property": "properties"}


def describe_additions(
    files: Sequence[Path], ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Skipped]:
    """For each of `files`, how many of each kind were taken, then each subject that could not be used, and why.

    :param ontology: with `files` already added, as `lexicon` and `gazetteer` are.
    :raises OntologyError: for a file that yields nothing.
    """
    lines = []
    for path in files:
        store = read_turtle([path])
        taken: Counter[str] = Counter()
        warnings = []
        for iri, said in sorted(_by_subject(store).items()):
            kind, fault = _judge(iri, said, ontology, lexicon, gazetteer)
            taken[kind] += bool(kind)
            if fault:
                warnings.append(Skipped(path.name, f"<{iri}> {fault}"))
        if taken["name"]:
            warnings += [Skipped(path.name, fault) for fault in find_name_faults(store)]
        counts = [_count(taken[kind], kind) for kind in KINDS if taken[kind]]
        if not counts:
            why = f": {warnings[0].reason}" if warnings else ""
            raise OntologyError(f"{path}: yields no class, property, frame, noun, name or shape that can be used{why}")
        lines += [Skipped(path.name, f"added {', '.join(counts)}"), *warnings]
    return lines


def find_name_faults(store: ox.Store) -> list[str]:
    """Where the names in `store`, beside ours, break a shape of ``ontology/names.shapes.ttl``.

    Ours are added to `store`, which may be large. Each fault is told once, with the first entry that has it.
    """
    ontology = ontology_folder()
    ours = read_turtle([ontology / "dragoman.ttl", *sorted((ontology / "names").glob("*.ttl"))])
    store.bulk_extend(ours)
    violations = find_violations(store, read_turtle([ontology / SHAPES]))
    theirs = {quad.subject.value for quad in store if quad not in ours} if violations else set()
    found: dict[tuple[str, str], list[str]] = {}
    for violation in violations:
        about = violation.node if violation.node.startswith(ID) else violation.value or violation.node
        if about in theirs or not about.startswith(ID):
            message = violation.message.replace(about, "it").rstrip(".")
            found.setdefault((violation.shape, message), []).append(about)
    return [f"{_several(about)} {message}" for (_, message), about in found.items()]


def _several(iris: Sequence[str]) -> str:
    return f"<{iris[0]}>:" if len(iris) == 1 else f"<{iris[0]}> and {len(iris) - 1:,} more:"


def _judge(
    iri: str, said: Mapping[str, list[str]], ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer
) -> tuple[str, str]:
    """The kind of what an IRI adds, or "", and why it cannot be used, or ""."""
    types = set(said.get(RDF + "type", ()))
    name = iri.removeprefix(DGM)
    if types & {SH + "NodeShape", SH + "PropertyShape"}:
        return "shape", ""
    if types & {OWL + "Class", OWL + "ObjectProperty"}:
        kind = "class" if OWL + "Class" in types else "property"
        if name in (ontology.classes if kind == "class" else ontology.properties):
            return kind, ""
        if name == iri:
            return "", f"is no {kind} that can be used: its IRI must begin with {DGM}"
        wanted = "it lies below no class of ours" if kind == "class" else "its domain or range is no class of ours"
        return "", f"is no {kind} that can be used: {wanted}"
    if LEX + "states" in said:
        frame_name = iri.removeprefix(LEX)
        known = any(frame.name == frame_name for frames in lexicon.frames.values() for frame in frames)
        return ("frame", "") if known else ("", "is no frame that can be used: it has no verb, noun or other word")
    if LEX + "names" in said:
        return ("noun", "") if LEX + "head" in said else ("", "names a class by no lex:head")
    if LEX + "word" in said:
        return "word", ""
    if LEX + "spelt" in said:
        counts = any(LEX + kind in said for kind in COUNTED)
        return (
            ("word", "")
            if counts
            else ("", f"is spelt but counts nothing: it needs one of lex:{', lex:'.join(COUNTED)}")
        )
    if SKOS + "prefLabel" in said or iri.startswith(ID):
        known = iri.removeprefix(ID) in gazetteer.things
        if known or (DGM + "held" in said and SKOS + "prefLabel" not in said):
            return "name", ""
        return "", f"is no name that can be used: it needs a class, and an IRI below {ID}"
    if OWL + "Ontology" in types or name in ontology.classes or name in ontology.properties:
        return "", ""
    return "", "says nothing that is used"


def _by_subject(store: ox.Store) -> dict[str, dict[str, list[str]]]:
    """Values by property and subject; those that are no IRI and no literal are left out, not so the property."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in store:
        if isinstance(quad.subject, ox.NamedNode):
            values = found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                values.append(quad.object.value)
    return found


def _count(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {PLURALS.get(kind, kind + 's')}"
