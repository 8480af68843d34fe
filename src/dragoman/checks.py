"""A built graph to its faults: quotes that are not in the text, sources that changed, and shapes that do not hold.

Shapes are SHACL (https://www.w3.org/TR/shacl/), in ``ontology/shapes.ttl`` and in the user's own ontology. They are
checked as SPARQL, or by pyshacl where one says more than :mod:`dragoman.shapes` understands. Nothing is fetched from a
network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from dragoman.ontology import ontology_folder
from dragoman.reading.documents import DEFAULTS, Options, ReadingError, find_files, iter_documents
from dragoman.record import DATASET, Record, RecordError, read_quads, text_path
from dragoman.shapes import Violation, find_violations
from dragoman.vocabulary import DGM, OA, PREFIXES, clean

__all__ = ["Fault", "check_files", "check_quotes", "check_shapes", "check_sources", "read_texts"]

TURTLE = "graph.ttl"
"""The file of an output folder that holds the merged graph."""
SHOWN = 80
"""Characters of a quote that a fault shows."""
AGAIN = "build the graph again"
QUOTES, FILES, SOURCES = "Quotes and texts", "Files of the graph", "Sources"
"""Kinds of faults beside those of shapes."""

WITHIN = re.compile("[/#]")
"""What parts the name of a text within a file from that of the file."""

_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+""")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that does not hold: where, what, and what to do about it, each in one line.

    `where` is a place in a document, if one can be told, or an IRI or a file; `kind` is the label of a shape, or what
    else was checked; `node` is the IRI at fault, if it is one.
    """

    where: str
    what: str
    todo: str
    kind: str = ""
    node: str = ""

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
    return [Fault(str(folder / TURTLE), f"{count} triples stand in only one of it and {DATASET}", AGAIN, FILES)]


def check_quotes(record: Record, texts: Mapping[str, str]) -> list[Fault]:
    """A fault for each quote that does not stand in its document's text, to the character, where the graph says.

    :param texts: the plain text of each document by name.
    """
    known = {document.name for document in record.documents}
    missing = sorted(known - texts.keys())
    faults = [Fault(name, "its text was not kept, so its quotes cannot be checked", AGAIN, QUOTES) for name in missing]
    for claim in record.claims:
        for evidence in claim.evidence:
            place = f"{evidence.document}:{evidence.span.start}-{evidence.span.end}"
            if evidence.document not in known:
                faults.append(
                    Fault(place, f"claim {claim.id} quotes a document that the graph does not have", AGAIN, QUOTES)
                )
            elif evidence.document in texts:
                found = clean(texts[evidence.document][evidence.span.start : evidence.span.end])
                if found != clean(evidence.exact):
                    what = f"claim {claim.id} quotes {_shown(evidence.exact)}, but there the text reads {_shown(found)}"
                    faults.append(Fault(place, what, f"the text or the graph was changed: {AGAIN}", QUOTES))
    return sorted(set(faults))


def check_sources(record: Record, folder: Path, options: Options = DEFAULTS) -> list[Fault]:
    """A fault for each document whose file below `folder` is gone or has other bytes than when it was read.

    :param options: how documents that lie within other files are to be read.
    """
    faults, places = [], _find_sources(folder)
    within = _read_within(
        [name for document in record.documents if (name := document.name) not in places], folder, options
    )
    for document in record.documents:
        try:
            path = places.get(document.name, folder / document.name)
            digest = within.get(document.name) or sha256(path.read_bytes()).hexdigest()
        except (OSError, ValueError):
            faults.append(
                Fault(document.name, f"no such file in {folder}", "put it back, or build without it", SOURCES)
            )
            continue
        if digest != document.sha256:
            faults.append(Fault(document.name, "the file has changed since it was read", AGAIN, SOURCES))
    return sorted(faults)


def _find_sources(folder: Path) -> dict[str, Path]:
    """The files below `folder` by the names that a graph gives their documents."""
    try:
        return {clean(file.name): file.path for file in find_files([folder]).files}
    except ReadingError:
        return {}  # a folder without documents


def _read_within(names: Sequence[str], folder: Path, options: Options) -> dict[str, str]:
    """The SHA-256 of each document of `names` that is no file of its own, but lies within one below `folder`."""
    if not any(WITHIN.search(name) for name in names) or not folder.is_dir():
        return {}
    starts = {name[: match.start()] for name in names for match in WITHIN.finditer(name)}
    try:
        holders = [file for file in find_files([folder]).files if clean(file.name) in starts]
    except ReadingError:
        return {}
    found = (document for result in iter_documents(holders, options) for document in result.documents)
    return {clean(document.name): document.sha256 for document in found}


def check_shapes(graph: Path, *, extra: Iterable[Path] = ()) -> list[Fault]:
    """A fault for each place where the Turtle file `graph` breaks a shape of ours or of `extra`, with its quote.

    :param extra: Turtle files of an ontology of the user's own, that the graph was built with.
    :raises RecordError: if a file is missing, or is no Turtle; with line and column.
    """
    ontology, extra = ontology_folder(), tuple(extra)
    store, shapes = ox.Store(), ox.Store()
    for path in (graph, ontology / "dragoman.ttl", *extra):
        store.bulk_extend(_read_triples(path))
    for path in (ontology / "shapes.ttl", *extra):
        shapes.bulk_extend(_read_triples(path))
    return sorted({_to_fault(violation, store) for violation in find_violations(store, shapes)})


def read_texts(folder: Path, record: Record) -> dict[str, str]:
    """The texts that the output `folder` keeps, by the name of their document; those that are gone are left out."""
    return {doc.name: doc.text for doc in record.documents if doc.text or text_path(folder, doc.name).is_file()}


def _to_fault(violation: Violation, store: ox.Store) -> Fault:
    """A fault that names the document and the words that the node at fault is about, where it is about some."""
    node, value = violation.node, violation.value
    if value is not None and node.startswith((DGM, OA)):
        node, value = value, None  # a constraint on all claims at once, which stands on one term
    message = " ".join(violation.message.split()).rstrip(".")
    if value is not None and value != node:
        message += f" ({violation.path or 'its value'} is {_shown(value)})"
    place, words = _find_quote(store, node)
    what = f"{message}: <{node}>{f', read from {_shown(words)}' if words else ''}" if place else message
    return Fault(place or node, what, AGAIN, violation.label, node)


def _find_quote(store: ox.Store, node: str) -> tuple[str, str]:
    """Place and words of the first quote that a claim, evidence or selector has; of an entity, a document alone."""
    if not _IRI.fullmatch(node):
        return "", ""
    for pattern, words in _QUOTES:
        query = f"SELECT * WHERE {{ BIND(<{node}> AS ?node) {pattern} }} ORDER BY ?name ?start LIMIT 1"
        rows = store.query(query, prefixes=PREFIXES)
        for row in rows if isinstance(rows, ox.QuerySolutions) else ():
            place = f"{row['name'].value}:{row['start'].value}-{row['end'].value}" if words else row["name"].value
            return place, row["exact"].value if words else ""
    return "", ""


_EVIDENCE = """?evidence oa:hasSource/dcterms:identifier ?name ; oa:hasSelector/oa:exact ?exact ;
    oa:hasSelector/oa:start ?start ; oa:hasSelector/oa:end ?end ."""
_QUOTES = (
    (f"{{ ?node prov:wasDerivedFrom ?evidence }} UNION {{ ?evidence oa:hasSelector ?node }} {_EVIDENCE}", True),
    (f"BIND(?node AS ?evidence) {_EVIDENCE}", True),
    ("{ ?document dgm:mentions ?node ; dcterms:identifier ?name } UNION { ?node dcterms:identifier ?name }", False),
)
"""Where a node stands: patterns that find a quote, or a document alone, the nearest first."""


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
