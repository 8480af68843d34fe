"""Where each node of the page stands: links in, whole-number coordinates out, the same on every machine.

Force-directed placement after Fruchterman and Reingold 1991 (https://doi.org/10.1002/spe.4380211102), with the
repulsion of ForceAtlas2 (https://doi.org/10.1371/journal.pone.0098679), which keeps hubs apart. Repulsion between far
nodes is taken cell by cell, so that 10,000 nodes take seconds. Only sums along the first axes, roots and quotients are
used: NumPy rounds these alike everywhere, so that the same network gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["place_nodes"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELL = 48
"""Nodes in a cell; within a cell each pair is taken, other cells are taken as one heavy node."""
ONE_CELL = 350
"""Up to so many nodes each pair is taken."""
ROOM = 15000.0
"""Square pixels for each node at zoom 1: a mark with its label."""
STRETCH = 1.2
"""Width for height: labels are wide."""
BOX = (104.0, 62.0)
"""Pixels, across and down, that a mark and its label take."""
GRAVITY = 0.6
"""Pull to the middle. Against a repulsion that falls with distance it spreads nodes evenly over a disc."""
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
    linked = sorted({end for pair in pairs for end in pair})
    renumber = {node: number for number, node in enumerate(linked)}
    ends = np.array([(renumber[a], renumber[b]) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    places = _apart(_scaled(_settle(len(linked), ends))) if linked else np.zeros((0, 2))
    found = {node: (round(x), round(y)) for node, (x, y) in zip(linked, places.tolist(), strict=True)}
    alone = [node for node in range(count) if node not in found]
    found.update(zip(alone, _rows(len(alone), places), strict=True))
    return [found[node] for node in range(count)]


def _settle(count: int, ends: Ints) -> Floats:
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    mass = 1.0 + 0.4 * np.sqrt(degree)
    places = _spiral(count, ends, degree)
    steps = 320 if count <= ONE_CELL else 140 if count <= 3000 else 60
    heat = 0.12 * np.sqrt(float(count)) + 0.6
    for step in range(steps):
        force = _repulsion(places, mass) * mass[:, None]
        delta = places[ends[:, 1]] - places[ends[:, 0]]
        pull = delta * np.sqrt(delta[:, 0] ** 2 + delta[:, 1] ** 2)[:, None] * 0.9
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 0], pull[:, axis], count)
            force[:, axis] -= np.bincount(ends[:, 1], pull[:, axis], count)
        force -= places * (GRAVITY * mass)[:, None]
        force /= (0.4 + 0.6 * mass)[:, None]
        length = np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2)[:, None] + 1e-9
        places = places + force / length * np.minimum(length, heat * (1.0 - step / steps) ** 1.5 + 0.01)
    return places


def _spiral(count: int, ends: Ints, degree: Floats) -> Floats:
    """A start without crossings by chance: neighbours of hubs near them on a spiral from the centre outwards."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in ends.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    by_degree = sorted(range(count), key=lambda node: (-degree[node], node))
    order: list[int] = []
    seen = [False] * count
    for start in by_degree:
        if seen[start]:
            continue
        seen[start] = True
        queue = [start]
        for node in queue:  # breadth first: grows while it is read
            for other in neighbours[node]:
                if not seen[other]:
                    seen[other] = True
                    queue.append(other)
        order.extend(queue)
    places = np.zeros((count, 2))
    x, y = 1.0, 0.0
    for rank, node in enumerate(order):
        radius = (rank + 0.5) ** 0.5
        places[node] = (x * radius, y * radius)
        x, y = x * GOLDEN[0] - y * GOLDEN[1], x * GOLDEN[1] + y * GOLDEN[0]
    return places


def _repulsion(places: Floats, mass: Floats) -> Floats:
    count = len(places)
    strips = 1 if count <= ONE_CELL else max(2, round((count / CELL) ** 0.5))
    cells = _cells(places, strips)
    size = cells.shape[1]
    order = cells.ravel()
    real = order >= 0
    at = np.where(real[:, None], places[order], 0.0).reshape(-1, size, 2)
    weight = np.where(real, mass[order], 0.0).reshape(-1, size)
    near = _push(at[:, :, None, :], at[:, None, :, :], weight[:, :, None]).reshape(-1, 2)
    force = np.zeros_like(places)
    force[order[real]] = near[real]
    if strips == 1:
        return force
    heavy = weight.sum(axis=1)
    centres = np.add.reduce(at * weight[:, :, None], axis=1) / np.maximum(heavy, 1e-9)[:, None]
    own = np.empty(count, dtype=np.int64)
    own[order[real]] = np.repeat(np.arange(len(heavy)), size)[real]
    far = _push(centres[:, None, :], places[None, :, :], heavy[:, None], axis=0)
    mine = _push(centres[own][None], places[None], heavy[own][None], axis=0)
    return force + far - mine


def _push(sources: Any, targets: Any, weight: Any, axis: int = 1) -> Floats:
    """What `sources` do to `targets`, summed along the axis of the sources."""
    x = targets[..., 0] - sources[..., 0]
    y = targets[..., 1] - sources[..., 1]
    factor = weight / (x * x + y * y + 0.02)
    return np.stack([np.add.reduce(x * factor, axis=axis), np.add.reduce(y * factor, axis=axis)], axis=-1)


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
    scale = math.sqrt(ROOM * len(places) / (width * height))
    root = math.sqrt(STRETCH)
    spread: Floats = (places - (low + high) / 2) * np.array([scale * root, scale / root])
    return spread


def _apart(places: Floats) -> Floats:
    """With nodes that overlap pushed apart along the shorter way, so that most labels have room."""
    strips = 1 if len(places) <= ONE_CELL else max(2, round((len(places) / CELL) ** 0.5))
    for step in range(60 if strips == 1 else 24):
        cells = _cells(places, strips + (step % 2 if strips > 1 else 0))
        order = cells.ravel()
        at = np.where((order >= 0)[:, None], places[order], 1e9).reshape(*cells.shape, 2)
        delta = at[:, None, :, :] - at[:, :, None, :]
        before = np.sign(np.arange(at.shape[1])[None, :] - np.arange(at.shape[1])[:, None])[None]
        room = np.array(BOX) - np.abs(delta)
        overlaps = (room[..., 0] > 0) & (room[..., 1] > 0) & (before != 0)
        sideways = room[..., 0] < room[..., 1]
        moves = np.empty_like(at)
        for axis, chosen in ((0, sideways), (1, ~sideways)):
            way = np.where(delta[..., axis] == 0, before, np.sign(delta[..., axis]))
            moves[..., axis] = np.add.reduce(np.where(overlaps & chosen, way * room[..., axis] * 0.3, 0.0), axis=1)
        moved = places.copy()
        moved[order[order >= 0]] += moves.reshape(-1, 2)[order >= 0]
        places = moved
    middle: Floats = (places.min(axis=0) + places.max(axis=0)) / 2
    return places - middle


def _rows(count: int, places: Floats) -> list[tuple[int, int]]:
    """Places for `count` lone nodes, in rows below `places`."""
    if not count:
        return []
    bottom = round(float(places[:, 1].max())) if len(places) else 0
    columns = max(1, min(count, round((count * 2.2) ** 0.5)))
    return [
        (round((number % columns - (min(columns, count) - 1) / 2) * 150), bottom + 180 + number // columns * 90)
        for number in range(count)
    ]
