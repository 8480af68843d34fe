"""An ontology of the user's own to what was taken of it and what could not be: a line for each file, and each fault.

A file may hold classes and properties (OWL), frames and nouns (``ontology/lexicon.ttl`` tells how), names (SKOS) and
shapes (SHACL). Terms are of our namespace, below :class:`~dragoman.ontology.Ontology`'s ``Entity``; others say nothing
that a text could be read by, and are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from dragoman.gazetteer import ID, Gazetteer
from dragoman.lexicon import LEX, Lexicon
from dragoman.ontology import DGM, OWL, RDF, SKOS, Ontology, OntologyError, read_turtle
from dragoman.records import Skipped

__all__ = ["describe_additions"]

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
        for subject in sorted({quad.subject for quad in store if isinstance(quad.subject, ox.NamedNode)}, key=str):
            kind, fault = _judge(subject, store, ontology, lexicon, gazetteer)
            taken[kind] += bool(kind)
            if fault:
                warnings.append(Skipped(path.name, f"<{subject.value}> {fault}"))
        counts = [_count(taken[kind], kind) for kind in KINDS if taken[kind]]
        if not counts:
            why = f": {warnings[0].reason}" if warnings else ""
            raise OntologyError(f"{path}: yields no class, property, frame, noun, name or shape that can be used{why}")
        lines += [Skipped(path.name, f"added {', '.join(counts)}"), *warnings]
    return lines


def _judge(
    subject: ox.NamedNode, store: ox.Store, ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer
) -> tuple[str, str]:
    """The kind of what `subject` adds, or "", and why it cannot be used, or ""."""
    said = {quad.predicate.value for quad in store.quads_for_pattern(subject, None, None)}
    types = set(_values(store, subject, RDF + "type"))
    name = subject.value.removeprefix(DGM)
    if types & {SH + "NodeShape", SH + "PropertyShape"}:
        return "shape", ""
    if types & {OWL + "Class", OWL + "ObjectProperty"}:
        kind = "class" if OWL + "Class" in types else "property"
        if name in (ontology.classes if kind == "class" else ontology.properties):
            return kind, ""
        if name == subject.value:
            return "", f"is no {kind} that can be used: its IRI must begin with {DGM}"
        wanted = "it lies below no class of ours" if kind == "class" else "its domain or range is no class of ours"
        return "", f"is no {kind} that can be used: {wanted}"
    if LEX + "states" in said:
        frame_name = subject.value.removeprefix(LEX)
        known = any(frame.name == frame_name for frames in lexicon.frames.values() for frame in frames)
        return ("frame", "") if known else ("", "is no frame that can be used: it has no verb, noun or other word")
    if LEX + "names" in said:
        heads = _values(store, subject, LEX + "head")
        return ("noun", "") if any(heads) else ("", "names a class by no lex:head")
    if LEX + "word" in said:
        return "word", ""
    if SKOS + "prefLabel" in said or subject.value.startswith(ID):
        known = subject.value.removeprefix(ID) in gazetteer.things
        return ("name", "") if known else ("", f"is no name that can be used: it needs a class, and an IRI below {ID}")
    if OWL + "Ontology" in types or name in ontology.classes or name in ontology.properties:
        return "", ""
    return "", "says nothing that is used"


def _values(store: ox.Store, subject: ox.NamedNode, predicate: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(subject, ox.NamedNode(predicate), None):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.object.value


def _count(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {PLURALS.get(kind, kind + 's')}"
