"""Runs of words on pages to paragraphs in reading order: columns, and what runs along every page, are told apart.

Columns are found by their gutter, a strip that next to no line crosses while lines stand on both sides of it; a line
that does cross it parts what is above from what is below, as a heading over two columns does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

from dragoman.reading.formats.paragraphs import Block, Line, Piece, join_blocks
from dragoman.reading.lines import ends_sentence

__all__ = ["Run", "find_furniture", "order_page", "to_paragraphs"]

MARGIN = 0.13
"""Share of a page's height, at its top and at its foot, in which running heads and page numbers stand."""
EDGE_ROWS = 3
"""Lines at the top and at the foot that can be such."""
PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:\d{1,4}(?:\s*[/|]\s*\d{1,4})?|[ivxlc]{1,7})[-–—\s]*|page \d{1,4}(?: of \d{1,4})?", re.I
)
DIGITS = re.compile(r"\d+")
LEAST_LINES = 5
"""Lines on each side of a gutter."""
MOST_CROSSING = 0.35
"""Share of a page's lines that may cross a gutter: those of headings and of parts that are set full width."""
MIDDLE = (0.15, 0.85)
"""Where, as shares of the text's width, a gutter can be."""
LEAST_FILLED, LEAST_WRITTEN = 0.3, 18
"""Share of its side's width that a line fills, and characters that it has, in the median, where that side is prose, in
one column or in more, and no column of a table."""
SMALL = 0.88
"""Share of the body's size up to which type at the foot of a page is a footnote's."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row on a page; lengths in points, `level` from 0 at the page's foot to 1 at its top."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    level: float


def to_paragraphs(pages: Sequence[Sequence[Run]], furniture: frozenset[Run]) -> Iterator[list[Piece]]:
    """The paragraphs of all pages without the `furniture`, in pieces where they go over pages; footnotes come last."""
    kept = [[run for run in runs if run not in furniture] for runs in pages]
    size = _body_size(kept)
    blocks: list[Block] = []
    notes: list[Block] = []
    for runs in kept:
        for block in order_page(runs):
            body, foot = _split_foot(block, size, runs)
            blocks.append(body)
            notes.append(foot)
    yield from join_blocks([block for block in blocks if block.lines])
    yield from join_blocks([block for block in notes if block.lines])


def find_furniture(pages: Sequence[Sequence[Run]]) -> frozenset[Run]:
    """The runs that are no part of the text: heads and feet that come again from page to page, and page numbers."""
    edges = [(top, row) for runs in pages for top in (True, False) for row in _edge_rows(runs, top=top)]
    seen: dict[tuple[bool, str], list[Run]] = defaultdict(list)
    for top, row in edges:
        for run in row:
            if not ends_sentence(run.text):
                seen[top, DIGITS.sub("#", run.text)].append(run)
    found = {run for same in seen.values() for run in _find_repeated(same)}
    found.update(run for _, row in edges for run in row if PAGE_NUMBER.fullmatch(run.text))
    return frozenset(
        run
        for runs in pages
        for top in (True, False)
        for row in takewhile(found.issuperset, _edge_rows(runs, top=top))  # text within begins with the first other row
        for run in row
    )


def _find_repeated(same: Sequence[Run]) -> Sequence[Run]:
    """Those of runs with the same words that are heads or feet: on pages that follow one another."""
    pages = sorted({run.page for run in same})
    if not any(after - before <= 2 for before, after in pairwise(pages)):  # left and right pages may differ
        return ()
    first, usual = same[0], median(run.size for run in same)
    is_title = first.page == 1 and first.size > 1.15 * usual  # which later pages repeat
    return same[1:] if is_title else same


def _edge_rows(runs: Sequence[Run], *, top: bool) -> list[list[Run]]:
    """The outermost lines at the top of a page, or at its foot, the outermost first."""
    rows = _rows([run for run in runs if (run.level > 1 - MARGIN if top else run.level < MARGIN)])
    return (rows if top else rows[::-1])[:EDGE_ROWS]


def _body_size(pages: Sequence[Sequence[Run]]) -> float:
    """The size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for runs in pages:
        for run in runs:
            sizes[round(run.size, 1)] += len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def order_page(runs: Sequence[Run]) -> list[Block]:
    """The blocks of a page as they are read: from the top down, and columns from the left."""
    if not runs:
        return []
    gutter = _find_gutter(runs)
    if gutter is None:
        return [_to_block(runs)]
    left, right = gutter
    crossing = [run for run in runs if run.left < left - 1 and run.right > right + 1]
    bands: list[Block] = []
    ceiling = float("inf")
    for spanning in [*_rows(crossing), []]:
        floor = spanning[0].base if spanning else float("-inf")
        inner = [run for run in runs if floor < run.base <= ceiling and run not in crossing]
        sides = [
            [run for run in inner if (run.left + run.right) / 2 <= (left + right) / 2],
            [run for run in inner if (run.left + run.right) / 2 > (left + right) / 2],
        ]
        for side in sides:
            bands.extend(order_page(side) if len(side) < len(runs) else [_to_block(side)])
        if spanning:
            bands.append(_to_block(spanning))
            ceiling = floor
    return _merge_spanning([band for band in bands if band.lines])


def _find_gutter(runs: Sequence[Run]) -> tuple[float, float] | None:
    """Left and right edge of the strip that parts two columns; None where the page has one column.

    Of several, that which the fewest lines cross, and then the widest.
    """
    start, end = min(run.left for run in runs), max(run.right for run in runs)
    low, high = (start + share * (end - start) for share in MIDDLE)
    size = median(run.size for run in runs)
    edges = sorted({run.right for run in runs if low <= run.right <= high})
    found: list[tuple[int, float, float]] = []
    for edge in edges:
        after = min((run.left for run in runs if run.left > edge and run.right > high), default=end)
        after = min([after, *(run.left for run in runs if edge < run.left <= high)])
        crossing = sum(run.left < edge - 1 and run.right > after + 1 for run in runs)
        if after - edge >= 0.6 * size and _parts_prose(runs, edge, after, crossing):
            found.append((crossing, edge - after, edge))
    if not found:
        return None
    _, width, edge = min(found)
    return edge, edge - width


def _parts_prose(runs: Sequence[Run], edge: float, after: float, crossing: int) -> bool:
    """Whether what stands left of `edge` and right of `after` are columns of prose, which few lines cross."""
    sides = (
        _rows([run for run in runs if run.right <= edge + 1]),
        _rows([run for run in runs if run.left >= after - 1]),
    )
    if min(map(len, sides)) < LEAST_LINES:
        return False
    if crossing > MOST_CROSSING * (crossing + sum(map(len, sides))):
        return False
    for side in sides:
        width = max(row[-1].right for row in side) - min(row[0].left for row in side)
        filled = median(row[-1].right - row[0].left for row in side)
        written = median(sum(len(run.text) for run in row) for row in side)
        if filled < LEAST_FILLED * width or written < LEAST_WRITTEN:
            return False
    shared = min(side[0][0].base for side in sides) - max(side[-1][0].base for side in sides)
    return shared >= LEAST_LINES / 2 * median(run.size for run in runs)


def _merge_spanning(blocks: Sequence[Block]) -> list[Block]:
    """Lines of full width that follow one another are one block."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if last and len(block.lines) == 1 and last.lines[-1].base > block.lines[0].base and _alike(last, block):
            merged[-1] = Block((*last.lines, *block.lines), min(last.left, block.left), max(last.right, block.right))
        else:
            merged.append(block)
    return merged


def _alike(last: Block, block: Block) -> bool:
    """Whether two blocks are parts of the same width of the page."""
    size = block.lines[0].size
    near = last.lines[-1].base - block.lines[0].base < 2 * size
    return near and abs(last.right - block.right) < 3 * size and abs(last.left - block.left) < 3 * size


def _to_block(runs: Sequence[Run]) -> Block:
    lines = []
    for row in _rows(runs):
        text = " ".join(run.text for run in row)
        size = max(row, key=lambda run: len(run.text)).size
        lines.append(Line(text, row[0].page, row[0].left, max(run.right for run in row), row[0].base, size))
    if not lines:
        return Block((), 0.0, 0.0)
    return Block(tuple(lines), min(line.left for line in lines), max(line.right for line in lines))


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs on one line together, from the left, lines from the top."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.base, run.left)):
        if rows and abs(rows[-1][0].base - run.base) <= 0.3 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _split_foot(block: Block, size: float, runs: Sequence[Run]) -> tuple[Block, Block]:
    """A block without its footnotes, and these: its last lines, in small type, if they are the last of the page."""
    lines = block.lines
    at = len(lines)
    while at and lines[at - 1].size <= SMALL * size:
        at -= 1
    lowest = any(run.base < lines[-1].base and run.size > SMALL * size for run in runs) if lines else True
    if lowest or (not at and len(lines) == len(runs)):
        return block, Block((), 0.0, 0.0)
    return replace(block, lines=lines[:at]), replace(block, lines=lines[at:])
