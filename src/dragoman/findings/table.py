"""Findings as tables: for people on a terminal, for spreadsheets (CSV), and for triplestores (RDF)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from dragoman.cells import harmless
from dragoman.findings.charts import format_value
from dragoman.findings.findings import Findings, rank
from dragoman.graph import to_measure_quads
from dragoman.measures import ALL, LABELS, measure_periods, measure_strength_by_property
from dragoman.measures.sensitivity import DRAWN
from dragoman.measures.table import format_measures_csv, format_number
from dragoman.networks import Selection
from dragoman.report import plain
from dragoman.serialization import format_nquads, format_turtle, replace_file

__all__ = ["WRITERS", "format_csv", "format_periods_csv", "format_ranking", "to_quads", "write_findings"]

NAME = 38
"""Characters of a name that a table on a terminal shows."""
BESIDE = ("degree", "betweenness", "harmonic", "pagerank")
"""Measures that a ranking shows beside the one it ranks by."""


def format_ranking(findings: Findings, measure: str, *, top: int = 10) -> str:
    """The `top` entities by `measure` as lines of text: place, name, class, value, interval, other measures.

    Signs that steer a terminal are left out.
    """
    beside = [name for name in BESIDE if name != measure]
    head = [
        "place",
        "entity",
        "class",
        LABELS[measure],
        "95 % of draws",
        "ahead of",
        *(LABELS[name] for name in beside),
    ]
    lines = [head]
    for row in rank(findings, measure, top=top):
        label = plain(findings.label(row.node))
        lines.append(
            [
                str(row.first) if row.first == row.last else f"{row.first}–{row.last}",
                label if len(label) <= NAME else label[: NAME - 1] + "…",
                findings.class_label(row.node),
                format_value(row.value),
                f"{format_value(row.low)} to {format_value(row.high)}",
                f"{row.ahead} and on" if row.ahead else "–",
                *(format_value(findings.measures[name][row.node]) for name in beside),
            ]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, ["─" * width for width in widths])
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def format_csv(findings: Findings) -> str:
    """A row for each entity: all measures; low, high, first and last place of those drawn; community; side; strengths.

    ``side`` is the part and the side there that support and criticism put an actor on, such as 0:1.
    """
    more: dict[str, Mapping[str, object]] = {}
    for name in DRAWN:
        intervals = {node: findings.sensitivity.interval(name, node) for node in findings.network}
        places = {node: findings.sensitivity.places(name, node) for node in findings.network}
        more[f"{name}Low"] = {node: low for node, (low, _) in intervals.items()}
        more[f"{name}High"] = {node: high for node, (_, high) in intervals.items()}
        more[f"{name}First"] = {node: first for node, (first, _) in places.items()}
        more[f"{name}Last"] = {node: last for node, (_, last) in places.items()}
    more["community"] = findings.community_names
    more["side"] = {node: f"{part}:{side}" for node, (part, side) in findings.balance.sides.items()}
    more.update(findings.roles)
    for predicate, values in measure_strength_by_property(findings.network).items():
        more[f"strength:{predicate}"] = values
    return format_measures_csv(findings.measures, findings.network, more=more)


def format_periods_csv(findings: Findings) -> str:
    """A row for each entity of each period that has claims: all measures of the period's network."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow([findings.per, "id", "label", "class", *ALL])
    for period, measures in measure_periods(findings.network, per=findings.per).items():
        for node in sorted(measures["degree"], key=lambda node: (-measures["degree"][node], node)):
            texts = (node, findings.label(node), findings.network.nodes[node]["cls"])
            numbers = (format_number(measures[name][node]) for name in ALL)
            writer.writerow([period, *map(harmless, texts), *numbers])
    return table.getvalue()


def to_quads(findings: Findings) -> list[ox.Quad]:
    """The measures and communities as the graph ``graph/measures``; of another selection, as one of its own name."""
    name = "measures"
    if findings.selection != Selection():
        name += "-" + sha256(repr(findings.selection).encode()).hexdigest()[:16]
    base = findings.record.base
    return list(to_measure_quads(findings.measures, findings.community_names, name=name, base=base))


def write_findings(findings: Findings, path: Path, *, over_time: bool = False) -> None:
    """Write `findings` to `path`, in the form that its suffix names: one of WRITERS.

    :param over_time: a row for each entity of each period; in CSV only.
    :raises ValueError: for another suffix, or for one that holds no periods.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise ValueError(f"{path}: no format for {suffix or 'a name without suffix'}; one of: {', '.join(WRITERS)}")
    if over_time and suffix != ".csv":
        raise ValueError(f"{path}: only .csv holds measures over time")
    write = format_periods_csv if over_time else WRITERS[suffix]
    replace_file(path, write(findings).encode("utf-8", "replace"))


WRITERS: dict[str, Callable[[Findings], str]] = {
    ".csv": format_csv,
    ".ttl": lambda findings: format_turtle(to_quads(findings), base=findings.record.base),
    ".nq": lambda findings: format_nquads(to_quads(findings)).decode(),
}
"""What writes findings, by suffix."""
