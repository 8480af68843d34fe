"""A build's output folder back to records: the RDF dataset is the lasting record, all else is made from it again.

``graph.nq`` holds all of it but the texts, which the build keeps as UTF-8 under ``documents/NAME.txt``.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pyoxigraph as ox

from dragoman.contract import CONFORMS_TO, ContractError, contract_of, refuse_later
from dragoman.graph import MEASURES
from dragoman.ontology import ENTITY
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span
from dragoman.uncollected import uncollected
from dragoman.vocabulary import BASE, DC, DCTERMS, DETAILS, DGM, OA, OWL, PROV, RDF, RDFS, SKOS, clean

__all__ = [
    "DATASET",
    "TEXTS",
    "Record",
    "RecordError",
    "find_base",
    "parse_dataset",
    "read_quads",
    "read_record",
    "text_path",
    "write_texts",
]

DATASET = "graph.nq"
"""The file of an output folder that holds the dataset."""
TEXTS = "documents"
"""The folder of an output folder that holds the plain text of each document."""
SUFFIX = ".txt"
"""What is added to the name of a document for the file of its text."""
INFERRED = "graph/inferred"
"""How the IRI of the graph ends that holds what follows by the ontology, where a build was asked for it."""
LONGEST = 240
"""Bytes of a file name above which its text is kept under the SHA-256 of the name: file systems take 255."""

Properties = Mapping[str, list[str]]


class RecordError(ValueError):
    """An output folder that is missing, damaged or made by something else; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a build found; documents have no text where none was kept.

    `measures` gives, for each measure, a number per entity id. Names of entities and pieces of evidence come sorted,
    as RDF keeps no order.
    """

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    measures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    base: str = BASE


def read_record(folder: Path) -> Record:
    """The records that `folder`, the output of a build, was made from.

    :raises RecordError: if the folder or its ``graph.nq`` is missing or damaged.
    """
    try:
        with uncollected():
            record = parse_dataset(_scan_quads(folder), where=str(folder / DATASET))
    except RecordError:
        raise
    except ValueError as cause:  # a record refused what it was given
        raise RecordError(f"{folder / DATASET}: damaged: {cause}; build the graph again") from cause
    documents = tuple(replace(document, text=_read_text(folder, document.name)) for document in record.documents)
    return replace(record, documents=documents)


def parse_dataset(quads: Iterable[ox.Quad], *, where: str = DATASET) -> Record:
    """The records that :func:`dragoman.graph.describe_all` made `quads` of, the documents without their texts.

    :param where: what an error names as the place.
    :raises RecordError: if something that a record needs is not there.
    """
    about = _by_subject(quads)
    of_type: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(about):
        for cls in about[subject].get(RDF + "type", ()):
            of_type[cls].append(subject)
    base = find_base(of_type[PROV + "Activity"])
    documents = {iri: _to_document(_Node(iri, about[iri], where)) for iri in of_type[DGM + "Document"]}
    names = {iri: document.name for iri, document in documents.items()}
    mentioned_in: dict[str, list[str]] = defaultdict(list)
    for iri, name in names.items():
        for entity in about[iri].get(DGM + "mentions", ()):
            mentioned_in[entity].append(name)
    parents = {iri: set(about[iri].get(RDFS + "subClassOf", ())) for iri in of_type[OWL + "Class"]}
    entities = [
        _to_entity(_Node(iri, about[iri], where), base, parents, mentioned_in[iri]) for iri in of_type[DGM + ENTITY]
    ]
    quotes = {
        iri: _to_evidence(_Node(iri, about[iri], where), about, names) for iri in of_type[OA + "SpecificResource"]
    }
    claims = [_to_claim(_Node(iri, about[iri], where), base, quotes) for iri in of_type[DGM + "Claim"]]
    measures: dict[str, dict[str, float]] = {}
    for measure in MEASURES:
        values = {
            iri[len(base) :]: float(about[iri][DGM + measure][0])
            for iri in of_type[DGM + ENTITY]
            if DGM + measure in about[iri]
        }
        if values:
            measures[measure] = values
    return Record(
        documents=tuple(sorted(documents.values(), key=lambda document: document.name)),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        measures=measures,
        base=base,
    )


def find_base(activities: Iterable[str]) -> str:
    """What the IRIs of a build start with, told by that of its activity, which is among `activities`."""
    suffix = "build/activity"
    return next((iri[: -len(suffix)] for iri in activities if iri.endswith(suffix)), BASE)


def read_quads(folder: Path) -> list[ox.Quad]:
    """The quads of the dataset in `folder`.

    :raises RecordError: if the folder or its ``graph.nq`` is missing, or is no N-Quads, with the line; or if a later
        dragoman wrote it.
    """
    return list(_scan_quads(folder))


def text_path(folder: Path, name: str) -> Path:
    """Where the output `folder` keeps the plain text of the document `name`.

    :raises ValueError: if the name would lead out of the folder.

    >>> text_path(Path("out"), "un/remarks.pdf").as_posix()
    'out/documents/un/remarks.pdf.txt'
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name or "\\" in name:
        raise ValueError(f"document name {name!r} leads out of the folder")
    kept = clean(name)
    if any(part.endswith(SUFFIX) for part in path.parts[:-1]):  # the text of a file beside that folder has its name
        kept = sha256(kept.encode()).hexdigest()
    elif len(path.name.encode("utf-8", "replace")) > LONGEST:
        kept = str(PurePosixPath(kept).with_name(sha256(kept.encode()).hexdigest()))
    return folder / TEXTS / f"{kept}{SUFFIX}"


def write_texts(
    folder: Path, documents: Iterable[Document], find_text: Callable[[Document], Path | None] = lambda _: None
) -> None:
    """Keep the plain text of each document, so that every quote can be opened again; no newline is changed.

    :param find_text: the file in another folder that holds a document's text, which is taken from there where the
        system can do that without writing it again.
    """
    for document in documents:
        path = text_path(folder, document.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = find_text(document)
        if kept is None or not _link(kept, path):
            path.write_bytes(clean(document.text).encode())


def _link(kept: Path, path: Path) -> bool:
    """Let the file `kept` have a second `path`; says whether that can be."""
    try:
        os.link(kept, path)
    except OSError:  # no system, or folder, where that can be; or a file of somebody else
        return False
    return True


def _scan_quads(folder: Path) -> Iterator[ox.Quad]:
    """The quads of the dataset in `folder` one by one, for a large one takes much memory; errors as of `read_quads`."""
    path = folder / DATASET
    if not folder.is_dir():
        raise RecordError(f"{folder}: no such folder; give the output folder of a build")
    try:
        file = path.open("rb")
    except OSError as cause:
        raise RecordError(f"{path}: cannot be read: {cause.strerror}; build the graph first") from cause
    told = []
    with file:
        try:
            for quad in ox.parse(file, format=ox.RdfFormat.N_QUADS):
                if quad.predicate == CONFORMS_TO:
                    told.append(quad)
                yield quad
        except SyntaxError as cause:
            raise RecordError(f"{path}:{cause.lineno or 1}: damaged: {cause.msg}; build the graph again") from cause
    try:
        refuse_later(contract_of(told), str(path))
    except ContractError as cause:
        raise RecordError(str(cause)) from cause


def _read_text(folder: Path, name: str) -> str:
    try:
        return text_path(folder, name).read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


@dataclass(frozen=True, slots=True)
class _Node:
    """What a dataset says about one subject."""

    iri: str
    properties: Properties
    where: str

    def all(self, predicate: str) -> list[str]:
        return sorted(self.properties.get(predicate, ()))

    def one(self, predicate: str) -> str:
        if predicate not in self.properties:
            local = predicate.replace("#", "/").rsplit("/", 1)[-1]
            raise RecordError(f"{self.where}: <{self.iri}> has no {local}; the file is damaged: build the graph again")
        return min(self.properties[predicate])

    def some(self, predicate: str) -> str:
        return min(self.properties.get(predicate, ()), default="")


def _by_subject(quads: Iterable[ox.Quad]) -> dict[str, dict[str, list[str]]]:
    """Values by subject and property, each once, whatever the graphs they stand in."""
    about: dict[str, dict[str, list[str]]] = {}
    shared: dict[str, str] = {}  # the same words of many places, kept once
    for quad in quads:
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            continue  # RDF 1.2, which a build never writes
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.endswith(INFERRED):
            continue  # what follows is no part of what was read
        predicate, value = quad.predicate.value, quad.object.value
        if isinstance(quad.object, ox.NamedNode):
            value = shared.setdefault(value, value)
        subject = quad.subject.value
        found = about.get(subject)
        if found is None:
            found = about[shared.setdefault(subject, subject)] = {}
        values = found.get(predicate)
        if values is None:
            found[shared.setdefault(predicate, predicate)] = [value]
        else:
            values.append(value)
    for found in about.values():
        found.update({key: list(dict.fromkeys(values)) for key, values in found.items() if len(values) > 1})
    return about


def _to_document(node: _Node) -> Document:
    return Document(
        name=node.one(DCTERMS + "identifier"),
        text="",
        sha256=node.one(DGM + "sha256"),
        title=node.some(DCTERMS + "title"),
        date=node.some(DCTERMS + "date"),
        author=node.some(DCTERMS + "creator"),
        genre=node.some(DC + "type"),
        symbol=node.some(DETAILS["symbol"]),
        meeting=node.some(DETAILS["meeting"]),
        organization=node.some(DETAILS["organization"]),
        venue=node.some(DETAILS["venue"]),
        address=node.some(DETAILS["address"]),
    )


def _to_entity(node: _Node, base: str, parents: Mapping[str, set[str]], documents: list[str]) -> Entity:
    classes = {cls for cls in node.all(RDF + "type") if cls.startswith(DGM)}
    above = {parent for cls in classes for parent in parents.get(cls, ())}
    specific = min(classes - above - {DGM + ENTITY}, default=DGM + ENTITY)
    return Entity(
        id=node.iri[len(base) :],
        cls=specific[len(DGM) :],
        label=node.one(SKOS + "prefLabel"),
        names=tuple(node.all(SKOS + "altLabel")),
        same_as=tuple(node.all(OWL + "sameAs")),
        code=node.some(DGM + "iso3"),
        documents=tuple(sorted(documents)),
    )


def _to_evidence(node: _Node, about: Mapping[str, Properties], names: Mapping[str, str]) -> Evidence:
    source = node.one(OA + "hasSource")
    if source not in names:
        raise RecordError(f"{node.where}: <{node.iri}> quotes <{source}>, which is no document here: build again")
    merged: dict[str, list[str]] = {}
    for selector in node.all(OA + "hasSelector"):
        merged.update(about.get(selector, {}))
    words = _Node(node.iri, merged, node.where)
    return Evidence(
        document=names[source],
        span=Span(int(words.one(OA + "start")), int(words.one(OA + "end"))),
        exact=words.one(OA + "exact"),
        prefix=words.some(OA + "prefix"),
        suffix=words.some(OA + "suffix"),
        page=int(node.some(DGM + "page") or 0),
        element=node.some(DGM + "element"),
    )


def _to_claim(node: _Node, base: str, quotes: Mapping[str, Evidence]) -> Claim:
    speaker = node.some(DGM + "attributedTo")
    evidence = tuple(sorted(quotes[iri] for iri in node.all(PROV + "wasDerivedFrom") if iri in quotes))
    stating = len({piece.document for piece in evidence})
    return Claim(
        subject=node.one(RDF + "subject")[len(base) :],
        predicate=node.one(RDF + "predicate")[len(DGM) :],
        object=node.one(RDF + "object")[len(base) :],
        modality=Modality(node.one(DGM + "modality")[len(DGM) :]),
        evidence=evidence,
        rule=node.one(DGM + "rule"),
        confidence=float(node.one(DGM + "confidence")),
        date=node.some(DGM + "date"),
        speaker=speaker[len(base) :] if speaker else "",
        contradicts=tuple(iri[len(base) + len("claim/") :] for iri in node.all(DGM + "contradicts")),
        repeats=stating - int(node.some(DGM + "corroboration") or stating),
        readers=tuple(node.all(DGM + "reader")),
    )
