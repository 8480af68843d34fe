"""Whether one thing is one node, and one node one thing, when the reference documents are built as one corpus.

    .venv/bin/python tests/benchmarks/gold_identity.py

Needs the folder of reference documents beside the checkout; without it, it says so and ends. A reference entity is
looked for among the nodes that its document mentions, by its names; those found are compared two and two:

one node for one thing    pairs of one class in two documents that bear one name, with two capitals or a state's or
                          place's, in the text of both: the share that are one node
one thing for one node    nodes that references are found at: the share that hold no two entities of one document
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import dragoman
from dragoman.gazetteer import fold
from dragoman.records import Entity

SHARED = Path(__file__).parents[3] / "shared"


BARE = {"State", "Place"}
"""Classes of things that one word tells."""


class Thing(NamedTuple):
    """An entity of a reference; names are folded, the first as it stands."""

    document: str
    id: str
    cls: str
    names: frozenset[str]
    telling: frozenset[str]
    optional: bool


def main() -> int:
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        print("skipped: no folder of reference documents beside this checkout")
        return 0
    things = [thing for path in sorted(folder.glob("*.json")) for thing in read_things(path)]
    documents = sorted({thing.document for thing in things})
    built = dragoman.build([next(SHARED.glob(f"*/{name}")) for name in documents])
    node_of = find_nodes(things, built.entities)
    together, apart = compare_names(things, node_of)
    crowded = find_crowded(node_of)
    used = len(set(node_of.values()))
    for left, right in apart:
        print(f"apart   {left.document}: {left.id} ({node_of[left]}) | {right.document}: {right.id} ({node_of[right]})")
    for node, several in sorted(crowded.items()):
        print(f"crowded {node}: {several[0].document}: {', '.join(thing.id for thing in several)}")
    print(f"{len(node_of)} of {len(things)} reference entities are found, at {used} nodes")
    pairs = together + len(apart)
    print(f"one node for one thing: {together / pairs:.3f} of {pairs} pairs that bear one name")
    print(f"one thing for one node: {1 - len(crowded) / used:.3f} of {used} nodes")
    return 0


def read_things(path: Path) -> Iterator[Thing]:
    """The entities of a reference."""
    found = json.loads(path.read_text(encoding="utf-8"))
    text = next(SHARED.glob(f"*/{found['document']}")).read_text(encoding="utf-8")
    for entity in found["entities"]:
        names = entity["names"]
        telling = {
            name
            for name in names
            if (sum(word[0].isupper() for word in name.split()) > 1 or (entity["class"] in BARE and name[0].isupper()))
            and name in text
        }
        yield Thing(
            found["document"],
            entity["id"],
            entity["class"],
            frozenset(map(_fold, names)),
            frozenset(map(_fold, telling)),
            bool(entity.get("optional")),
        )


def find_nodes(things: Iterable[Thing], entities: Iterable[Entity]) -> dict[Thing, str]:
    """The node of each reference entity: that of its document and class which shares most of its names."""
    named: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        for document in entity.documents:
            for name in {_fold(name) for name in (entity.label, *entity.names)}:
                named[document, name].append(entity)
    found = {}
    for thing in things:
        shared: dict[str, int] = defaultdict(int)
        for name in thing.names:
            for entity in named.get((thing.document, name), ()):
                if entity.cls == thing.cls:
                    shared[entity.id] += 1
        if shared:
            found[thing] = min(shared, key=lambda id_: (-shared[id_], id_))
    return found


def compare_names(things: Iterable[Thing], node_of: dict[Thing, str]) -> tuple[int, list[tuple[Thing, Thing]]]:
    """How many pairs that bear one name are one node, and those that are not."""
    bearers: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        if thing in node_of:
            for name in thing.telling:
                bearers[thing.cls, name].append(thing)
    pairs = {
        pair for found in bearers.values() for pair in combinations(found, 2) if pair[0].document != pair[1].document
    }
    apart = sorted(pair for pair in pairs if node_of[pair[0]] != node_of[pair[1]])
    return len(pairs) - len(apart), apart


def find_crowded(node_of: dict[Thing, str]) -> dict[str, list[Thing]]:
    """Nodes at which two entities of one reference, neither of them optional, are found."""
    held: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing, node in node_of.items():
        if not thing.optional:
            held[node, thing.document].append(thing)
    return {node: several for (node, _), several in held.items() if len(several) > 1}


def _fold(name: str) -> str:
    return " ".join(fold(word) for word in name.replace("\u2019", "'").split())


if __name__ == "__main__":
    sys.exit(main())
