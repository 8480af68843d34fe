"""What people decided, in a table: which things are the same or not, which claims are right, wrong or missing.

A table (CSV, as every spreadsheet writes it; also with ``;`` or tabs) since those who decide work in spreadsheets: a
row is a decision, rows are sorted, filtered and mailed around, and the review page writes the same rows. Its columns:

==============  =====================================================================================================
``decision``    one of those below
``subject``     what it is about: an id or IRI of the graph, or a name; in an added claim also something new: a name
                with its class in brackets, "Free Vale Front (ArmedGroup)"
``predicate``   of claims: the property
``object``      the other thing, the new name or the class; of claims: the object
``modality``    of claims, asserted where it is empty in an added one, any where it is empty in others
``date``        of claims: YYYY, YYYY-MM or YYYY-MM-DD
``document``    where it was seen: names of documents, set apart by ``|``
``quote``       the words of the document
``who`` ``when`` ``why``   who decided, on which day (YYYY-MM-DD), for what reason
==============  =====================================================================================================

``same`` (the object becomes the subject), ``not same``, ``rename``, ``class``, ``right claim``, ``wrong claim`` (in the
documents named, with the quote given, or wherever it is read), ``added claim`` (with its document and quote).

Columns may stand in any order; those that no row needs may be left out. Rows that begin with ``#`` are passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as calendar_date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from dragoman.ontology import Ontology
from dragoman.records import DATE, IRI_PART, Claim, Modality
from dragoman.sheets import format_sheet, iter_rows, read_sheet
from dragoman.slugs import slug

__all__ = [
    "COLUMNS",
    "DECISIONS",
    "SEVERAL",
    "Decision",
    "DecisionError",
    "Kind",
    "NewThing",
    "format_decisions",
    "parse_decisions",
    "read_decisions",
    "to_row",
    "to_rulings",
]

DECISIONS = "decisions.csv"
"""The file of an output folder that keeps the decisions it was built with."""
COLUMNS = (
    *("decision", "subject", "predicate", "object", "modality", "date"),
    *("document", "quote", "who", "when", "why"),
)
SEVERAL = "|"
ID_PREFIX = "id:"
_NEW = re.compile(r"(.+\S)\s*\((\w+)\)")


class DecisionError(ValueError):
    """A table of decisions that cannot be applied; the message names file and line and says what to do."""


class Kind(StrEnum):
    """What can be decided."""

    SAME = "same"
    NOT_SAME = "not same"
    RENAME = "rename"
    CLASS = "class"
    RIGHT = "right claim"
    WRONG = "wrong claim"
    ADDED = "added claim"


OF_CLAIMS = frozenset({Kind.RIGHT, Kind.WRONG, Kind.ADDED})


class NewThing(NamedTuple):
    """A thing that a person adds, with its class."""

    id: str
    label: str
    cls: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A row; `subject` and, of claims and of what is the same or not, `object` are ids, or slugs of names."""

    kind: Kind
    subject: str
    object: str
    predicate: str = ""
    modality: Modality | None = None
    date: str = ""
    documents: tuple[str, ...] = ()
    quote: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    where: str = ""  # file and line, as messages name them
    new: tuple[NewThing, ...] = ()  # what an added claim names that may not be in the graph

    def error(self, what: str) -> DecisionError:
        """An error that begins with the place of this decision."""
        return DecisionError(f"{self.where}: {what}")


def read_decisions(path: Path, ontology: Ontology, *, base: str) -> tuple[Decision, ...]:
    """The decisions in the table at `path`, in its order.

    :param base: what the IRIs of the data start with.
    :raises DecisionError: for a table that cannot be read, a row that lacks something, or rows that contradict others.
    """
    text = read_sheet(path, DecisionError, "decisions")
    return parse_decisions(text, ontology, base=base, where=str(path))


def parse_decisions(text: str, ontology: Ontology, *, base: str, where: str = DECISIONS) -> tuple[Decision, ...]:
    """The decisions in the text of a table; see :func:`read_decisions`."""
    rows = iter_rows(text, where, DecisionError, _check_header)
    decisions = tuple(_to_decision(row, f"{where}:{line}", ontology, base) for line, row in rows)
    _check_pairs(decisions)
    _check_claims(decisions)
    return decisions


def format_decisions(decisions: Iterable[Decision]) -> str:
    """A table of `decisions`, as :func:`parse_decisions` reads it."""
    return format_sheet(COLUMNS, map(to_row, decisions))


def to_row(decision: Decision) -> dict[str, str]:
    """The cells of `decision`, by column."""
    new = {thing.id: f"{thing.label} ({thing.cls})" for thing in decision.new}
    return {
        "decision": decision.kind.value,
        "subject": new.get(decision.subject, decision.subject),
        "predicate": decision.predicate,
        "object": new.get(decision.object, decision.object),
        "modality": decision.modality.value if decision.modality else "",
        "date": decision.date,
        "document": SEVERAL.join(decision.documents),
        "quote": decision.quote,
        "who": decision.who,
        "when": decision.when,
        "why": decision.why,
    }


def to_rulings(claim: Claim, *, right: bool) -> tuple[Decision, ...]:
    """The decisions that `claim` is right, or wrong in each place where it is read, but for who, when and why."""
    facts = (claim.subject, claim.object, claim.predicate, claim.modality, claim.date)
    if right:
        return (Decision(Kind.RIGHT, *facts, claim.documents),)
    return tuple(Decision(Kind.WRONG, *facts, (piece.document,), piece.exact) for piece in claim.evidence)


def _check_header(cells: Sequence[str], where: str) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    unknown = [column for column in columns if column and column not in COLUMNS]
    if unknown or not {"decision", "subject"} <= set(columns) or len(set(columns)) < len(columns):
        fault = (
            f"has no column {unknown[0]!r}" if unknown else "needs each column once, decision and subject among them"
        )
        raise DecisionError(f"{where}: a table of decisions {fault}; its columns are {', '.join(COLUMNS)}")
    return columns


def _to_decision(row: Mapping[str, str], where: str, ontology: Ontology, base: str) -> Decision:
    def cell(column: str) -> str:
        return row.get(column, "")

    kind = Kind(_choose(" ".join(cell("decision").lower().split()), [kind.value for kind in Kind], "decision", where))
    modality = _choose(cell("modality").lower(), [one.value for one in Modality], "modality", where, optional=True)
    predicate, object_ = (cell(column).removeprefix("dgm:") for column in ("predicate", "object"))
    _check_cells(kind, row, where)
    subject = cell("subject")
    new: tuple[NewThing, ...] = ()
    if kind is Kind.ADDED:
        new = tuple(_find_new((subject, object_), ontology))
        subject, object_ = (_without_class(value, ontology) for value in (subject, object_))
    if kind in OF_CLAIMS:
        _choose(predicate, list(ontology.properties), "predicate", where)
    if kind is Kind.CLASS:
        _choose(object_, list(ontology.classes), "class", where)
    elif kind is not Kind.RENAME:
        object_ = _to_id(object_, base, where)
    decision = Decision(
        kind=kind,
        subject=_to_id(subject, base, where),
        object=object_,
        predicate=predicate,
        modality=Modality(modality) if modality else None,
        date=cell("date"),
        documents=tuple(name.strip() for name in cell("document").split(SEVERAL) if name.strip()),
        quote=cell("quote"),
        who=cell("who"),
        when=cell("when"),
        why=cell("why"),
        where=where,
        new=new,
    )
    if decision.subject == decision.object and kind not in {Kind.RENAME, Kind.CLASS}:
        raise decision.error(f"{decision.subject} stands at both ends; name two things")
    if kind is Kind.ADDED and len(decision.documents) > 1:
        raise decision.error("added claim names several documents; write a row for each, with its quote")
    return decision


def _find_new(values: Iterable[str], ontology: Ontology) -> Iterator[NewThing]:
    """The things that a name and a class in brackets stand for: "Congo (Brazzaville)" has no class."""
    for found in filter(None, map(_NEW.fullmatch, values)):
        if found[2] in ontology.classes:
            yield NewThing(slug(found[1]), found[1], found[2])


def _without_class(value: str, ontology: Ontology) -> str:
    found = _NEW.fullmatch(value)
    return found[1] if found and found[2] in ontology.classes else value


def _check_cells(kind: Kind, row: Mapping[str, str], where: str) -> None:
    needed = ["subject", "object", "who", "when", "why"]
    needed += ["predicate"] if kind in OF_CLAIMS else []
    needed += ["document", "quote"] if kind is Kind.ADDED else []
    if missing := [column for column in needed if not row.get(column)]:
        them = "it" if len(missing) == 1 else "them"
        raise DecisionError(f"{where}: {kind} needs {', '.join(missing)}; fill {them} in")
    for column, shorter in (("date", ", YYYY-MM or YYYY"), ("when", "")):
        value = row.get(column, "")
        if value and not (_is_date(value) and (shorter or len(value) == len("2024-01-01"))):
            raise DecisionError(f"{where}: {column} {value!r} is not YYYY-MM-DD{shorter}; write it so")


def _is_date(value: str) -> bool:
    if not DATE.fullmatch(value):
        return False
    try:
        calendar_date.fromisoformat(value if len(value) == len("2024-01-01") else f"{value[:4]}-01-01")
    except ValueError:
        return False
    return True


def _choose(value: str, among: Sequence[str], what: str, where: str, *, optional: bool = False) -> str:
    if value in among or (optional and not value):
        return value
    near = get_close_matches(value, among, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(among)}"
    raise DecisionError(f"{where}: no {what} {value!r}; {hint}")


def _to_id(value: str, base: str, where: str) -> str:
    """An id, or the slug of a name, which an id that is not the document's own is."""
    value = value.strip("<>").removeprefix(base).removeprefix(ID_PREFIX)
    if "://" in value:
        raise DecisionError(
            f"{where}: <{value}> is no IRI of this graph, whose IRIs start with {base}; give one of those"
        )
    return value if IRI_PART.fullmatch(value) and not value[0].isupper() else slug(value)


def _check_pairs(decisions: Iterable[Decision]) -> None:
    """Refuse rows that make one thing two, or two things each other."""
    parents: dict[str, str] = {}
    became: dict[str, Decision] = {}

    def root(id_: str) -> str:
        while id_ in parents:
            id_ = parents[id_]
        return id_

    same = [row for row in decisions if row.kind is Kind.SAME]
    for row in same:
        at, seen = row.subject, [row]
        while at in became:
            seen.append(became[at])
            at = became[at].subject
            if at == row.object:
                lines = ", ".join(other.where.rsplit(":", 1)[-1] for other in seen[1:])
                raise row.error(
                    f"{row.object} becomes {row.subject}, which becomes {row.object} (line {lines}); drop one"
                )
        became.setdefault(row.object, row)
        left, right = root(row.subject), root(row.object)
        if left != right:
            parents[right] = left
    for row in decisions:
        if row.kind is Kind.NOT_SAME and root(row.subject) == root(row.object):
            chain = [other.where.rsplit(":", 1)[-1] for other in same if root(other.subject) == root(row.subject)]
            lines = ", ".join(chain)
            raise row.error(f"{row.subject} and {row.object} are the same by line {lines}, and not by this; drop one")


def _check_claims(decisions: Iterable[Decision]) -> None:
    """Refuse rows that say two things of one claim or one entity."""
    told: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
    for row in decisions:
        if row.kind in OF_CLAIMS:
            key = ("claim", row.subject, row.predicate, row.object, row.modality or "", row.date)
            told[key].append(row)
        elif row.kind in {Kind.RENAME, Kind.CLASS}:
            told[row.kind, row.subject].append(row)
    for rows in told.values():
        for row in rows[1:]:
            first = rows[0]
            line = first.where.rsplit(":", 1)[-1]
            claims = {first.kind, row.kind}
            if row.kind in OF_CLAIMS and Kind.WRONG in claims and len(claims) > 1 and _overlap(first, row):
                raise row.error(f"this {row.kind} is the {first.kind} of line {line}; drop one")
            if row.kind not in OF_CLAIMS and row.object != first.object:
                raise row.error(f"{row.kind} {row.object!r}, but {first.object!r} on line {line}; drop one")


def _overlap(left: Decision, right: Decision) -> bool:
    return not left.documents or not right.documents or bool(set(left.documents) & set(right.documents))
