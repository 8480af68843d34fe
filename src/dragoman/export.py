"""A build to the file that another tool reads, the suffix of its name telling the format.

===============  =======================================================================================================
``.ttl``         RDF 1.1 Turtle, all graphs merged, in reading order
``.nq``          N-Quads, the named graphs told apart
``.trig``        TriG, the same, without the ``GRAPH`` keyword, which Virtuoso and raptor refuse
``.jsonld``      JSON-LD 1.1 of the named graphs, its context inside, so that nothing is fetched
``.rdf``         RDF/XML, all graphs merged, for older tools
``.graphml``     the network of asserted claims for Gephi, yEd, Cytoscape, igraph: attributes with their types
``.gexf``        the same for Gephi
``.csv``         a folder of tables for spreadsheets: entities, claims, evidence; ``.zip`` is the same in one file
===============  =======================================================================================================

The same build gives the same bytes. Files are written beside and renamed.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from dragoman.cells import harmless
from dragoman.ontology import Ontology
from dragoman.record import DATASET, Record, RecordError, parse_dataset, read_quads
from dragoman.serialization import format_nquads, format_turtle, replace_file
from dragoman.vocabulary import PREFIXES, RDF, XSD, Iris

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["WRITERS", "ExportError", "Source", "export", "format_tables"]

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of files in a zip archive: the first that it can hold."""
JOINT = "; "

XML = "<?xml version='1.0' encoding='utf-8'?>"

_META = re.compile(r'<meta lastmodifieddate="[^"]*">\s*<creator>[^<]*</creator>')


class ExportError(ValueError):
    """A file that cannot be written so: no format for its suffix, or no folder to put it into."""


class Source:
    """A build as the writers see it; what a format does not need is not made."""

    def __init__(self, folder: Path, ontology: Callable[[], Ontology]) -> None:
        self.folder, self._ontology = folder, ontology
        self.quads = read_quads(folder)

    @cached_property
    def record(self) -> Record:
        """The entities, claims and documents; these have no text."""
        try:
            return parse_dataset(self.quads, where=str(self.folder / DATASET))
        except RecordError:
            raise
        except ValueError as cause:  # a record refused what it was given
            raise RecordError(f"{self.folder / DATASET}: damaged: {cause}; build the graph again") from cause

    @cached_property
    def ontology(self) -> Ontology:
        """Ours, with what the build added to it."""
        return self._ontology()

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """Entities joined by asserted claims."""
        from dragoman.networks import to_network

        record = self.record
        return to_network(record.entities, record.claims, self.ontology, documents=record.documents)


def export(folder: Path, target: Path) -> Path:
    """Write the build in `folder` to `target`, in the format that its suffix names, and say what was written.

    :returns: `target`; for ``.csv`` the folder of the tables, which is `target` without its suffix.
    :raises ExportError: for a suffix without a format, or a folder that is not there.
    :raises RecordError: if the build is missing or damaged.
    """
    suffix = target.suffix.lower()
    if suffix not in WRITERS:
        packed = "; packed N-Quads are written with --shards" if target.name.lower().endswith(".nq.gz") else ""
        named = suffix or "a name without suffix"
        raise ExportError(f"{target}: no format for {named}; one of: {', '.join(WRITERS)}{packed}")
    if not target.parent.is_dir():
        raise ExportError(f"{target.parent}: no such folder; make it first")
    if target.is_dir():
        raise ExportError(f"{target}: is a folder; name a file")

    def load() -> Ontology:
        from dragoman.built import own_ontology
        from dragoman.ontology import load_ontology

        return load_ontology(*own_ontology(folder))

    return WRITERS[suffix](Source(folder, load), target) or target


def _write_turtle(source: Source, target: Path) -> None:
    replace_file(target, format_turtle(source.quads, base=source.record.base).encode())


def _write_nquads(source: Source, target: Path) -> None:
    replace_file(target, format_nquads(source.quads))


def _write_trig(source: Source, target: Path) -> None:
    replace_file(target, _format_trig(source).encode())


def _write_jsonld(source: Source, target: Path) -> None:
    graphs = [
        {"@id": name, "@graph": _to_nodes(quads)} if name else {"@graph": _to_nodes(quads)}
        for name, quads in _by_graph(source.quads)
    ]
    text = json.dumps({"@context": PREFIXES, "@graph": graphs}, ensure_ascii=False, indent=1)
    replace_file(target, f"{text}\n".encode())


def _write_rdfxml(source: Source, target: Path) -> None:
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in source.quads}
    ordered = sorted(triples, key=lambda triple: (str(triple.subject), str(triple.predicate), str(triple.object)))
    data = ox.serialize(ordered, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    text = data.rstrip().replace(b"\r", b"&#13;")  # a carriage return as it stands is read as a line feed
    replace_file(target, text + b"\n")


def _write_graphml(source: Source, target: Path) -> None:
    import networkx as nx

    generate: Any = nx.generate_graphml
    replace_file(target, "\n".join([XML, *generate(source.network, named_key_ids=True), ""]).encode())


def _write_gexf(source: Source, target: Path) -> None:
    """As NetworkX writes it, but for the day and its own version."""
    import networkx as nx

    generate: Any = nx.generate_gexf
    text = "\n".join([XML, *generate(source.network), ""])
    replace_file(target, _META.sub("<meta>\n    <creator>dragoman</creator>", text, count=1).encode())


def _write_csv(source: Source, target: Path) -> Path:
    folder = target.with_suffix("")
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder}: is a file, and the tables need a folder of this name")
    tables = format_tables(source)
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        replace_file(folder / name, text.encode())
    return folder


def _write_zip(source: Source, target: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in format_tables(source).items():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            packed.writestr(info, text.encode())
    replace_file(target, archive.getvalue())


WRITERS: Mapping[str, Callable[[Source, Path], Path | None]] = {
    ".ttl": _write_turtle,
    ".nq": _write_nquads,
    ".trig": _write_trig,
    ".jsonld": _write_jsonld,
    ".rdf": _write_rdfxml,
    ".graphml": _write_graphml,
    ".gexf": _write_gexf,
    ".csv": _write_csv,
    ".zip": _write_zip,
}
"""What writes each format, by suffix; it gives the path that it wrote where that is not the one it was given."""


def format_tables(source: Source) -> dict[str, str]:
    """The tables of a build as CSV by file name, cells that a spreadsheet would run made harmless."""
    record, iris = source.record, Iris(source.record.base)
    labels = {entity.id: entity.label for entity in record.entities}
    documents = {document.name: document for document in record.documents}
    entities = [
        (
            entity.id,
            iris.entity(entity.id).value,
            entity.label,
            entity.cls,
            source.ontology.top(entity.cls),
            JOINT.join(entity.names),
            JOINT.join(entity.same_as),
            entity.code,
            len(entity.documents),
        )
        for entity in record.entities
    ]
    claims = [
        (
            claim.id,
            claim.subject,
            labels.get(claim.subject, ""),
            claim.predicate,
            claim.object,
            labels.get(claim.object, ""),
            claim.modality.value,
            claim.date,
            claim.speaker,
            labels.get(claim.speaker, ""),
            len(claim.documents),
            claim.confidence,
            claim.rule,
            JOINT.join(sorted(claim.contradicts)),
            JOINT.join(claim.readers),
        )
        for claim in record.claims
    ]
    evidence = [
        (
            claim.id,
            piece.document,
            documents[piece.document].title,
            documents[piece.document].date,
            piece.span.start,
            piece.span.end,
            piece.prefix,
            piece.exact,
            piece.suffix,
            piece.page or "",
            piece.element,
        )
        for claim in record.claims
        for piece in claim.evidence
    ]
    return {
        "entities.csv": _format_csv("id iri label class kind other_names same_as iso3 documents", entities),
        "claims.csv": _format_csv(
            "id subject subject_label property object object_label modality date speaker speaker_label documents "
            "confidence rule contradicts readers",
            claims,
        ),
        "evidence.csv": _format_csv(
            "claim document title document_date start end prefix quote suffix page element", evidence
        ),
    }


def _format_csv(columns: str, rows: Iterable[tuple[str | int | float, ...]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(columns.split())
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return table.getvalue()


def _harmless(cell: str | int | float) -> str | int | float:
    return harmless(cell) if isinstance(cell, str) else cell


def _by_graph(quads: Iterable[ox.Quad]) -> list[tuple[str, list[ox.Quad]]]:
    """The quads of each graph, by its IRI; "" is the default graph."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        graphs["" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value].append(quad)
    return sorted(graphs.items())


def _format_trig(source: Source) -> str:
    prefixes: set[str] = set()
    blocks: list[str] = []
    for name, quads in _by_graph(source.quads):
        lines = format_turtle(quads, base=source.record.base).split("\n")
        start = next(number for number, line in enumerate(lines) if not line.startswith("@prefix "))
        prefixes.update(lines[:start])
        body = "\n".join(lines[start:]).strip("\n")
        blocks.append(f"<{name}> {{\n{body}\n}}\n" if name else f"{body}\n")
    return "".join(f"{line}\n" for line in sorted(prefixes)) + "\n" + "\n".join(blocks)


def _to_nodes(quads: Iterable[ox.Quad]) -> list[dict[str, Any]]:
    """JSON-LD of each subject, sorted; IRIs of properties and classes are shortened by the prefixes of the context."""
    nodes: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        nodes[_iri(quad.subject)][_iri(quad.predicate)].add(quad.object)
    written = []
    for subject, properties in sorted(nodes.items()):
        node: dict[str, Any] = {"@id": subject}
        for predicate, objects in sorted(properties.items()):
            ordered = sorted(objects, key=str)
            if predicate == RDF + "type":
                node["@type"] = [_shortened(_iri(term)) for term in ordered]
            else:
                node[_shortened(predicate)] = [_to_json(term) for term in ordered]
        written.append(node)
    return written


def _to_json(term: Any) -> dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"@id": _iri(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": _shortened(term.datatype.value)}


def _iri(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


def _shortened(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and re.fullmatch(r"\w[\w-]*", local, re.ASCII):
            return f"{prefix}:{local}"
    return iri
