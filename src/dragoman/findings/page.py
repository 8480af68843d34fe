"""Findings to ``report.html``: one file for reading and for print, without a script and without a request.

What documents say stands in it as text. A Content-Security-Policy (https://www.w3.org/TR/CSP3/) admits the page's own
style by its hash and nothing else, so that even markup that got in could do nothing.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from dragoman import __version__
from dragoman.findings.charts import (
    draw_brokers,
    draw_coverage,
    draw_matrix,
    draw_ranking,
    draw_timeline,
    draw_trends,
    pick_actors,
    pick_issues,
    stance_colours,
)
from dragoman.findings.exchanges import find_exchanges
from dragoman.findings.findings import Findings, Ranked, describe_selection, rank
from dragoman.findings.grids import describe_shown, draw_exchanges, title_of
from dragoman.measures import LABELS, ROLES, Tie
from dragoman.measures.periods import find_half, split_periods
from dragoman.records import Claim, Evidence, Modality
from dragoman.serialization import replace_file
from dragoman.vocabulary import clean

__all__ = ["SHOWN", "format_page", "write_page"]

SHOWN = ("degree", "betweenness", "harmonic", "pagerank", "strength", "eigenvector")
"""Measures that the page ranks by, the first ones first."""
TOP = 12
TRENDS_SHOWN = 8
COMMUNITIES_SHOWN, SMALLEST = 12, 3
TIES_SHOWN, QUOTES_SHOWN = 40, 6
DOCUMENTS_OPEN = 30
"""Documents above which their table is folded."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One claim behind a tie: what it says, and the words it was read from."""

    predicate: str
    date: str
    speaker: str
    stance: int
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A tie of the matrix with the claims behind it."""

    subject: str
    object: str
    tie: Tie
    sayings: tuple[Saying, ...]


def write_page(findings: Findings, path: Path) -> None:
    """Write :func:`format_page` to `path`."""
    replace_file(path, format_page(findings).encode("utf-8", "replace"))


def format_page(findings: Findings) -> str:
    """The whole page as text, the same for the same findings."""
    style = _read("findings.css")
    environment = Environment(
        loader=DictLoader({"template.html": _read("template.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = lambda words: clean(str(words))
    rankings = [(LABELS[name], name, rank(findings, name, top=TOP)) for name in SHOWN]
    actors, issues = pick_actors(findings), pick_issues(findings)
    brokers = rank(findings, "brokerage", top=TOP)
    exchanges = find_exchanges(findings)
    support, criticism = stance_colours(findings)
    rising = [trend for trend in findings.trends if trend.change > 0][:TRENDS_SHOWN]
    falling = [trend for trend in findings.trends[::-1] if trend.change < 0][:TRENDS_SHOWN]
    large = [found for found in findings.communities if len(found.members) >= SMALLEST]
    return environment.get_template("template.html").render(
        findings=findings,
        version=__version__,
        style=Markup(style),
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        title=_title(findings),
        selection=describe_selection(findings.selection),
        tiles=_count(findings),
        left_out=_left_out(findings),
        rankings=[
            (title, name, draw_ranking(findings, rows, f"Ranking by {title.lower()}"), _conclude(findings, rows))
            for title, name, rows in rankings
            if rows
        ],
        legend=_legend(findings, [row.node for _, _, rows in rankings for row in rows]),
        matrix=draw_matrix(findings, actors) if actors else "",
        hidden_actors=len(findings.balance.sides) - len(actors),
        stance_key=(support, criticism),
        sides=_sides(findings),
        opened=_open_ties(findings),
        hidden_ties=max(len(findings.balance.ties) - TIES_SHOWN, 0),
        exchanges=draw_exchanges(findings, exchanges) if exchanges else "",
        exchanges_title=title_of(exchanges) if exchanges else "",
        exchanges_shown=describe_shown(exchanges) if exchanges else "",
        timeline=draw_timeline(findings, issues) if issues else "",
        issue_legend=_legend(findings, issues),
        half=_half(findings),
        rising=draw_trends(findings, rising) if rising else "",
        falling=draw_trends(findings, falling) if falling else "",
        sure=[findings.label(trend.node) for trend in (*rising, *falling) if trend.is_sure],
        communities=large[:COMMUNITIES_SHOWN],
        hidden_communities=len(findings.communities) - len(large[:COMMUNITIES_SHOWN]),
        brokers=draw_brokers(findings, brokers) if brokers else "",
        roles=ROLES,
        coverage=draw_coverage(findings),
        most_claims=max((row.claims for row in findings.coverage), default=0) or 1,
        silent=[row.document.name for row in findings.coverage if not row.claims],
        documents_open=len(findings.coverage) <= DOCUMENTS_OPEN,
    )


def _title(findings: Findings) -> str:
    count = len(findings.record.documents)
    return f"Who is central, who stands with whom: findings from {count} {'document' if count == 1 else 'documents'}"


def _count(findings: Findings) -> list[tuple[str, str]]:
    network = findings.network
    dates = [row.document.date for row in findings.coverage if row.document.date]
    shared = sum(edge["documents"] > 1 for _, _, edge in network.edges(data=True))
    edges = network.number_of_edges()
    return [
        (f"{len(findings.record.documents):,}", "documents" + (f", {_between(dates)}" if dates else "")),
        (f"{edges:,}", f"claims taken, of {len(findings.record.claims):,}"),
        (f"{len(network):,}", f"entities joined, of {len(findings.record.entities):,}"),
        (f"{shared / edges if edges else 0:.0%}", "of the claims stated by two documents or more"),
        (f"{len(findings.communities):,}", "communities"),
    ]


def _between(dates: Sequence[str]) -> str:
    first, last = min(dates)[:4], max(dates)[:4]
    return first if first == last else f"{first} to {last}"


def _left_out(findings: Findings) -> list[tuple[str, int]]:
    """Claims of the record that the network does not take, by modality."""
    taken = {key for _, _, key in findings.network.edges(keys=True)}
    counts = Counter(claim.modality for claim in findings.record.claims if claim.id not in taken)
    return [(modality.value, counts[modality]) for modality in Modality if counts[modality]]


def _conclude(findings: Findings, rows: Sequence[Ranked]) -> str:
    """What can be said of the first places, and what cannot."""
    first = rows[0]
    label = findings.label(first.node)
    if first.ahead == 2:
        return f"{label} comes before all others in 95 % of the draws or more."
    second = findings.label(rows[1].node) if len(rows) > 1 else ""
    rest = f"; it comes before all from place {first.ahead} on" if first.ahead else ""
    if not second:
        return ""
    share = findings.sensitivity.share_ahead(_measure_of(findings, rows), first.node, rows[1].node)
    return f"Who is first cannot be said: {label} comes before {second} in {share:.0%} of the draws only{rest}."


def _measure_of(findings: Findings, rows: Sequence[Ranked]) -> str:
    return next(name for name in SHOWN if all(findings.measures[name][row.node] == row.value for row in rows))


def _legend(findings: Findings, nodes: Sequence[str]) -> list[tuple[str, str, str]]:
    """Label, colour and shape of each class among `nodes`, in the ontology's order."""
    used = {findings.network.nodes[node]["cls"] for node in nodes}
    return [(term.label, term.colour, term.shape) for name, term in findings.ontology.classes.items() if name in used]


def _half(findings: Findings) -> str:
    """The period from which on claims count as later ones."""
    counts = [part.number_of_edges() for part in split_periods(findings.network, per=findings.per).values()]
    return findings.periods[find_half(np.array(counts))] if len(counts) > 1 else ""


def _sides(findings: Findings) -> tuple[list[str], list[str]]:
    """The labels of the two sides of the largest part, those with most ties first."""
    counts = Counter(end for tie in findings.balance.ties for end in (tie.subject, tie.object))
    sides: tuple[list[str], list[str]] = ([], [])
    for node, (part, side) in sorted(findings.balance.sides.items(), key=lambda item: (-counts[item[0]], item[0])):
        if part == 0:
            sides[side].append(findings.label(node))
    return sides


def _open_ties(findings: Findings) -> list[Opened]:
    claims, edges = findings.claims, {key: edge for _, _, key, edge in findings.network.edges(keys=True, data=True)}
    ties = sorted(
        findings.balance.ties, key=lambda tie: (-(tie.support + tie.criticism), tie.net, tie.subject, tie.object)
    )
    return [
        Opened(
            findings.label(tie.subject),
            findings.label(tie.object),
            tie,
            tuple(_say(claims[key], edges[key]) for key in tie.claims),
        )
        for tie in ties[:TIES_SHOWN]
    ]


def _say(claim: Claim, edge: dict[str, object]) -> Saying:
    return Saying(
        predicate=str(edge["label"]),
        date=str(edge["date"]),
        speaker=str(edge["speaker"]),
        stance=1 if edge["stance"] == 1 else -1,
        quotes=claim.evidence[:QUOTES_SHOWN],
    )


def _read(name: str) -> str:
    return files("dragoman.findings").joinpath(name).read_text(encoding="utf-8")
