"""Who says something of whom over time as a drawing: a square for each pair, in it a bar for each period.

It is laid out once, as bars and words at places, in units of which 900 are its width: the report paints it as SVG, the
figures for print as Matplotlib does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import radians, sin
from textwrap import wrap

from markupsafe import Markup

from dragoman.findings.exchanges import Exchanges
from dragoman.findings.findings import Findings, describe_selection
from dragoman.findings.svg import element, fit, picture, text

__all__ = ["Bars", "Grid", "Words", "describe_shown", "draw_exchanges", "lay_out", "title_of"]

WIDTH, LEFT = 900.0, 172.0
CELL, ROW = 35.5, 29.0
"""Width and height of a square."""
LONGEST = 170.0
"""Of the name of a column."""
TALL = 1.5
"""How many times higher than a square the sums of columns are."""
GAP = 10.0
"""Between the squares and their sums."""
SAMPLE = 3.0
"""How many times larger than a square the one is that the key explains."""
STEEP = 52
"""Degrees by which the names of columns are turned."""
LETTER, HEAD = 6.8, 62.0
"""Width of a letter, and height of the heading."""
LINE, LETTERS = 16.0, 100
"""From one line of words to the next, and letters of a line."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each number, at the foot of a square whose height is `highest`; its upper left corner is `x`, `y`."""

    x: float
    y: float
    width: float
    height: float
    numbers: tuple[int, ...]
    highest: int
    told: str
    sums: bool = False

    @property
    def boxes(self) -> list[tuple[float, float, float, float]]:
        """Upper left corner, width and height of each bar that has a number."""
        step = (self.width - 4) / len(self.numbers)
        tall = [(self.height - 3) * number / self.highest for number in self.numbers]
        return [
            (self.x + 2 + at * step, self.y + self.height - 1 - height, step * 0.86, height)
            for at, height in enumerate(tall)
            if height
        ]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that start, end or have their middle (`anchor`) at a place; `kind` is a class of the report's style."""

    words: str
    x: float
    y: float
    anchor: str = "start"
    kind: str = "said"
    turned: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawing as wide and high as told, in the colour of its property."""

    title: str
    width: float
    height: float
    colour: str
    bars: tuple[Bars, ...]
    words: tuple[Words, ...]


def describe_shown(exchanges: Exchanges) -> str:
    """How many of the actors have a row or a column, in words."""
    return (
        f"Rows are {len(exchanges.rows):,} of {len(exchanges.said):,} actors, those that do so most, in all or to a "
        f"column; columns are {len(exchanges.columns):,} of {len(exchanges.heard):,}, those that it is said of most"
    )


def title_of(exchanges: Exchanges) -> str:
    """What the drawing shows, in words."""
    return f"Who {exchanges.verb} whom, by {exchanges.per}"


def lay_out(findings: Findings, exchanges: Exchanges, *, headed: bool = False) -> Grid:
    """Every bar and word in its place.

    :param headed: with a heading of its own, for where no page gives it one.
    """
    names = [fit(findings.label(node), LONGEST) for node in exchanges.columns]
    top = 16 + max(map(len, names)) * LETTER * sin(radians(STEEP)) + (HEAD if headed else 0)
    right = LEFT + CELL * len(exchanges.columns)
    foot = top + ROW * len(exchanges.rows)
    words = list(_head(findings, exchanges)) if headed else []
    words += _name(findings, exchanges, top, right, foot)
    bars = [*_place(findings, exchanges, top), *_place_sums(findings, exchanges, top, right, foot)]
    key = foot + GAP + ROW * TALL + LINE + 22
    sample = _describe(findings, exchanges, exchanges.fullest)
    numbers = exchanges.counts[exchanges.fullest]
    bars.append(Bars(24, key, CELL * SAMPLE, ROW * 2, numbers, exchanges.highest, sample))
    words += [
        Words(f"{exchanges.highest:,}", 18, key + 12, "end", "number"),
        Words(exchanges.periods[0], 24, key + ROW * 2 + 13, "start", "axis"),
        Words(exchanges.periods[-1], 24 + CELL * SAMPLE, key + ROW * 2 + 13, "end", "axis"),
    ]
    words += [
        Words(line, LEFT, key + 12 + at * LINE, kind="axis") for at, line in enumerate(_explain(findings, exchanges))
    ]
    return Grid(
        title_of(exchanges),
        WIDTH,
        max(key + ROW * 2 + 20, words[-1].y + LINE / 2),
        exchanges.colour,
        tuple(bars),
        tuple(words),
    )


def draw_exchanges(findings: Findings, exchanges: Exchanges) -> Markup:
    """The drawing as SVG, for the report."""
    grid = lay_out(findings, exchanges)
    parts = []
    for bars in grid.bars:
        path = "".join(f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h-{width:.1f}z" for x, y, width, height in bars.boxes)
        lane = element(
            "rect", x=bars.x + 0.5, y=bars.y + 0.5, width=bars.width - 1, height=bars.height - 1, class_="lane"
        )
        colour = {"class_": "sums"} if bars.sums else {"fill": grid.colour}
        parts.append(element("g", element("title", bars.told), lane, element("path", d=path, **colour)))
    for said in grid.words:
        turned = {"transform": f"rotate(-{said.turned} {said.x:.1f} {said.y:.1f})"} if said.turned else {}
        parts.append(
            text(said.words, said.x, said.y, told=said.told, text_anchor=said.anchor, class_=said.kind, **turned)
        )
    return picture(grid.width, grid.height, parts, title=grid.title)


def _head(findings: Findings, exchanges: Exchanges) -> Iterator[Words]:
    dates = sorted(filter(None, (document.date[:4] for document in findings.record.documents)))
    count = len(findings.record.documents)
    years = f" of {dates[0]} to {dates[-1]}" if dates else ""
    yield Words(fit(title_of(exchanges), WIDTH, size=17), 2, 18, kind="title")
    documents = f"{count:,} {'document' if count == 1 else 'documents'}{years}"
    yield Words(f"{documents}; {describe_selection(replace(findings.selection, properties=()))}", 2, 36, kind="axis")
    yield Words(describe_shown(exchanges), 2, 36 + LINE, kind="axis")


def _name(findings: Findings, exchanges: Exchanges, top: float, right: float, foot: float) -> Iterator[Words]:
    """The names of rows and columns, and the sums at their ends."""
    for at, node in enumerate(exchanges.rows):
        label, y = findings.label(node), top + at * ROW + ROW / 2 + 4
        yield Words(fit(label, LEFT - 10), LEFT - 8, y, "end", told=label)
        yield Words(f"{sum(exchanges.said[node]):,}", right + GAP + CELL + 40, y, "end", "number")
    for at, node in enumerate(exchanges.columns):
        label, x = findings.label(node), LEFT + at * CELL + CELL / 2 + 4
        yield Words(fit(label, LONGEST), x, top - 7, turned=STEEP, told=label)
        yield Words(f"{sum(exchanges.heard[node]):,}", x - 4, foot + GAP + ROW * TALL + 14, "middle", "number")
    yield Words(fit(f"{exchanges.verb} →", LEFT), LEFT - 8, top - 7, "end", "axis", told=exchanges.verb)
    yield Words("all actors", LEFT - 8, foot + GAP + ROW * TALL / 2 + 4, "end")
    yield Words("all", right + GAP + CELL / 2, top - 7, "middle")
    yield Words(f"{sum(exchanges.total):,}", right + GAP + CELL + 40, foot + GAP + ROW * TALL / 2 + 4, "end", "number")


def _place(findings: Findings, exchanges: Exchanges, top: float) -> Iterator[Bars]:
    across = {node: LEFT + at * CELL for at, node in enumerate(exchanges.columns)}
    down = {node: top + at * ROW for at, node in enumerate(exchanges.rows)}
    for pair, numbers in exchanges.counts.items():
        told = _describe(findings, exchanges, pair)
        yield Bars(across[pair[1]], down[pair[0]], CELL, ROW, numbers, exchanges.highest, told)


def _place_sums(findings: Findings, exchanges: Exchanges, top: float, right: float, foot: float) -> Iterator[Bars]:
    highest = max(max(exchanges.said[node]) for node in exchanges.rows)
    for at, node in enumerate(exchanges.rows):
        numbers = exchanges.said[node]
        told = f"{findings.label(node)} → all actors: {_list(exchanges.periods, numbers)}"
        yield Bars(right + GAP, top + at * ROW, CELL, ROW, numbers, highest, told, sums=True)
    highest = max(max(exchanges.heard[node]) for node in exchanges.columns)
    for at, node in enumerate(exchanges.columns):
        numbers = exchanges.heard[node]
        told = f"all actors → {findings.label(node)}: {_list(exchanges.periods, numbers)}"
        yield Bars(LEFT + at * CELL, foot + GAP, CELL, ROW * TALL, numbers, highest, told, sums=True)


def _describe(findings: Findings, exchanges: Exchanges, pair: tuple[str, str]) -> str:
    subject, object_ = map(findings.label, pair)
    return f"{subject} → {object_}: {_list(exchanges.periods, exchanges.counts[pair])}"


def _list(periods: tuple[str, ...], numbers: tuple[int, ...]) -> str:
    told = (f"{period} {number:,}" for period, number in zip(periods, numbers, strict=True) if number)
    return ", ".join(told) + f"; {sum(numbers):,} in all"


def _explain(findings: Findings, exchanges: Exchanges) -> list[str]:
    subject, object_ = map(findings.label, exchanges.fullest)
    numbers = exchanges.counts[exchanges.fullest]
    period = exchanges.periods[numbers.index(max(numbers))]
    left_out = f" Left out: {exchanges.outside:,} of periods before and after." if exchanges.outside else ""
    return wrap(
        f"A bar for each {exchanges.per}; its height is the number of documents in which the row {exchanges.verb} the "
        f"column. Shown here: {subject} → {object_}, {exchanges.highest:,} in {period}, the most of any pair. Columns "
        "run from the earliest mean period to the latest, rows from most documents to fewest. Grey: sums with all "
        f"actors, those of rows and those of columns each on a scale of their own.{left_out}",
        LETTERS,
    )
