"""Items become ``review.html``: one file that works offline, in the looks of ``graph.html``.

What documents say stands in the page only as JSON, from which its script makes text, never markup. A
Content-Security-Policy (https://www.w3.org/TR/CSP3/) admits its own script and style by their hash and no request
of any kind; the table of decisions leaves the page as a download of a ``blob:``.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from dragoman.built import own_ontology
from dragoman.decisions import COLUMNS, DECISIONS, Decision, read_decisions, to_row
from dragoman.gazetteer import load_gazetteer
from dragoman.lexicon import load_lexicon
from dragoman.namekeys import NameKeys
from dragoman.ontology import load_ontology
from dragoman.page.page import format_json
from dragoman.record import Record, read_record
from dragoman.review.items import SECTIONS, find_items

__all__ = ["PAGE", "fill_page", "format_review", "write_review"]

PAGE = "review.html"
"""The file of the page in an output folder."""
ANSWERS = (
    {"key": "a", "look": "yes", "sign": "✓", "word": "first answer"},
    {"key": "r", "look": "no", "sign": "×", "word": "second"},
)
"""Of each answer of an item: its key, its look in the list, the sign there, and what the key is called."""


def write_review(folder: Path, target: Path) -> dict[str, int]:
    """Write the page of the build in `folder` to `target`; how many items of each kind it lists, by heading.

    :raises RecordError: if the folder or its graph is missing or damaged.
    :raises DecisionError: for kept decisions that are damaged.
    """
    record = read_record(folder)
    own = own_ontology(folder)
    ontology = load_ontology(*own)
    names = NameKeys(load_gazetteer(ontology, *own), load_lexicon(ontology, *own), ontology)
    kept = folder / DECISIONS
    decided = read_decisions(kept, ontology, base=record.base) if kept.is_file() else ()
    text, counts = format_review(record, decided, names)
    beside = target.with_name(f".{target.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n", errors="replace")
    beside.replace(target)
    return counts


def format_review(record: Record, decided: Sequence[Decision], names: NameKeys) -> tuple[str, dict[str, int]]:
    """The whole page as text, the same for the same input; and how many items of each kind it lists, by heading."""
    items = find_items(record, decided, names)
    counts = Counter(item.kind for item in items)
    count = len(record.documents)
    data = {
        "sections": SECTIONS,
        "items": [item.to_json() for item in items],
        "columns": COLUMNS,
        "file": DECISIONS,
        "kept": [to_row(row) for row in decided],
        "answers": ANSWERS,
        "undo": "u",
        "because": "w",
        "done": "decided",
        "none": "Nothing is doubtful.",
        "reason": "reviewed",
    }
    text = fill_page(
        data,
        title=f"To decide: names and claims in {count} {'document' if count == 1 else 'documents'}",
        by="Decided by",
        download="Download decisions",
        listed="What is to be decided",
    )
    return text, {SECTIONS[kind]: counts[kind] for kind in SECTIONS if counts[kind]}


def fill_page(data: Mapping[str, Any], *, title: str, by: str, download: str, listed: str) -> str:
    """A page of items to answer one by one.

    :param data: the items with their sections and answers, the columns and name of the table that leaves the page, the
        rows that it keeps, and the keys and words that ``review.js`` asks for.
    :param by: what stands before the name of who answers; `download` on the button, `listed` names the list to those
        who hear it.
    """
    look = files("dragoman.page").joinpath("page.css").read_text(encoding="utf-8")
    colours = look[: look.index("* {")]
    style, script = colours + _read("review.css"), f"(() => {{\n'use strict';\n{_read('review.js')}\n}})();\n"
    environment = Environment(
        loader=DictLoader({"page": _read("review.html")}), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page").render(
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=Markup(format_json(data)),
        title=title,
        by=by,
        download=download,
        listed=listed,
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _read(name: str) -> str:
    return files("dragoman.review").joinpath(name).read_text(encoding="utf-8")
