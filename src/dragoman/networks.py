"""Claims to a network: those that one selects as edges between the entities that they join, as NetworkX knows them.

What is planned, requested, possible or negated is no edge unless it is asked for: a call for cooperation does not make
two actors partners.

====================  ==================================================================================================
:func:`to_network`    one edge for each claim, with what it says: a ``MultiDiGraph``
:func:`merge_edges`   one edge for each pair of entities, its ``weight`` the number of their claims: a ``Graph``
:func:`project`       of a two-mode network, one edge for each pair of actors that share a conflict or an instrument
====================  ==================================================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import networkx as nx

from dragoman.ontology import Ontology
from dragoman.records import DATE, Claim, Document, Entity, Modality

__all__ = ["ACTORS", "ISSUES", "Selection", "View", "merge_edges", "project", "select", "to_network"]

ACTORS = frozenset({"Actor", "Post"})
"""Top classes of those who act; an office acts through its holder."""
ISSUES = frozenset({"Conflict", "Instrument"})
"""Top classes of what they act on and by: the second mode of a two-mode network."""


class View(StrEnum):
    """Which claims a network takes, by what they join."""

    ALL = "all"
    ACTORS = "actors"
    TWO_MODE = "two-mode"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims become edges; those of any property, class, date and number of documents unless told otherwise.

    `classes` are local names, each with the classes below it; both ends of a claim must be in them. `since` and
    `until` are dates at the precision of a year, a month or a day, both included: a claim is in the range if it may be,
    as one of 2024 is in what begins with 2024-03. `corroboration` is the least number of independent documents that
    state a claim.
    """

    view: View = View.ALL
    modalities: tuple[Modality, ...] = (Modality.ASSERTED,)
    properties: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    corroboration: int = 1

    def __post_init__(self) -> None:
        for date in filter(None, (self.since, self.until)):
            if not DATE.fullmatch(date):
                raise ValueError(f"date {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        if self.since and self.until and self.until < self.since[: len(self.until)]:
            raise ValueError(f"nothing lies between {self.since} and {self.until}; the first is the later one")
        if self.corroboration < 1:
            raise ValueError(f"corroboration {self.corroboration} is less than 1, the document that states a claim")

    def check(self, ontology: Ontology) -> None:
        """Refuse a property or class that `ontology` does not have.

        :raises ValueError: naming it, and those that there are.
        """
        for kind, names, known in (
            ("property", self.properties, ontology.properties),
            ("class", self.classes, ontology.classes),
        ):
            for name in names:
                if name not in known:
                    raise ValueError(f"no {kind} {name!r}; one of: {', '.join(sorted(known))}")

    def covers(self, date: str) -> bool:
        """Whether what happened at `date` may lie in the range; without a range always, without a date never.

        >>> Selection(since="2024-03").covers("2024"), Selection(since="2024-03").covers("2024-02-29")
        (True, False)
        """
        if not (self.since or self.until):
            return True
        shared = (min(len(date), len(self.since)), min(len(date), len(self.until)))
        after = date[: shared[0]] >= self.since[: shared[0]]
        return bool(date) and after and date[: shared[1]] <= self.until[: shared[1]]


def to_network(
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    ontology: Ontology,
    *,
    documents: Iterable[Document] = (),
    selection: Selection | None = None,
) -> nx.MultiDiGraph:
    """One node for each entity that a selected claim joins, one edge for each selected claim.

    Nodes are keyed by entity id and come in its order, edges by claim id. Attributes are texts and numbers alone, so
    that every format of NetworkX can write them.

    ===========  =======================================================================================================
    of a node    ``label``, ``cls``, ``top``, ``documents`` (how many mention it)
    of an edge   ``predicate``, ``label`` (the predicate's), ``symmetric``, ``stance`` (1 with, -1 against, 0 neither),
                 ``modality``, ``date`` (as claimed), ``time`` (``date``, or where there is none that of the earliest of
                 `documents` that state it), ``speaker`` (their label), ``documents`` (how many state it), ``sources``
                 (their names) and ``confidence``
    ===========  =======================================================================================================

    :param selection: asserted claims of every kind where none is given.
    :raises ValueError: if a claim joins what is no entity, or `selection` names what `ontology` does not have.
    """
    selection = selection or Selection()
    selection.check(ontology)
    things = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
    dates = {document.name: document.date for document in documents}
    times: dict[str, str] = {}
    chosen = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        if claim.subject not in things or claim.object not in things:
            raise ValueError(f"claim {claim.id} joins {claim.subject!r} to {claim.object!r}, one of which is no entity")
        times[claim.id] = claim.date or min(filter(None, map(dates.get, claim.documents)), default="")
        if select(claim, things, ontology, time=times[claim.id], selection=selection):
            chosen.append(claim)
    joined = {end for claim in chosen for end in (claim.subject, claim.object)}
    network = nx.MultiDiGraph()
    for entity in things.values():
        if entity.id in joined:
            network.add_node(
                entity.id,
                label=entity.label,
                cls=entity.cls,
                top=ontology.top(entity.cls),
                documents=len(entity.documents),
            )
    for claim in chosen:
        term = ontology.properties[claim.predicate]
        network.add_edge(
            claim.subject,
            claim.object,
            key=claim.id,
            predicate=claim.predicate,
            label=term.label,
            symmetric=term.symmetric,
            stance=term.stance,
            modality=claim.modality.value,
            date=claim.date,
            time=times[claim.id],
            speaker=things[claim.speaker].label if claim.speaker in things else "",
            documents=len(claim.documents),
            sources="; ".join(claim.documents),
            confidence=claim.confidence,
        )
    return network


def select(
    claim: Claim, entities: Mapping[str, Entity], ontology: Ontology, *, time: str, selection: Selection
) -> bool:
    """Whether `selection` takes `claim`, which happened at `time`; `entities` by id."""
    ends = entities[claim.subject].cls, entities[claim.object].cls
    return (
        claim.modality in selection.modalities
        and (not selection.properties or claim.predicate in selection.properties)
        and (not selection.classes or all(any(ontology.is_a(end, cls) for cls in selection.classes) for end in ends))
        and claim.corroboration >= selection.corroboration
        and selection.covers(time)
        and (selection.view is View.ALL or _is_in_view(selection.view, *map(ontology.top, ends)))
    )


def merge_edges(network: nx.MultiDiGraph) -> nx.Graph:
    """The network without direction, one edge for each pair of entities: its ``weight`` is the number of their claims.

    A claim about an entity and itself is left out. Nodes keep their order and attributes; `network` is not changed.

    >>> merge_edges(nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a")])).edges(data=True)
    EdgeDataView([('a', 'b', {'weight': 2})])
    """
    merged = nx.Graph()
    merged.add_nodes_from((node, dict(attributes)) for node, attributes in network.nodes(data=True))
    pairs: Counter[tuple[str, str]] = Counter()
    for left, around in network.adjacency():
        for right, claims in around.items():
            if left != right:
                pairs[(left, right) if left < right else (right, left)] += len(claims)
    merged.add_weighted_edges_from((left, right, count) for (left, right), count in sorted(pairs.items()))
    return merged


def project(network: nx.MultiDiGraph, *, onto: frozenset[str] = ACTORS) -> nx.Graph:
    """The nodes of `network` whose ``top`` is one of `onto`, two of them joined if both are joined to the same other.

    The ``weight`` of an edge is the number of others that the two share, ``through`` their labels. `network` is not
    changed. Project onto ISSUES to see which conflicts and instruments share their actors.

    Source: Breiger 1974, https://doi.org/10.2307/2576011.

    >>> network = nx.MultiDiGraph([("un", "truce"), ("au", "truce")])
    >>> nx.set_node_attributes(network, {"un": "Actor", "au": "Actor", "truce": "Instrument"}, "top")
    >>> project(network).edges(data=True)
    EdgeDataView([('un', 'au', {'weight': 1, 'through': 'truce'})])
    """
    tops = dict(network.nodes(data="top", default=""))
    shared: dict[tuple[str, str], list[str]] = {}
    for node in network:
        if tops[node] in onto:
            continue
        others = {other for other in (*network.successors(node), *network.predecessors(node)) if tops[other] in onto}
        for pair in combinations(sorted(others), 2):
            shared.setdefault(pair, []).append(network.nodes[node].get("label", node))
    projected = nx.Graph()
    projected.add_nodes_from((node, dict(network.nodes[node])) for node in network if tops[node] in onto)
    for (left, right), labels in sorted(shared.items()):
        projected.add_edge(left, right, weight=len(labels), through="; ".join(sorted(labels)))
    return projected


def _is_in_view(view: View, subject: str, object_: str) -> bool:
    if view is View.ACTORS:
        return subject in ACTORS and object_ in ACTORS
    if view is View.TWO_MODE:
        return (subject in ACTORS and object_ in ISSUES) or (subject in ISSUES and object_ in ACTORS)
    return True
