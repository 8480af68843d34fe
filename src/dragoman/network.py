"""Claims to a network: the asserted claims as edges between the entities that they join, as NetworkX knows them.

What is planned, requested, possible or negated is no edge: a call for cooperation does not make two actors partners.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from dragoman.ontology import Ontology
from dragoman.records import Claim, Entity, Modality

__all__ = ["merge_edges", "to_network"]


def to_network(entities: Iterable[Entity], claims: Iterable[Claim], ontology: Ontology) -> nx.MultiDiGraph:
    """One node for each entity that an asserted claim joins, one edge for each asserted claim.

    Nodes are keyed by entity id and come in its order, edges by claim id. Attributes are texts and numbers alone, so
    that every format of NetworkX can write them: of a node ``label``, ``cls``, ``top``, ``documents`` (how many mention
    it); of an edge ``predicate``, ``label`` (the predicate's), ``symmetric``, ``date``, ``documents`` (how many state
    it), ``sources`` (their names) and ``confidence``.
    """
    asserted = sorted((claim for claim in claims if claim.modality is Modality.ASSERTED), key=lambda claim: claim.id)
    joined = {id_ for claim in asserted for id_ in (claim.subject, claim.object)}
    network = nx.MultiDiGraph()
    for entity in sorted(entities, key=lambda entity: entity.id):
        if entity.id in joined:
            network.add_node(
                entity.id,
                label=entity.label,
                cls=entity.cls,
                top=ontology.top(entity.cls),
                documents=len(entity.documents),
            )
    for claim in asserted:
        if claim.subject not in network or claim.object not in network:
            raise ValueError(f"claim {claim.id} joins {claim.subject!r} to {claim.object!r}, one of which is no entity")
        term = ontology.properties[claim.predicate]
        network.add_edge(
            claim.subject,
            claim.object,
            key=claim.id,
            predicate=claim.predicate,
            label=term.label,
            symmetric=term.symmetric,
            date=claim.date,
            documents=len(claim.documents),
            sources="; ".join(claim.documents),
            confidence=claim.confidence,
        )
    return network


def merge_edges(network: nx.MultiDiGraph) -> nx.Graph:
    """The network without direction, one edge for each pair of entities: its ``weight`` is the number of their claims.

    A claim about an entity and itself is left out. Nodes keep their order and attributes; `network` is not changed.

    >>> merge_edges(nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a")])).edges(data=True)
    EdgeDataView([('a', 'b', {'weight': 2})])
    """
    merged = nx.Graph()
    merged.add_nodes_from((node, dict(attributes)) for node, attributes in network.nodes(data=True))
    for left, right in sorted((min(ends), max(ends)) for ends in network.edges() if ends[0] != ends[1]):
        if merged.has_edge(left, right):
            merged[left][right]["weight"] += 1
        else:
            merged.add_edge(left, right, weight=1)
    return merged
