"""A build to what one measures: the network of the claims that one selects, and what it tells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.built import Build, own_ontology
from dragoman.networks import Selection, View, to_network
from dragoman.ontology import Ontology, load_ontology
from dragoman.record import Record, read_record
from dragoman.records import Modality

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["network", "read_measured", "to_selection"]


def network(
    source: Build | str | Path,
    *,
    view: str = "all",
    modalities: Iterable[str] = ("asserted",),
    properties: Iterable[str] = (),
    classes: Iterable[str] = (),
    since: str = "",
    until: str = "",
    corroboration: int = 1,
) -> nx.MultiDiGraph:
    """The network of a build, or of the folder that it wrote: a node for each entity, an edge for each claim.

    What nodes and edges tell is said at :func:`dragoman.networks.to_network`; ``dragoman.networks.merge_edges`` makes
    one weighted edge of the claims of each pair, ``dragoman.networks.project`` joins actors by what they share.

    :param view: ``all``, ``actors`` (among actors) or ``two-mode`` (actors with conflicts and instruments).
    :param modalities: of ``asserted``, ``planned``, ``requested``, ``possible``, ``negated``.
    :param properties: local names; all where none are given.
    :param classes: local names, with the classes below; both ends must be in them.
    :param since: from this year, month or day on; ``until`` up to it.
    :param corroboration: the least number of documents that state a claim.
    :raises RecordError: if the folder or its graph is missing or damaged.
    :raises ValueError: for a word that is none of those that there are, naming them.
    """
    selection = to_selection(
        view=view,
        modalities=modalities,
        properties=properties,
        classes=classes,
        since=since,
        until=until,
        corroboration=corroboration,
    )
    record, ontology = (source.record, source.ontology) if isinstance(source, Build) else read_measured(Path(source))
    return to_network(record.entities, record.claims, ontology, documents=record.documents, selection=selection)


def read_measured(folder: Path) -> tuple[Record, Ontology]:
    """The record of a build that was written to `folder`, and the ontology that it was built with.

    :raises RecordError: if the folder or its graph is missing or damaged.
    """
    return read_record(folder), load_ontology(*own_ontology(folder))


def to_selection(
    *,
    view: str = "all",
    modalities: Iterable[str] = ("asserted",),
    properties: Iterable[str] = (),
    classes: Iterable[str] = (),
    since: str = "",
    until: str = "",
    corroboration: int = 1,
) -> Selection:
    """A selection from plain words.

    :raises ValueError: for a view, modality or date that there is none of; what there is, is named.
    """
    modalities = tuple(modalities)
    for word, known, what in [(view, View, "view"), *((word, Modality, "modality") for word in modalities)]:
        if word not in list(known):
            raise ValueError(f"no {what} {word!r}; one of: {', '.join(known)}")
    return Selection(
        view=View(view),
        modalities=tuple(Modality(word) for word in modalities),
        properties=tuple(properties),
        classes=tuple(classes),
        since=since,
        until=until,
        corroboration=corroboration,
    )
