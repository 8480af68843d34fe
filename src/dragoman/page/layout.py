"""Where each node of the page stands: links in, whole-number coordinates out, the same on every machine.

Force-directed placement after Fruchterman and Reingold 1991 (https://doi.org/10.1002/spe.4380211102), with the
repulsion of ForceAtlas2 (https://doi.org/10.1371/journal.pone.0098679), which keeps hubs apart. Repulsion between far
nodes is taken cell by cell, and of many nodes those that hang on one other are placed after the rest, so that 10,000
nodes take a second. Only sums along the first axes, roots and quotients are used: NumPy rounds these alike everywhere,
so that the same network gives the same bytes. What hangs together is placed together; the parts then stand in rows, the
largest on top, so that none of them takes room within another.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["place_nodes"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELL = 48
"""Nodes in a cell; within a cell each pair is taken, other cells are taken as one heavy node."""
CACHED = 16_000
"""Pairs that are taken at a time: so many numbers stay in the cache of a core."""
ONE_CELL = 350
"""Up to so many nodes each pair is taken."""
ROOM = 15000.0
"""Square pixels for each node of a small part at zoom 1: a mark with its label."""
ROOMY, CLOSEST = 150, 0.5
"""Nodes up to which each has all that room; the share of its width and height that is left at most nodes."""
STRETCH = 1.15
"""Width for height: labels are wide."""
BOX = (104.0, 62.0)
"""Pixels, across and down, that a mark and its label take."""
STALE = 0.08
"""Share of a disc's radius that nodes may go until they are divided anew and what is far is looked at again."""
GRAVITY = 0.6
"""Pull to the middle. Against a repulsion that falls with distance it spreads nodes evenly over a disc."""
STAR = 8
"""Nodes up to which a part is drawn as a star, without forces."""
RING = ((1.0, 0.0), (0.62, 0.78), (-0.22, 0.97), (-0.9, 0.43), (-0.9, -0.43), (-0.22, -0.97), (0.62, -0.78))
"""Where the others of a star stand, in turn."""
REACH = (130.0, 80.0)
"""Pixels, across and down, from the middle of a star to the others."""
MARGIN = (120.0, 100.0)
"""Pixels, across and down, around a part: half of its outermost labels."""
GOLDEN = (-0.7373688780783197, 0.6754902942615238)
"""Cosine and sine of the golden angle, by which a sunflower turns from seed to seed."""


def place_nodes(count: int, links: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """One (x, y) in whole pixels for each of `count` nodes, centred on 0, 0.

    :param links: pairs of node numbers below `count`; direction, repetition and loops do not matter.

    Nodes without a link stand in rows below the rest.

    >>> place_nodes(0, [])
    []
    >>> place_nodes(3, [])
    [(-150, 180), (0, 180), (150, 180)]
    """
    pairs = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
    parts = _parts(pairs)
    found: dict[int, tuple[int, int]] = {}
    bottom = 0
    for part, (x, y) in zip(parts, _shelves([places for _, places in parts]), strict=True):
        for node, (across, down) in zip(part[0], part[1].tolist(), strict=True):
            found[node] = (round(x + across), round(y + down))
            bottom = max(bottom, found[node][1])
    alone = [node for node in range(count) if node not in found]
    found.update(zip(alone, _rows(len(alone), bottom), strict=True))
    return [found[node] for node in range(count)]


def _parts(pairs: Sequence[tuple[int, int]]) -> list[tuple[list[int], Floats]]:
    """What hangs together, the largest first: its nodes, and places for them around 0, 0."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        neighbours[a].append(b)
        neighbours[b].append(a)
    seen: set[int] = set()
    groups: list[list[int]] = []
    for start in sorted(neighbours, key=lambda node: (-len(neighbours[node]), node)):
        if start not in seen:
            groups.append(_breadth_first(start, neighbours, seen))
    parts: list[tuple[list[int], Floats]] = []
    for group in sorted(groups, key=lambda group: (-len(group), group)):
        if len(group) <= STAR:
            parts.append((group, _star(len(group))))
            continue
        nodes = sorted(group)
        number = {node: at for at, node in enumerate(nodes)}
        ends = np.array(
            [(number[a], number[b]) for a in nodes for b in neighbours[a] if a < b], dtype=np.int64
        ).reshape(-1, 2)
        parts.append((nodes, _apart(_scaled(_settle(len(nodes), ends)))))
    return parts


def _breadth_first(start: int, neighbours: Mapping[int, Sequence[int]], seen: set[int]) -> list[int]:
    """The nodes that can be reached from `start`, near ones first; added to `seen`."""
    seen.add(start)
    queue = [start]
    for node in queue:  # grows while it is read
        for other in neighbours[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return queue


def _star(count: int) -> Floats:
    """Places for the first of `count` nodes in the middle and the others around it; two stand side by side."""
    if count == 2:
        return np.array([(-REACH[0] / 2, 0.0), (REACH[0] / 2, 0.0)])
    return np.array([(0.0, 0.0), *((x * REACH[0], y * REACH[1]) for x, y in RING[: count - 1])])


def _shelves(parts: Sequence[Floats]) -> list[tuple[float, float]]:
    """Where the middle of each part comes to stand: the first above, the others in rows below it."""
    sizes = [
        tuple(float(high - low) + margin for low, high, margin in zip(part.min(0), part.max(0), MARGIN, strict=True))
        for part in parts
    ]
    if not sizes:
        return []
    area = sum(width * height for width, height in sizes)
    widest = max(sizes[0][0], math.sqrt(area * STRETCH))
    rows: list[list[int]] = [[0]]
    room = widest - sizes[0][0] if len(parts[0]) <= STAR else 0.0
    for at in range(1, len(parts)):
        if sizes[at][0] > room:
            rows.append([])
            room = widest
        rows[-1].append(at)
        room -= sizes[at][0]
    middles = [(0.0, 0.0)] * len(parts)
    top = -sum(max(sizes[at][1] for at in row) for row in rows) / 2
    for row in rows:
        height = max(sizes[at][1] for at in row)
        left = -sum(sizes[at][0] for at in row) / 2
        for at in row:
            low, high = parts[at].min(0), parts[at].max(0)
            middles[at] = (
                left + sizes[at][0] / 2 - float(low[0] + high[0]) / 2,
                top + height / 2 - float(low[1] + high[1]) / 2,
            )
            left += sizes[at][0]
        top += height
    return middles


def _settle(count: int, ends: Ints) -> Floats:
    """Places for `count` nodes that hang together; of many, at first for those alone that are joined to two or more.

    What hangs on one node alone is then put beside that node, which had room for it, and all are moved some more.
    """
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    mass = 1.0 + 0.4 * np.sqrt(degree)
    heat = 0.12 * math.sqrt(count) + 0.6
    if count <= ONE_CELL:
        return _move(_spiral(count, ends, degree), ends, mass, steps=320, heat=heat)
    steps = 100 if count <= 3000 else 50
    leaf = degree == 1
    inner = np.flatnonzero(~leaf)
    number = np.cumsum(~leaf) - 1
    outward = leaf[ends]
    links = number[ends[~outward.any(axis=1)]]
    hanging = np.concatenate([ends[outward[:, 0]], ends[outward[:, 1], ::-1]])
    leaves, hosts = hanging[np.argsort(hanging[:, 1], kind="stable")].T
    rank = np.arange(len(hosts)) - np.searchsorted(hosts, hosts)
    heavy = mass[inner] + np.bincount(number[hosts], mass[leaves], len(inner))
    start = _spiral(len(inner), links, degree[inner]) * math.sqrt(count / len(inner))
    places = np.empty((count, 2))
    places[inner] = _move(start, links, heavy, steps=steps, heat=heat)
    places[leaves] = places[hosts] + _sunflower(len(leaves))[rank]
    return _move(places, ends, mass, steps=steps // 3, heat=heat / 3)


def _move(places: Floats, ends: Ints, mass: Floats, *, steps: int, heat: float) -> Floats:
    """Where the nodes come to rest that push each other away and are pulled by their links.

    None goes farther than `heat` in the first of the `steps`, and ever less in the later ones.
    """
    count = len(places)
    strips = _strips(count)
    moved = math.inf
    for step in range(steps):
        reach = heat * (1.0 - step / steps) ** 1.5 + 0.01
        moved += reach
        if strips == 1 or moved > STALE * math.sqrt(count):
            cells = _cells(places, strips)
            far = _from_afar(places, mass, cells)
            moved = 0.0
        force = (_from_near(places, mass, cells) + far) * mass[:, None]
        delta = places[ends[:, 1]] - places[ends[:, 0]]
        pull = delta * np.sqrt(delta[:, 0] ** 2 + delta[:, 1] ** 2)[:, None] * 0.9
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 0], pull[:, axis], count)
            force[:, axis] -= np.bincount(ends[:, 1], pull[:, axis], count)
        force -= places * (GRAVITY * mass)[:, None]
        force /= (0.4 + 0.6 * mass)[:, None]
        length = np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2)[:, None] + 1e-9
        places = places + force / length * np.minimum(length, reach)
    return places


def _spiral(count: int, ends: Ints, degree: Floats) -> Floats:
    """A start without crossings by chance: neighbours of hubs near them on a spiral from the centre outwards."""
    neighbours: dict[int, list[int]] = {node: [] for node in range(count)}
    for a, b in ends.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    order: list[int] = []
    seen: set[int] = set()
    for start in sorted(range(count), key=lambda node: (-degree[node], node)):
        if start not in seen:
            order.extend(_breadth_first(start, neighbours, seen))
    places = np.empty((count, 2))
    places[order] = _sunflower(count)
    return places


def _sunflower(count: int) -> Floats:
    """As many places from the middle outwards, each turned by the golden angle from the one before."""
    turns = []
    x, y = 1.0, 0.0
    for _ in range(count):
        turns.append((x, y))
        x, y = x * GOLDEN[0] - y * GOLDEN[1], x * GOLDEN[1] + y * GOLDEN[0]
    places: Floats = np.array(turns).reshape(-1, 2)
    places *= np.sqrt(np.arange(count) + 0.5)[:, None]
    return places


def _strips(count: int) -> int:
    """Into how many strips, and each of them into cells, `count` nodes are divided."""
    return 1 if count <= ONE_CELL else max(2, round((count / CELL) ** 0.5))


def _from_near(places: Floats, mass: Floats, cells: Ints) -> Floats:
    """How each node is pushed by those of its cell."""
    size = cells.shape[1]
    real = cells >= 0
    at = np.where(real, places.T[:, cells], 0.0)
    weight = np.where(real, mass[cells], 0.0)
    step = max(1, CACHED // size**2)
    parts = [slice(begin, begin + step) for begin in range(0, len(cells), step)]
    pushes = [_push(at[:, part, :, None], at[:, part, None, :], weight[part, :, None]) for part in parts]
    force = np.empty_like(places)
    force[cells[real]] = np.concatenate(pushes)[real]
    return force


def _from_afar(places: Floats, mass: Floats, cells: Ints) -> Floats:
    """How each node is pushed by the other cells, each of them one heavy node."""
    if len(cells) == 1:
        return np.zeros_like(places)
    own = np.empty(len(places), dtype=np.int64)
    row, column = np.nonzero(cells >= 0)
    own[cells[row, column]] = row
    heavy = np.bincount(own, mass, len(cells))
    sums = [np.bincount(own, places[:, axis] * mass, len(cells)) for axis in (0, 1)]
    centres = np.stack(sums) / np.maximum(heavy, 1e-9)
    step = max(1, CACHED // len(heavy))
    parts = [slice(begin, begin + step) for begin in range(0, len(places), step)]
    at = np.ascontiguousarray(places.T)
    far = np.concatenate([_push(centres[:, :, None], at[:, None, part], heavy[:, None], axis=0) for part in parts])
    mine = _push(centres[:, None, own], at[:, None], heavy[own][None], axis=0)
    return far - mine


def _push(sources: Any, targets: Any, weight: Any, axis: int = 1) -> Floats:
    """What `sources` do to `targets`, both given by their x and y, summed along the axis of the sources."""
    x, y = targets[0] - sources[0], targets[1] - sources[1]
    factor, square = x * x, y * y
    factor += square
    factor += 0.02
    np.divide(weight, factor, out=factor)
    x *= factor
    y *= factor
    return np.stack([np.add.reduce(x, axis=axis), np.add.reduce(y, axis=axis)], axis=-1)


def _cells(places: Floats, strips: int) -> Ints:
    """Node numbers, a row for each of strips x strips cells with equally many places; -1 fills the last ones."""
    count = len(places)
    side = -(-count // strips)
    by_x = np.full(side * strips, -1, dtype=np.int64)
    by_x[:count] = np.argsort(places[:, 0], kind="stable")
    size = -(-side // strips)
    cells = np.full((strips, strips * size), -1, dtype=np.int64)
    for number, strip in enumerate(by_x.reshape(strips, side)):
        members = strip[strip >= 0]
        cells[number, : len(members)] = members[np.argsort(places[members, 1], kind="stable")]
    return cells.reshape(strips * strips, size)


def _scaled(places: Floats) -> Floats:
    """In pixels, its middle at 0, 0, with ROOM for each node in its box."""
    low: Floats = places.min(axis=0)
    high: Floats = places.max(axis=0)
    width, height = np.maximum(high - low, 1.0).tolist()
    scale = math.sqrt(ROOM * len(places) / (width * height)) * _closeness(len(places))
    root = math.sqrt(STRETCH)
    spread: Floats = (places - (low + high) / 2) * np.array([scale * root, scale / root])
    return spread


def _closeness(count: int) -> float:
    """Share of their full distance at which `count` nodes stand: many are seen from afar, where few labels show."""
    return max(CLOSEST, min(1.0, math.sqrt(math.sqrt(ROOMY / count))))


def _apart(places: Floats) -> Floats:
    """With nodes that overlap pushed apart along the shorter way, so that most labels have room."""
    strips = _strips(len(places))
    box = np.array(BOX) * _closeness(len(places))
    for step in range(60 if strips == 1 else 24):
        cells = _cells(places, strips + (step % 2 if strips > 1 else 0))
        real = cells >= 0
        beyond = 1e9 * np.arange(1, cells.shape[1] + 1)[:, None]
        moves = _moves(np.where(real[:, :, None], places[cells], beyond), box)
        places = places.copy()
        places[cells[real]] += moves[real]
    middle: Floats = (places.min(axis=0) + places.max(axis=0)) / 2
    return places - middle


def _moves(at: Floats, box: Floats) -> Floats:
    """How far each node of some cells is pushed by those of its cell whose box it is in; they stand by their height."""
    moves = np.zeros_like(at)
    across, down = at[:, :, 0].copy(), at[:, :, 1].copy()
    for shift in range(1, at.shape[1]):
        close = np.abs(down[:, shift:] - down[:, :-shift]) < box[1]
        if not close.any():
            break
        close &= np.abs(across[:, shift:] - across[:, :-shift]) < box[0]
        cell, first = np.nonzero(close)
        delta = at[cell, first + shift] - at[cell, first]
        room = box - np.abs(delta)
        pair, axis = np.arange(len(cell)), (room[:, 0] >= room[:, 1]).astype(np.int64)
        push = np.where(delta[pair, axis] < 0, -0.3, 0.3) * room[pair, axis]
        moves[cell, first, axis] -= push
        moves[cell, first + shift, axis] += push
    return moves


def _rows(count: int, bottom: int) -> list[tuple[int, int]]:
    """Places for `count` lone nodes, in rows below `bottom`."""
    if not count:
        return []
    columns = max(1, min(count, round((count * 2.2) ** 0.5)))
    return [
        (round((number % columns - (min(columns, count) - 1) / 2) * 150), bottom + 180 + number // columns * 90)
        for number in range(count)
    ]
