"""Findings to figures for print, each as SVG and PNG: by matplotlib, which the extra ``figures`` installs.

Letters are Matplotlib's own DejaVu Sans, as outlines, and nothing hangs on a clock, so that the same findings give the
same bytes on every machine that has the same version of Matplotlib.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import escape

from dragoman.findings.charts import format_value, pick_actors, pick_issues, stance_colours, to_years
from dragoman.findings.exchanges import find_exchanges
from dragoman.findings.findings import Findings, Ranked, rank
from dragoman.findings.grids import lay_out
from dragoman.findings.svg import cut
from dragoman.measures import LABELS, ROLES, Trend
from dragoman.networks import ISSUES
from dragoman.report import plain

__all__ = ["FIGURES", "FiguresError", "check_figures", "write_figures"]

RANKED = ("degree", "betweenness", "harmonic", "pagerank")
TOP, TRENDS_SHOWN = 12, 8
WIDTH = 7.1
"""Inches, of a page of A4 without its margins."""
DOTS = 300
"""Dots of a PNG in an inch."""
LETTERS = 34
"""Letters of a name that is written; the rest is left out, and marked."""
SHAPES = {"diamond": "D", "square": "s", "triangle": "^", "triangleDown": "v", "hexagon": "h"}
SHADES = ("#bfc3c9", "#2d8fd0", "#00745a", "#c99a1e", "#a8431a")
"""Colours of the roles of a broker: to be told apart by the colour-blind and, by their lightness, in grey."""
LANE, SUMS = "#f1f0ec", "#5d6675"
"""Colours of the ground of a square, and of bars that are sums."""
LETTERING = {
    "title": (17, "bold", "black"),
    "said": (12.5, "normal", "black"),
    "number": (11.5, "normal", "black"),
    "axis": (11.5, "normal", "#4a515c"),
}
"""Size in units of a grid, weight and colour of its words, by their kind."""
TOLD = "told-"
"""How the ids start of what has words to be shown under the pointer."""
SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 7.5,
    "legend.title_fontsize": 6.5,
    "svg.hashsalt": "dragoman",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "text.parse_math": False,
    "text.usetex": False,
}


class FiguresError(ValueError):
    """Figures that cannot be drawn; the message says what to do."""


def check_figures() -> None:
    """See whether figures can be drawn here.

    :raises FiguresError: where Matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        raise FiguresError("figures need Matplotlib, which is not installed: pip install 'dragoman[figures]'")


def write_figures(findings: Findings, folder: Path) -> list[Path]:
    """Draw each of FIGURES that has something to show into `folder`, made where it is missing; what was written.

    :raises FiguresError: where Matplotlib is not installed, or `folder` is a file.
    """
    check_figures()
    if folder.exists() and not folder.is_dir():
        raise FiguresError(f"{folder}: is a file; name a folder")
    folder.mkdir(exist_ok=True)
    written = []
    with _matplotlib():
        for name, draw in FIGURES.items():
            figure = draw(findings)
            if figure is None:
                continue
            for suffix, metadata in ((".svg", {"Date": None, "Creator": None}), (".png", {"Software": None})):
                path = folder / f"{name}{suffix}"
                with warnings.catch_warnings():
                    warnings.filterwarnings("ignore", "Glyph .* missing")  # it is drawn as an empty box
                    figure.savefig(path, dpi=DOTS, metadata=metadata, facecolor="white")
                if suffix == ".svg":
                    _tell(path, figure)
                written.append(path)
    return written


@contextmanager
def _matplotlib() -> Iterator[None]:
    import matplotlib

    with matplotlib.rc_context(SETTINGS):
        yield


def _new_figure(height: float, columns: int = 1, rows: int = 1) -> tuple[Any, Any]:
    """A figure without a window, and its axes as a list."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, list(figure.subplots(rows, columns, squeeze=False).flat)


def _draw_rankings(findings: Findings) -> Any:
    found = [(name, rank(findings, name, top=TOP)) for name in RANKED]
    if not any(rows for _, rows in found):
        return None
    from matplotlib.patches import Patch

    figure, axes = _new_figure(5.6, 2, 2)
    for axis, (name, rows) in zip(axes, found, strict=True):
        axis.barh(
            range(len(rows)),
            [row.value for row in rows],
            color=[findings.colour(row.node) for row in rows],
            height=0.66,
            alpha=0.85,
        )
        _draw_intervals(axis, rows)
        _name_rows(axis, [_name(findings, row.node) for row in rows])
        axis.set_title(LABELS[name], loc="left", fontweight="bold")
    used = {findings.network.nodes[row.node]["cls"] for _, rows in found for row in rows}
    key = [
        Patch(color=term.colour, label=term.label) for name, term in findings.ontology.classes.items() if name in used
    ]
    figure.legend(
        handles=key, loc="outside lower center", ncols=5, frameon=False, title=_caption(findings), fontsize=6.5
    )
    return figure


def _draw_stances(findings: Findings) -> Any:
    actors = pick_actors(findings)
    if not actors:
        return None
    from matplotlib.patches import Rectangle

    figure, (axis,) = _new_figure(WIDTH * 0.92)
    places = {node: place for place, node in enumerate(actors)}
    colours = stance_colours(findings)
    for tie in findings.balance.ties:
        if tie.subject not in places or tie.object not in places:
            continue
        told = [
            (count, sign, colour)
            for count, sign, colour in zip((tie.support, tie.criticism), "+−", colours, strict=True)
        ]
        shown = [part for part in told if part[0]]
        for at, (count, sign, colour) in enumerate(shown):
            width = 0.94 / len(shown)
            x, y = places[tie.object] - 0.47 + at * width, places[tie.subject] - 0.47
            axis.add_patch(Rectangle((x, y), width, 0.94, color=colour, alpha=min(0.6 + 0.12 * count, 1.0), lw=0))
            size = 5.8 if len(shown) == 1 else 4.2
            axis.text(x + width / 2, y + 0.47, f"{sign}{count}", ha="center", va="center", fontsize=size)
    sides = findings.balance.sides
    for place in range(1, len(actors)):
        if sides[actors[place - 1]] != sides[actors[place]]:
            axis.axhline(place - 0.5, color="black", lw=0.8)
            axis.axvline(place - 0.5, color="black", lw=0.8)
    names = [_name(findings, node) for node in actors]
    axis.set_xticks(range(len(actors)), names, rotation=60, ha="left", rotation_mode="anchor")
    axis.set_yticks(range(len(actors)), names)
    axis.xaxis.tick_top()
    axis.tick_params(length=0)
    axis.set(xlim=(-0.5, len(actors) - 0.5), ylim=(len(actors) - 0.5, -0.5), aspect="equal")
    axis.spines[:].set_visible(False)
    axis.set_xticks([place - 0.5 for place in range(len(actors) + 1)], minor=True)
    axis.set_yticks([place - 0.5 for place in range(len(actors) + 1)], minor=True)
    axis.grid(which="minor", color="#e6e6e6", lw=0.5)
    axis.tick_params(which="minor", length=0)
    axis.set_axisbelow(True)
    figure.supxlabel(
        "Rows support (+) or criticize (−) columns; numbers of claims; lines part the two sides", fontsize=6.5
    )
    return figure


def _draw_timeline(findings: Findings) -> Any:
    issues = pick_issues(findings)
    if not issues:
        return None
    figure, (axis,) = _new_figure(0.9 + 0.21 * len(issues))
    for place, node in enumerate(issues):
        dates = [
            (to_years(edge["time"]), bool(edge["date"]))
            for subject, object_, edge in findings.network.edges(data=True)
            if node in (subject, object_) and edge["time"] and findings.network.nodes[node]["top"] in ISSUES
        ]
        colour = findings.colour(node)
        axis.plot([min(dates)[0], max(dates)[0]], [place, place], color=colour, lw=1, alpha=0.4, zorder=1)
        marker = SHAPES.get(findings.ontology.classes[findings.network.nodes[node]["cls"]].shape, "o")
        for when, stated in sorted(set(dates)):
            size = 14 + 8 * (dates.count((when, stated)) - 1)
            face = colour if stated else "white"
            axis.scatter(when, place, s=min(size, 70), marker=marker, color=face, edgecolors=colour, lw=0.8, zorder=2)
    _name_rows(axis, [_name(findings, node) for node in issues])
    axis.grid(axis="x", color="#e6e6e6", lw=0.5)
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.set_axisbelow(True)
    figure.supxlabel("Filled: dated by the text; hollow: by the document. Size: number of claims", fontsize=6.5)
    return figure


def _draw_trends(findings: Findings) -> Any:
    rising = [trend for trend in findings.trends if trend.change > 0][:TRENDS_SHOWN]
    falling = [trend for trend in findings.trends[::-1] if trend.change < 0][:TRENDS_SHOWN]
    shown: list[Trend] = [*rising, *falling[::-1]]
    if not shown:
        return None
    figure, (axis,) = _new_figure(0.9 + 0.2 * len(shown))
    for place, trend in enumerate(shown):
        colour = findings.colour(trend.node)
        axis.plot([100 * trend.low, 100 * trend.high], [place, place], color="black", lw=0.8)
        axis.scatter(
            100 * trend.change, place, s=22, color=colour if trend.is_sure else "white", edgecolors=colour, zorder=2
        )
    axis.axvline(0, color="#888888", lw=0.6)
    _name_rows(axis, [_name(findings, trend.node) for trend in shown])
    words = (
        "Share of the later half of the dated claims less that of the earlier, in points; "
        "lines: 95 % of the draws; hollow: of either sign"
    )
    figure.supxlabel(words, fontsize=6.5)
    return figure


def _draw_brokers(findings: Findings) -> Any:
    rows = rank(findings, "brokerage", top=TOP)
    if not rows:
        return None
    figure, (axis,) = _new_figure(0.9 + 0.22 * len(rows))
    begins = [0.0] * len(rows)
    for role, shade in zip(ROLES, SHADES, strict=True):
        values = [findings.roles[role][row.node] for row in rows]
        axis.barh(range(len(rows)), values, left=begins, color=shade, height=0.66, label=role)
        begins = [begin + value for begin, value in zip(begins, values, strict=True)]
    _draw_intervals(axis, rows)
    _name_rows(axis, [_name(findings, row.node) for row in rows])
    axis.legend(frameon=False, loc="lower right", fontsize=6.5)
    figure.supxlabel(f"Pairs of others between which each stands. {_caption(findings)}", fontsize=6.5)
    return figure


def _draw_exchanges(findings: Findings) -> Any:
    exchanges = find_exchanges(findings)
    if exchanges is None:
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import PathCollection
    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline

    def _box(box: tuple[float, float, float, float]) -> Any:
        x, y, width, height = box
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        return Outline(corners, closed=True)

    grid = lay_out(findings, exchanges, headed=True)
    figure = Figure(figsize=(WIDTH, WIDTH * grid.height / grid.width))
    FigureCanvasAgg(figure)
    axis = figure.add_axes((0, 0, 1, 1), xlim=(0, grid.width), ylim=(grid.height, 0))
    axis.set_axis_off()
    points = WIDTH * 72 / grid.width
    for at, bars in enumerate(grid.bars):
        lane = (bars.x + 0.5, bars.y + 0.5, bars.width - 1, bars.height - 1)
        outlines = [Outline.make_compound_path(*map(_box, boxes)) for boxes in ([lane], bars.boxes)]
        colours = [LANE, SUMS if bars.sums else grid.colour]
        axis.add_collection(
            PathCollection(
                outlines, facecolors=colours, linewidths=0, clip_on=False, gid=f"{TOLD}{at}", label=bars.told
            )
        )
    for said in grid.words:
        size, weight, colour = LETTERING[said.kind]
        axis.text(
            said.x,
            said.y,
            plain(said.words),
            fontsize=size * points,
            fontweight=weight,
            color=colour,
            ha={"start": "left", "middle": "center", "end": "right"}[said.anchor],
            rotation=said.turned,
            rotation_mode="anchor",
        )
    return figure


def _tell(path: Path, figure: Any) -> None:
    """Into an SVG, what is shown under the pointer: the label of each collection that has an id for it."""
    told = {found.get_gid(): found.get_label() for axis in figure.axes for found in axis.collections if found.get_gid()}
    if told:
        words = path.read_text(encoding="utf-8")
        for gid, label in told.items():
            group = f'<g id="{gid}">'
            words = words.replace(group, f"{group}\n     <title>{escape(plain(label))}</title>", 1)
        path.write_text(words, encoding="utf-8", newline="\n")


FIGURES: dict[str, Callable[[Findings], Any]] = {
    "rankings": _draw_rankings,
    "stances": _draw_stances,
    "timeline": _draw_timeline,
    "trends": _draw_trends,
    "brokers": _draw_brokers,
    "exchanges": _draw_exchanges,
}
"""What draws each figure, by the name of its files."""


def _draw_intervals(axis: Any, rows: Sequence[Ranked]) -> None:
    for place, row in enumerate(rows):
        for colour, width in (("white", 2.4), ("black", 0.8)):
            axis.plot([row.low, row.high], [place, place], color=colour, lw=width, solid_capstyle="butt")
        axis.text(max(row.value, row.high), place, f"  {format_value(row.value)}", va="center", ha="left", fontsize=6)


def _name_rows(axis: Any, names: Sequence[str]) -> None:
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.tick_params(axis="y", length=0)
    axis.margins(x=0.12)


def _name(findings: Findings, node: str) -> str:
    return cut(plain(findings.label(node)), LETTERS)


def _caption(findings: Findings) -> str:
    return f"Lines: 95 % of the values in {findings.sensitivity.draws} draws of the claims by confidence"
