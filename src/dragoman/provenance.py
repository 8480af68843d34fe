"""What made a graph, as PROV-O (https://www.w3.org/TR/prov-o/): software, ontology, model, settings, and its sources.

Files are told by the SHA-256 of their bytes. Nothing here depends on a clock or a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from dragoman import __version__
from dragoman.contract import conforms_to
from dragoman.records import Document
from dragoman.vocabulary import DGM, OWL, PROV, RDF, RDFS, Iris, clean

__all__ = ["Provenance", "describe_provenance"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a graph.

    `files` are those beside the documents that a user gave, by the name under which the output folder keeps them.
    """

    version: str = __version__
    ontology_sha256: str = ""
    model: str = ""
    model_sha256: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def describe_provenance(
    provenance: Provenance, documents: Iterable[Document], iris: Iris
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """The triples of the activity that read `documents`, of what it used, and of the graph that it gave."""
    activity, agent, result = iris.run("activity"), iris.run("dragoman"), iris.run("graph")
    yield activity, _A, _ACTIVITY
    yield activity, _ASSOCIATED_WITH, agent
    yield agent, _A, _SOFTWARE
    yield agent, _LABEL, ox.Literal("dragoman")
    yield agent, _VERSION, _text(provenance.version)
    yield result, _A, _PROV_ENTITY
    yield result, _GENERATED_BY, activity
    yield (result, *conforms_to())
    files = (
        ("ontology", "ontology", provenance.ontology_sha256),
        ("model", provenance.model, provenance.model_sha256),
        *((name, name, digest) for name, digest in provenance.files),
    )
    for name, label, digest in files:
        if digest or (label and name == "model"):
            yield activity, _USED, iris.run(name)
            yield iris.run(name), _A, _PROV_ENTITY
            yield iris.run(name), _LABEL, _text(label or name)
            if digest:
                yield iris.run(name), _SHA256, _text(digest)
    for key, value in provenance.settings:
        setting = iris.run(f"setting-{key}")
        yield activity, _USED, setting
        yield setting, _A, _PROV_ENTITY
        yield setting, _LABEL, _text(key)
        yield setting, _VALUE, _text(value)
    for document in documents:
        yield activity, _USED, iris.document(document.name)


def _text(value: str) -> ox.Literal:
    return ox.Literal(clean(value))


_A, _LABEL, _VERSION = (ox.NamedNode(iri) for iri in (RDF + "type", RDFS + "label", OWL + "versionInfo"))
_SHA256 = ox.NamedNode(DGM + "sha256")
_ACTIVITY, _SOFTWARE, _PROV_ENTITY, _ASSOCIATED_WITH, _GENERATED_BY, _USED, _VALUE = (
    ox.NamedNode(PROV + local)
    for local in ("Activity", "SoftwareAgent", "Entity", "wasAssociatedWith", "wasGeneratedBy", "used", "value")
)
