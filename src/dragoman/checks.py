"""A built graph to its faults: quotes that are not in the text, sources that changed, and shapes that do not hold.

Shapes are SHACL (https://www.w3.org/TR/shacl/), in ``ontology/shapes.ttl``. Nothing is fetched from a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from dragoman.graph import to_rdflib_graph
from dragoman.ontology import ontology_folder
from dragoman.record import DATASET, Record, RecordError, read_quads, text_path
from dragoman.vocabulary import DGM, OA, clean

__all__ = ["Fault", "check_files", "check_quotes", "check_shapes", "check_sources", "read_texts"]

TURTLE = "graph.ttl"
"""The file of an output folder that holds the merged graph."""
SHOWN = 80
"""Characters of a quote that a fault shows."""
AGAIN = "build the graph again"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that does not hold: where, what, and what to do about it, each in one line."""

    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.todo}"


def check_files(folder: Path) -> list[Fault]:
    """A fault where the Turtle of the output `folder` does not hold the triples of its N-Quads.

    :raises RecordError: if one of the two is missing or damaged.
    """
    pair = (read_quads(folder), _read_triples(folder / TURTLE))
    quads, triples = ({(quad.subject, quad.predicate, quad.object) for quad in found} for found in pair)
    if quads == triples:
        return []
    count = len(quads ^ triples)
    return [Fault(str(folder / TURTLE), f"{count} triples stand in only one of it and {DATASET}", AGAIN)]


def check_quotes(record: Record, texts: Mapping[str, str]) -> list[Fault]:
    """A fault for each quote that does not stand in its document's text, to the character, where the graph says.

    :param texts: the plain text of each document by name.
    """
    known = {document.name for document in record.documents}
    missing = sorted(known - texts.keys())
    faults = [Fault(name, "its text was not kept, so its quotes cannot be checked", AGAIN) for name in missing]
    for claim in record.claims:
        for evidence in claim.evidence:
            place = f"{evidence.document}:{evidence.span.start}-{evidence.span.end}"
            if evidence.document not in known:
                faults.append(Fault(place, f"claim {claim.id} quotes a document that the graph does not have", AGAIN))
            elif evidence.document in texts:
                found = clean(texts[evidence.document][evidence.span.start : evidence.span.end])
                if found != clean(evidence.exact):
                    what = f"claim {claim.id} quotes {_shown(evidence.exact)}, but there the text reads {_shown(found)}"
                    faults.append(Fault(place, what, f"the text or the graph was changed: {AGAIN}"))
    return sorted(set(faults))


def check_sources(record: Record, folder: Path) -> list[Fault]:
    """A fault for each document whose file below `folder` is gone or has other bytes than when it was read."""
    faults = []
    for document in record.documents:
        try:
            digest = sha256((folder / document.name).read_bytes()).hexdigest()
        except (OSError, ValueError):
            faults.append(Fault(document.name, f"no such file in {folder}", "put it back, or build without it"))
            continue
        if digest != document.sha256:
            faults.append(Fault(document.name, "the file has changed since it was read", AGAIN))
    return sorted(faults)


def check_shapes(graph: Path, *, extra: Iterable[Path] = ()) -> list[Fault]:
    """A fault for each place where the Turtle file `graph` breaks a shape of ``ontology/shapes.ttl``.

    :param extra: Turtle files of an ontology of the user's own, that the graph was built with.
    :raises RecordError: if the file is missing, or is no Turtle; with line and column.
    """
    import pyshacl
    from rdflib import SH, URIRef

    ontology = ontology_folder()
    conforms, report, _ = pyshacl.validate(
        to_rdflib_graph(_read_triples(graph)),
        shacl_graph=to_rdflib_graph(_read_triples(ontology / "shapes.ttl")),
        ont_graph=to_rdflib_graph(
            [node for path in (ontology / "dragoman.ttl", *extra) for node in _read_triples(path)]
        ),
        inference="none",
        do_owl_imports=False,
        advanced=False,
        allow_warnings=False,
    )
    if conforms:
        return []
    faults = set()
    for result in report.subjects(SH.resultSeverity, None):
        node, path, value = (report.value(result, end) for end in (SH.focusNode, SH.resultPath, SH.value))
        if value is not None and str(node).startswith((DGM, OA)):
            node = value  # a constraint on all claims at once, which stands on one term
        message = " ".join(str(report.value(result, SH.resultMessage) or "a shape does not hold").split())
        path = path if isinstance(path, URIRef) else "its value"
        detail = f" ({path} is {_shown(str(value))})" if value is not None and node is not value else ""
        faults.add(Fault(str(node), f"{message.rstrip('.')}{detail}", AGAIN))
    return sorted(faults)


def read_texts(folder: Path, record: Record) -> dict[str, str]:
    """The texts that the output `folder` keeps, by the name of their document; those that are gone are left out."""
    return {doc.name: doc.text for doc in record.documents if doc.text or text_path(folder, doc.name).is_file()}


def _read_triples(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    except OSError as cause:
        raise RecordError(f"{path}: cannot be read: {cause.strerror or cause}; build the graph first") from cause
    except SyntaxError as cause:
        raise RecordError(f"{path}:{cause.lineno}:{cause.offset}: damaged: {cause.msg}; {AGAIN}") from cause


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= SHOWN else line[: SHOWN - 1] + "…")
