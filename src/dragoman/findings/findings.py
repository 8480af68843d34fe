"""A record to findings: its network measured, with the sensitivity of each number, communities, sides and trends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from dragoman.measures import (
    Balance,
    Community,
    Sensitivity,
    Trend,
    find_communities,
    find_trends,
    measure_all,
    measure_balance,
    measure_brokerage,
    measure_sensitivity,
)
from dragoman.networks import Selection, View, merge_edges, to_network
from dragoman.ontology import Ontology
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity
from dragoman.vocabulary import clean

__all__ = ["Coverage", "Findings", "Ranked", "describe_selection", "rank", "to_findings"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one document gives: entities named, claims made, and how many of these the network takes."""

    document: Document
    entities: int
    claims: int
    taken: int
    shared: int  # of those taken, how many another document states, too


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in a ranking. `low` to `high`, and `first` to `last` place, hold in 95 % of the draws.

    `ahead` is the place from which on it can be said that all have less: in 95 % of the draws each has; 0 for none.
    """

    place: int
    node: str
    value: float
    low: float
    high: float
    first: int
    last: int
    ahead: int


@dataclass(frozen=True)
class Findings:
    """All that was found of the network that `selection` takes from `record`; `per` is the length of a period."""

    record: Record
    ontology: Ontology
    selection: Selection
    per: str
    network: nx.MultiDiGraph
    measures: Mapping[str, Mapping[str, float]]
    sensitivity: Sensitivity
    communities: tuple[Community, ...]
    roles: Mapping[str, Mapping[str, float]]
    balance: Balance
    periods: tuple[str, ...]
    trends: tuple[Trend, ...]
    coverage: tuple[Coverage, ...]

    @property
    def entities(self) -> dict[str, Entity]:
        """Those of the record, by id."""
        return {entity.id: entity for entity in self.record.entities}

    @property
    def claims(self) -> dict[str, Claim]:
        """Those that the network takes, by id."""
        taken = {key for _, _, key in self.network.edges(keys=True)}
        return {claim.id: claim for claim in self.record.claims if claim.id in taken}

    @property
    def community_names(self) -> dict[str, str]:
        """The name of the community of each entity that is in one."""
        return {node: found.name for found in self.communities for node in found.members}

    def label(self, node: str) -> str:
        """The label of an entity, without signs that files refuse."""
        return clean(str(self.network.nodes[node]["label"]))

    def colour(self, node: str) -> str:
        """The colour that the ontology gives its class."""
        return self.ontology.classes[self.network.nodes[node]["cls"]].colour

    def class_label(self, node: str) -> str:
        """The label of its class."""
        return self.ontology.classes[self.network.nodes[node]["cls"]].label


def to_findings(
    record: Record,
    ontology: Ontology,
    *,
    selection: Selection | None = None,
    per: str = "year",
    draws: int = 200,
    seed: int = 0,
) -> Findings:
    """Measure the network that `selection` takes from `record`.

    :param per: length of a period: ``decade``, ``year`` or ``month``.
    :param draws: of the bootstrap over claims; see :mod:`dragoman.measures.sensitivity`.
    :raises ValueError: for a selection that `ontology` cannot serve, or another `per`.
    """
    selection = selection or Selection()
    network = to_network(record.entities, record.claims, ontology, documents=record.documents, selection=selection)
    communities = find_communities(merge_edges(network), seed=seed)
    groups = {node: str(number) for number, found in enumerate(communities) for node in found.members}
    periods, trends = find_trends(network, per=per, draws=draws, seed=seed)
    return Findings(
        record=record,
        ontology=ontology,
        selection=selection,
        per=per,
        network=network,
        measures=measure_all(network),
        sensitivity=measure_sensitivity(network, draws=draws, seed=seed),
        communities=communities,
        roles=measure_brokerage(network, {node: groups.get(node, node) for node in network}),
        balance=measure_balance(network),
        periods=periods,
        trends=trends,
        coverage=_cover(record, network),
    )


def describe_selection(selection: Selection) -> str:
    """What claims the network takes, in words.

    >>> describe_selection(Selection(view=View.ACTORS, since="2024"))
    'asserted claims among actors, from 2024 on'
    """
    where = {View.ALL: "", View.ACTORS: " among actors", View.TWO_MODE: " between actors and conflicts or instruments"}
    parts = [f"{', '.join(selection.modalities)} claims{where[selection.view]}"]
    parts += [f"of {', '.join(selection.properties)}"] if selection.properties else []
    parts += [f"between entities of class {', '.join(selection.classes)}"] if selection.classes else []
    parts += [f"from {selection.since} on"] if selection.since else []
    parts += [f"up to {selection.until}"] if selection.until else []
    parts += [f"stated by {selection.corroboration} documents or more"] if selection.corroboration > 1 else []
    return ", ".join(parts)


def rank(findings: Findings, measure: str, *, top: int = 10) -> tuple[Ranked, ...]:
    """The `top` entities by `measure`, the highest first, equal ones by id; those of 0 are in no ranking.

    :param measure: one that is drawn: one of ``measures.sensitivity.DRAWN``.
    """
    values, drawn = findings.measures[measure], findings.sensitivity
    order = sorted((node for node in values if values[node] > 0), key=lambda node: (-values[node], node))
    ranked = []
    for place, node in enumerate(order[:top], start=1):
        low, high = drawn.interval(measure, node)
        first, last = drawn.places(measure, node)
        ahead = _ahead_from(drawn, measure, order, place)
        ranked.append(Ranked(place, node, values[node], low, high, first, last, ahead))
    return tuple(ranked)


def _ahead_from(drawn: Sensitivity, measure: str, order: list[str], place: int) -> int:
    """The place from which on all have less than who is at `place`, in 95 % of the draws each."""
    rest = order[place:]
    failures = np.flatnonzero(~drawn.are_behind(measure, order[place - 1], rest))
    begin = int(failures[-1]) + 1 if len(failures) else 0
    return place + 1 + begin if begin < len(rest) else 0


def _cover(record: Record, network: nx.MultiDiGraph) -> tuple[Coverage, ...]:
    taken = {key for _, _, key in network.edges(keys=True)}
    entities = Counter(name for entity in record.entities for name in entity.documents)
    claims: Counter[str] = Counter()
    used: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for claim in record.claims:
        for name in claim.documents:
            claims[name] += 1
            used[name] += claim.id in taken
            shared[name] += claim.id in taken and len(claim.documents) > 1
    return tuple(
        Coverage(document, entities[document.name], claims[document.name], used[document.name], shared[document.name])
        for document in sorted(record.documents, key=lambda document: (document.date, document.name))
    )
