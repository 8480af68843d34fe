"""What the page shows, as plain data: entities, claims and documents become nodes, edges and lists for JSON.

Nodes and edges carry vis-network's own keys (https://visjs.github.io/vis-network/docs/network/), all else is ours.
Entities, documents, classes and properties are named by their place in their list, so that a page stays small.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from dragoman.ontology import ClassTerm, Ontology, PropertyTerm
from dragoman.page.layout import place_nodes
from dragoman.page.selection import MOST_QUOTES, Selection, count_neighbours
from dragoman.records import Claim, Document, Entity, Modality

__all__ = ["Json", "page_data", "to_edges", "to_nodes"]

Json = dict[str, Any]
Measures = Mapping[str, Mapping[str, float]]

SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"})
"""vis-network's shapes that have a size of their own and their label below."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
GREY = "#888888"
STYLES: dict[Modality, str] = {
    Modality.ASSERTED: "solid",
    Modality.PLANNED: "dashed",
    Modality.REQUESTED: "dotdash",
    Modality.POSSIBLE: "dotted",
    Modality.NEGATED: "negated",
}
"""How the line of a claim is drawn; what is negated is a whole line that the page crosses."""
DASHES: dict[str, bool | list[int]] = {
    "solid": False,
    "dashed": [10, 6],
    "dotdash": [10, 4, 2, 4],
    "dotted": [2, 5],
    "negated": False,
}
DENIED = "#c0392b"
"""The red of what is denied, whatever its property."""
BEND = 0.16
"""How far apart links between the same two nodes bend."""
LABEL = 46
"""Characters of a label that are drawn; the panel shows it whole."""


def page_data(
    chosen: Selection,
    *,
    documents: Sequence[Document],
    measures: Measures,
    ontology: Ontology,
    communities: Mapping[str, str] | None = None,
) -> Json:
    """Everything but the nodes and edges: the lists that panels, filters and search read.

    :param communities: the name of the community of each entity id that has one.
    :raises ValueError: for a claim whose subject, object or speaker is none of `entities`.
    """
    entities, claims = chosen.entities, chosen.claims
    ids = {entity.id: number for number, entity in enumerate(entities)}
    _check_ends(claims, ids)
    named = {piece.document for claim in claims for piece in claim.evidence}
    named.update(name for entity in entities for name in entity.documents)
    known = {document.name: document for document in documents}
    names = sorted(named | known.keys())
    files = {name: number for number, name in enumerate(names)}
    classes = _classes(entities, ontology)
    properties = _properties(claims, ontology)
    families = _families(ontology)
    class_numbers = {term.name: number for number, term in enumerate(classes)}
    property_numbers = {term.name: number for number, term in enumerate(properties)}
    claim_numbers = {claim.id: number for number, claim in enumerate(claims)}
    modality_numbers = {modality: number for number, modality in enumerate(Modality)}
    table = {"degree": _degree(entities, claims), **measures}
    community = communities or {}
    sizes = Counter(community[entity.id] for entity in entities if entity.id in community)
    groups = sorted(sizes, key=lambda name: (-sizes[name], name))
    group_numbers = {name: number for number, name in enumerate(groups)}
    return {
        "classes": [_class_row(term, ontology) for term in classes],
        "properties": [
            {
                "id": term.name,
                "label": term.label,
                "about": term.definition,
                "colour": _colour(term.colour),
                "both": term.symmetric,
                "family": families.get(term.name, len(families)),
            }
            for term in properties
        ],
        "modalities": [{"id": str(modality), "style": STYLES[modality]} for modality in modality_numbers],
        "measures": list(table),
        "communities": [{"id": name} for name in groups],
        "documents": [_document_row(name, known.get(name)) for name in names],
        "entities": [
            {
                "id": entity.id,
                "cls": class_numbers[entity.cls],
                "label": entity.label,
                "names": list(entity.names),
                "same": list(entity.same_as),
                "code": entity.code,
                "group": group_numbers[community[entity.id]] if entity.id in community else -1,
                "docs": [files[name] for name in entity.documents],
                "m": [_rounded(values.get(entity.id, 0.0)) for values in table.values()],
            }
            for entity in entities
        ],
        "others": _others(chosen, ontology),
        "allClaims": chosen.all_claims,
        "claims": [
            {
                "id": claim.id,
                "s": ids[claim.subject],
                "p": property_numbers[claim.predicate],
                "o": ids[claim.object],
                "mod": modality_numbers[claim.modality],
                "date": claim.date,
                "by": ids[claim.speaker] if claim.speaker else -1,
                "conf": _rounded(claim.confidence),
                "rule": f"{claim.rule} ({', '.join(claim.readers)})" if claim.readers else claim.rule,
                "repeats": claim.repeats,
                "against": [claim_numbers[other] for other in claim.contradicts if other in claim_numbers],
                "docs": [files[name] for name in claim.documents],
                "quotes": len(claim.evidence),
                "ev": [
                    [files[e.document], e.prefix, e.exact, e.suffix, *filter(None, [e.where])]
                    for e in claim.evidence[: MOST_QUOTES if chosen.is_part else None]
                ],
            }
            for claim in claims
        ],
    }


def to_nodes(entities: Sequence[Entity], claims: Sequence[Claim], ontology: Ontology) -> list[Json]:
    """One vis-network node an entity, in their order: place, colour and shape of its class, a label cut to fit."""
    ids = {entity.id: number for number, entity in enumerate(entities)}
    _check_ends(claims, ids)
    places = place_nodes(len(entities), ((ids[claim.subject], ids[claim.object]) for claim in claims))
    terms = {term.name: term for term in _classes(entities, ontology)}
    return [
        {
            "color": _colour(terms[entity.cls].colour),
            "x": x,
            "y": y,
            "id": number,
            "label": _cut(entity.label),
            "shape": _shape(terms[entity.cls].shape),
        }
        for number, (entity, (x, y)) in enumerate(zip(entities, places, strict=True))
    ]


def to_edges(entities: Sequence[Entity], claims: Sequence[Claim], ontology: Ontology) -> list[Json]:
    """One vis-network edge for all claims of the same subject, property and object that are drawn alike.

    A symmetric property is one edge without arrow, whichever way it was claimed. Edges between the same two
    entities bend apart. ``claims`` holds the numbers of the edge's claims.
    """
    ids = {entity.id: number for number, entity in enumerate(entities)}
    _check_ends(claims, ids)
    terms = _properties(claims, ontology)
    symmetric = [term.symmetric for term in terms]
    colours = [_colour(term.colour) for term in terms]
    order = {term.name: number for number, term in enumerate(terms)}
    styles = list(DASHES)
    looks = {modality: styles.index(style) for modality, style in STYLES.items()}
    groups: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        source, target, predicate = ids[claim.subject], ids[claim.object], order[claim.predicate]
        if source > target and symmetric[predicate]:
            source, target = target, source
        groups[source, target, predicate, looks[claim.modality]].append(number)
    beside: dict[tuple[int, int], list[tuple[int, int, int, int]]] = defaultdict(list)
    for key in sorted(groups):
        beside[(min(key[:2]), max(key[:2]))].append(key)
    edges: list[Json] = []
    for pair in sorted(beside):
        for lane, key in enumerate(beside[pair]):
            source, target, predicate, look = key
            style = styles[look]
            bend = (lane - (len(beside[pair]) - 1) / 2) * BEND * (1 if source <= target else -1)
            sources = {name for number in groups[key] for name in claims[number].documents}
            edges.append(
                {
                    "id": len(edges),
                    "arrows": "" if symmetric[predicate] else "to",
                    "color": DENIED if style == "negated" else colours[predicate],
                    "dashes": DASHES[style],
                    "crossed": style == "negated",
                    "width": min(1.4 + 0.7 * (len(sources) - 1), 5.0),
                    "smooth": _curve(bend),
                    "claims": groups[key],
                    "from": source,
                    "to": target,
                }
            )
    return edges


def _others(chosen: Selection, ontology: Ontology) -> list[Json]:
    """Of each class, the entities that the page does not show: id, how many claims tell of it, and its names."""
    found: dict[str, list[list[str | int]]] = defaultdict(list)
    counts = chosen.other_claims or {}
    for entity in chosen.others:
        found[entity.cls].append([entity.id, counts[entity.id], entity.label, *entity.names])
    return [{"label": term.label, "entities": found[term.name]} for term in _classes(chosen.others, ontology)]


def _check_ends(claims: Iterable[Claim], ids: Mapping[str, int]) -> None:
    for claim in claims:
        if claim.subject in ids and claim.object in ids and (not claim.speaker or claim.speaker in ids):
            continue
        strange = next(end for end in (claim.subject, claim.object, claim.speaker) if end not in ids)
        whose = f"claim {claim.subject} {claim.predicate} {claim.object}"
        raise ValueError(f"{whose}: no entity has the id {strange!r}")


def _classes(entities: Iterable[Entity], ontology: Ontology) -> list[ClassTerm]:
    """Classes in use, in the ontology's order; after them those that it does not know, grey."""
    used = {entity.cls for entity in entities}
    strange = sorted(used - ontology.classes.keys())
    return [term for name, term in ontology.classes.items() if name in used] + [
        ClassTerm(name, name, "", (), GREY) for name in strange
    ]


def _properties(claims: Iterable[Claim], ontology: Ontology) -> list[PropertyTerm]:
    used = {claim.predicate for claim in claims}
    strange = sorted(used - ontology.properties.keys())
    return [term for name, term in ontology.properties.items() if name in used] + [
        PropertyTerm(name, name, "", (), colour=GREY) for name in strange
    ]


def _families(ontology: Ontology) -> dict[str, int]:
    """Number of the family of each property: a new one starts where the ontology's ``dgm:order`` leaves a gap."""
    families: dict[str, int] = {}
    family, last = 0, None
    for name, term in ontology.properties.items():
        if last is not None and term.order > last + 1:
            family += 1
        families[name], last = family, term.order
    return families


def _class_row(term: ClassTerm, ontology: Ontology) -> Json:
    top = ontology.top(term.name)
    return {
        "id": term.name,
        "label": term.label,
        "about": term.definition,
        "colour": _colour(term.colour),
        "shape": _shape(term.shape),
        "top": ontology.classes[top].label if top in ontology.classes else "",
    }


def _document_row(name: str, document: Document | None) -> Json:
    if document is None:
        return {"name": name, "title": "", "date": "", "author": ""}
    return {"name": name, "title": document.title, "date": document.date, "author": document.author}


def _degree(entities: Sequence[Entity], claims: Iterable[Claim]) -> dict[str, float]:
    """Other entities that each is joined to by a claim, whatever its modality: what a page is sized by at least."""
    counts = count_neighbours(claims)
    return {entity.id: float(counts[entity.id]) for entity in entities}


def _curve(bend: float) -> bool | Json:
    if not bend:
        return False
    return {"enabled": True, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": round(abs(bend), 3)}


def _shape(shape: str) -> str:
    return shape if shape in SHAPES else "dot"


def _colour(colour: str) -> str:
    return colour.lower() if COLOUR.fullmatch(colour) else GREY


def _cut(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"


@lru_cache(maxsize=100_000)  # most values of a measure are those of many entities
def _rounded(value: float) -> float:
    """Six digits: what remains when the last bits of a sum differ."""
    return float(f"{value:.6g}")
