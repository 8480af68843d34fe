"""Findings to drawings for the page: ranked bars with intervals, who stands with whom, a timeline, trends, brokers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date as calendar_date

from markupsafe import Markup

from dragoman.findings.findings import Findings, Ranked
from dragoman.findings.svg import element, fit, mark, picture, text
from dragoman.measures import ROLES, Tie, Trend
from dragoman.networks import ISSUES

__all__ = [
    "draw_brokers",
    "draw_coverage",
    "draw_matrix",
    "draw_ranking",
    "draw_timeline",
    "draw_trends",
    "format_value",
    "pick_actors",
    "pick_issues",
    "stance_colours",
    "to_years",
]

ROW = 25
"""Height of a row."""
CELL = 30
"""Side of a cell of the matrix."""
ACTORS_SHOWN, ISSUES_SHOWN = 26, 22


def draw_ranking(findings: Findings, ranked: Sequence[Ranked], title: str) -> Markup:
    """A bar for each entity in the colour of its class, the interval upon it, and the places that it may have."""
    width, left, right = 580, 186, 176
    scale = (width - left - right) / max([row.value for row in ranked] + [row.high for row in ranked] or [1])
    parts = [text("value", width - right + 56, 11, class_="axis", text_anchor="end")]
    parts += [text("place", width - 74, 11, class_="axis", text_anchor="middle")]
    parts += [text("ahead", width, 11, class_="axis", text_anchor="end")]
    for at, row in enumerate(ranked):
        y = 20 + at * ROW
        label, middle = findings.label(row.node), y + ROW / 2
        told = (
            f"{label}, {findings.class_label(row.node)}: {format_value(row.value)}; "
            f"{format_value(row.low)} to {format_value(row.high)}, place {_span(row.first, row.last)} in 95 % of draws"
        )
        parts += [
            text(fit(label, left - 12), left - 10, middle + 4, told=told, text_anchor="end", class_="said"),
            element(
                "rect",
                element("title", told),
                x=left,
                y=y + 5,
                width=max(row.value * scale, 1.0),
                height=ROW - 10,
                rx=2,
                fill=findings.colour(row.node),
                class_="bar",
            ),
            *_whisker(left + row.low * scale, left + row.high * scale, middle),
            text(format_value(row.value), width - right + 56, middle + 4, class_="number", text_anchor="end"),
            text(_span(row.first, row.last), width - 74, middle + 4, class_="number", text_anchor="middle"),
            text(f"{row.ahead}+" if row.ahead else "–", width, middle + 4, class_="number", text_anchor="end"),
        ]
    return picture(width, 24 + ROW * len(ranked), parts, title=title)


def pick_actors(findings: Findings, *, most: int = ACTORS_SHOWN) -> list[str]:
    """The actors that most claims of support or criticism join, by part, side, and number of these claims.

    Of the `most` that have most such claims, those are left out whose claims join them to none of the others.
    """
    counts: Counter[str] = Counter()
    for tie in findings.balance.ties:
        counts.update({tie.subject: tie.support + tie.criticism, tie.object: tie.support + tie.criticism})
    sides = findings.balance.sides
    busiest = set(sorted(sides, key=lambda node: (-counts[node], node))[:most])
    pairs = [{tie.subject, tie.object} for tie in findings.balance.ties]
    shown = set[str]().union(*(pair for pair in pairs if pair <= busiest))
    return sorted(shown, key=lambda node: (*sides[node], -counts[node], node))


def stance_colours(findings: Findings) -> tuple[str, str]:
    """Colours of support and of criticism: that of the property of each which comes first after the symmetric ones."""
    terms = sorted(findings.ontology.properties.values(), key=lambda term: (term.symmetric, term.order, term.name))
    found = {stance: next((term.colour for term in terms if term.stance == stance), "#888888") for stance in (1, -1)}
    return found[1], found[-1]


def draw_matrix(findings: Findings, actors: Sequence[str]) -> Markup:
    """A row for who supports or criticizes, a column for whom; a line parts the two sides, a wider gap the parts."""
    places, at = {}, 0.0
    sides = findings.balance.sides
    for number, node in enumerate(actors):
        if number and sides[actors[number - 1]] != sides[node]:
            at += 8.0 if sides[actors[number - 1]][0] == sides[node][0] else 20.0
        places[node] = at
        at += CELL
    left, top = 210, 148
    parts = []
    support, criticism = stance_colours(findings)
    for node, place in places.items():
        label = findings.label(node)
        x, y = left + place + CELL / 2 + 4, top - 8
        parts += [
            element("rect", x=left, y=top + place + 1, width=at, height=CELL - 2, class_="lane"),
            text(
                fit(label, left - 14),
                left - 10,
                top + place + CELL / 2 + 4,
                told=label,
                text_anchor="end",
                class_="said",
            ),
            text(fit(label, 150), x, y, told=label, transform=f"rotate(-52 {x:.1f} {y})", class_="said"),
        ]
    shown = [tie for tie in findings.balance.ties if tie.subject in places and tie.object in places]
    for tie in shown:
        parts += _cell(findings, tie, left + places[tie.object], top + places[tie.subject], support, criticism)
    for place in places.values():
        parts.append(element("rect", x=left + place + 10, y=top + place + 13, width=10, height=3, class_="self"))
    title = "Who supports and who criticizes whom, in numbers of claims"
    return picture(left + at + 104, top + at + 4, parts, title=title)


def pick_issues(findings: Findings, *, most: int = ISSUES_SHOWN) -> list[str]:
    """The conflicts and instruments that most dated claims are about, by the date of the first."""
    times = _times(findings)
    shown = sorted(times, key=lambda node: (-len(times[node]), node))[:most]
    return sorted(shown, key=lambda node: (min(when for when, _ in times[node]), node))


def draw_timeline(findings: Findings, issues: Sequence[str]) -> Markup:
    """A row for each conflict or instrument: when claims about it say that something happened, or were made."""
    times = _times(findings)
    years = [to_years(when) for node in issues for when, _ in times[node]]
    first, last = min(years, default=2000.0), max(years, default=2001.0)
    first, last = float(int(first)), max(float(int(last)) + 1, first + 1)
    left, width = 250, 1060
    scale = (width - left - 24) / (last - first)
    height = 26 + ROW * len(issues)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500) if (last - first) / step <= 12)
    parts = []
    for year in range(-(-int(first) // step) * step, int(last) + 1, step):
        x = left + (year - first) * scale
        parts += [
            element("line", x1=x, x2=x, y1=20, y2=height, class_="grid"),
            text(str(year), x, 12, class_="axis", text_anchor="middle"),
        ]
    for at, node in enumerate(issues):
        y, label = 20 + at * ROW + ROW / 2, findings.label(node)
        spots = [left + (to_years(when) - first) * scale for when, _ in times[node]]
        told = f"{label}, {findings.class_label(node)}"
        parts += [
            text(fit(label, left - 14), left - 12, y + 4, told=told, text_anchor="end", class_="said"),
            element("line", x1=min(spots), x2=max(spots), y1=y, y2=y, stroke=findings.colour(node), class_="span"),
        ]
        shape = findings.ontology.classes[findings.network.nodes[node]["cls"]].shape
        for (when, stated), count in sorted(Counter(times[node]).items()):
            words = f"{label}, {when}: {count} {'claim' if count == 1 else 'claims'}" + (
                "" if stated else ", by the date of the document"
            )
            parts.append(
                mark(
                    shape,
                    left + (to_years(when) - first) * scale,
                    y,
                    min(4.2 + 1.6 * (count**0.5 - 1), 9.5),
                    told=words,
                    fill=findings.colour(node) if stated else "var(--sheet)",
                    stroke=findings.colour(node),
                    class_="spot",
                )
            )
    return picture(width, height + 4, parts, title="When claims about each conflict and instrument are dated")


def draw_trends(findings: Findings, trends: Sequence[Trend]) -> Markup:
    """A line for each entity, its share of the claims of each period; its share before and after; the change."""
    width, left, right = 580, 186, 210
    span = width - left - right
    times = [to_years(period) for period in findings.periods]
    scale = span / max(times[-1] - times[0], 1e-9)
    parts = [
        text(findings.periods[0], left, 11, class_="axis"),
        text(findings.periods[-1], left + span, 11, class_="axis", text_anchor="end"),
        text("before → after", width - 112, 11, class_="axis", text_anchor="end"),
        text("change", width, 11, class_="axis", text_anchor="end"),
    ]
    for at, trend in enumerate(trends):
        y, label = 18 + at * 34, findings.label(trend.node)
        top = max(*trend.shares, 1e-9)
        points = [
            (left + (time - times[0]) * scale, y + 28 - 22 * share / top)
            for time, share in zip(times, trend.shares, strict=True)
        ]
        told = (
            f"{label}: {_points(trend.change)} points, {_points(trend.low)} to {_points(trend.high)} in 95 % of draws"
        )
        line = " ".join(f"{x:.1f},{height:.1f}" for x, height in points)
        parts += [
            text(fit(label, left - 12), left - 10, y + 24, told=told, text_anchor="end", class_="said"),
            element("line", x1=left, x2=left + span, y1=y + 28, y2=y + 28, class_="grid"),
            element(
                "polyline", element("title", told), points=line, stroke=findings.colour(trend.node), class_="trend"
            ),
            text(f"{trend.before:.1%} → {trend.after:.1%}", width - 112, y + 24, class_="number", text_anchor="end"),
            text(
                f"{_points(trend.low)} … {_points(trend.high)}",
                width,
                y + 24,
                class_="number sure" if trend.is_sure else "axis",
                text_anchor="end",
            ),
        ]
    return picture(width, 22 + 34 * len(trends), parts, title="Shares of the claims of each period")


def draw_brokers(findings: Findings, ranked: Sequence[Ranked]) -> Markup:
    """A bar for each broker, in a piece for each role, the interval of the whole upon it."""
    width, left, right = 760, 210, 70
    scale = (width - left - right) / max([row.value for row in ranked] + [row.high for row in ranked] or [1])
    parts = []
    for at, row in enumerate(ranked):
        y, x, label = 4 + at * ROW, float(left), findings.label(row.node)
        parts.append(
            text(fit(label, left - 12), left - 10, y + ROW / 2 + 4, told=label, text_anchor="end", class_="said")
        )
        for number, role in enumerate(ROLES):
            value = findings.roles[role][row.node]
            told = f"{label}: {role} between {value:,.0f} pairs"
            shape = {"x": x, "y": y + 5, "width": value * scale, "height": ROW - 10}
            parts.append(element("rect", element("title", told), **shape, class_=f"role{number}"))
            x += value * scale
        parts += _whisker(left + row.low * scale, left + row.high * scale, y + ROW / 2)
        parts.append(text(f"{row.value:,.0f}", width, y + ROW / 2 + 4, class_="number", text_anchor="end"))
    return picture(width, 8 + ROW * len(ranked), parts, title="Brokers, by the roles that they play")


def draw_coverage(findings: Findings) -> Markup:
    """A column for each year of the documents: their claims, those taken dark; above it, how many documents."""
    years: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in findings.coverage:
        for place, number in enumerate((1, row.claims, row.taken)):
            years[row.document.date[:4] or "none"][place] += number
    step, height = min(70.0, 1040 / max(len(years), 1)), 150
    scale = height / max([1, *(claims for _, claims, _ in years.values())])
    parts = []
    for at, (year, (documents, claims, taken)) in enumerate(sorted(years.items())):
        x, width = 4 + at * step, step * 0.72
        told = f"{year}: {documents} {'document' if documents == 1 else 'documents'}, {claims} claims, {taken} taken"
        for name, number in (("faint", claims), ("strong", taken)):
            top = 18 + height - number * scale
            shape = {"x": x, "y": top, "width": width, "height": number * scale}
            parts.append(element("rect", element("title", told), **shape, class_=name))
        middle, top = x + width / 2, 18 + height - claims * scale
        parts.append(text(str(documents), middle, top - 5, told=told, class_="number", text_anchor="middle"))
        shown = year if step >= 34 or year == "none" else f"’{year[2:]}"
        parts.append(text(shown, middle, height + 34, told=told, class_="axis", text_anchor="middle"))
    return picture(8 + step * len(years), height + 42, parts, title="Claims of the documents of each year")


def format_value(value: float) -> str:
    """Whole numbers as such, others to three digits.

    >>> format_value(12.0), format_value(0.04223149)
    ('12', '0.0422')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3g}" if value >= 0.001 else f"{value:.1e}"


def to_years(when: str) -> float:
    """A date or a period as years, the middle of what it may be.

    >>> to_years("2020s"), to_years("2024"), round(to_years("2024-03"), 3)
    (2025.0, 2024.5, 2024.208)
    """
    if when.endswith("s"):
        return int(when[:4]) + 5.0
    year, month = int(when[:4]), int(when[5:7] or 0)
    if not month:
        return year + 0.5
    if len(when) < len("2024-03-05"):
        return year + (month - 0.5) / 12
    return year + (calendar_date.fromisoformat(when).timetuple().tm_yday - 0.5) / 366


def _times(findings: Findings) -> dict[str, list[tuple[str, bool]]]:
    """For each conflict and instrument, when its claims are dated, and whether the claim says so itself."""
    times: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for subject, object_, edge in findings.network.edges(data=True):
        for end in {subject, object_}:
            if edge["time"] and findings.network.nodes[end]["top"] in ISSUES:
                times[end].append((edge["time"], bool(edge["date"])))
    return times


def _cell(findings: Findings, tie: Tie, x: float, y: float, support: str, criticism: str) -> list[Markup]:
    told = (
        f"{findings.label(tie.subject)} → {findings.label(tie.object)}: "
        f"{tie.support} of support, {tie.criticism} of criticism"
    )
    shade = min(0.55 + 0.12 * (tie.support + tie.criticism - 1), 1.0)
    told_of = [(f"+{tie.support}", support)] if tie.support else []
    told_of += [(f"−{tie.criticism}", criticism)] if tie.criticism else []
    width = (CELL - 2) / len(told_of)
    parts = []
    for at, (words, colour) in enumerate(told_of):
        begin = x + 1 + at * width
        shape = {"x": begin, "y": y + 1, "width": width, "height": CELL - 2}
        parts.append(element("rect", element("title", told), **shape, fill=colour, fill_opacity=shade))
        middle = {"text_anchor": "middle", "class_": "count" if len(told_of) == 1 else "count half"}
        parts.append(text(words, begin + width / 2, y + CELL / 2 + 4, told=told, **middle))
    return parts


def _whisker(low: float, high: float, y: float) -> list[Markup]:
    """Twice each line: a wide one in the colour of the ground, that the thin one shows on any bar."""
    ends = [(low, high, y, y), (low, low, y - 4, y + 4), (high, high, y - 4, y + 4)]
    return [
        element("line", x1=one, x2=other, y1=top, y2=bottom, class_=name)
        for name in ("halo", "whisker")
        for one, other, top, bottom in ends
    ]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _points(share: float) -> str:
    """A share in percentage points, with its sign."""
    return f"{100 * share:+.1f}".replace("-", "−")
