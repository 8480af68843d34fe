"""A SPARQL 1.1 query to its answer, over the dataset of a build: https://www.w3.org/TR/sparql11-query/.

The default graph holds the triples of all graphs, each once, as ``graph.ttl`` does; ``GRAPH`` and ``FROM`` reach each
graph alone. The usual prefixes need no declaration. Nothing is changed and, unless it is allowed, nothing is fetched:
``SERVICE`` and updates are refused before the query runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from pathlib import Path
from threading import Thread, stack_size
from traceback import clear_frames
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from dragoman.contract import CONFORMS_TO, ContractError, contract_of, refuse_later
from dragoman.hints import FORMS, body_of, find_reasons, find_unknown, find_untagged, place_of, without_text
from dragoman.record import DATASET, RecordError
from dragoman.vocabulary import BASE, PROV, RDF, XSD, Iris

if TYPE_CHECKING:
    import pandas

__all__ = [
    "Limits",
    "QueryError",
    "QueryLimitError",
    "Result",
    "damaged",
    "dataset_of",
    "find_base",
    "in_deep_thread",
    "load_store",
    "refuse_later_store",
    "refuse_what_reaches_out",
    "run_query",
    "to_store",
    "without_text",
]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Anything = TypeVar("Anything")

Value = str | int | float | bool | None
"""What a cell of an answer is in Python."""

SHOWN = 100
"""Rows that a notebook shows."""
LONGEST = 250_000
"""Characters of a query."""
DEEPEST = 100
"""Brackets within brackets of a query."""
STACK = 512 * 1024 * 1024
"""Bytes of the stack of a query, of which the system gives what is used: ten times what the longest one needs."""
CONVERTERS: dict[str, Callable[[str], Value]] = {
    "boolean": lambda text: text in {"true", "1"},
    **dict.fromkeys(("integer", "nonNegativeInteger", "int", "long"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
}
"""What makes a Python value of a literal, by the local name of its XSD datatype."""
UPDATES = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
"""First words of SPARQL 1.1 Update."""

_GAP = r"(?:\s|\#[^\n\r]*(?:[\n\r]|\Z))*"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?(?:<[^>]*>|[?$]\w+|[^\s{{]*:[^\s{{]*?){_GAP}\{{", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[{]|[)\]}]|(?:!\s*){2,}|(?:<<\s*){2,}")
_VARIABLE = re.compile(r"[?$]\w+")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BY_TEXT = re.compile(r"\bORDER\s+BY((?:\s*STR\s*\(\s*[?$]\w+\s*\))+)\s*\Z", re.IGNORECASE)
"""The end of a query whose rows are sorted by texts alone, as those of our questions are."""
_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class QueryError(ValueError):
    """A query that cannot be answered; `line` and `column` count from 1 and are 0 where no place can be told."""

    def __init__(self, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(f"line {line}, column {column}: {message}" if line else message)
        self.line, self.column = line, column


class QueryLimitError(QueryError):
    """A query that took longer, or found more, than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: `seconds`, and `rows` or triples of its answer; nothing is without a limit of that kind.

    `service` is whether it may send parts of itself to other stores.
    """

    seconds: float | None = None
    rows: int | None = None
    service: bool = False


@dataclass(frozen=True, repr=False)
class Result:
    """The answer to a query: rows for SELECT, triples (as rows of three) for CONSTRUCT and DESCRIBE, `truth` for ASK.

    It is true where something was found, or ASK says so; to iterate over it is to go through its :meth:`records`.
    `warnings` say what may be wrong with a query that found nothing; `prefixes` are those that the query could use.
    """

    kind: str  # "select", "construct" or "ask"
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    warnings: tuple[str, ...] = ()
    prefixes: dict[str, str] = field(default_factory=dict)

    def records(self) -> list[dict[str, Value]]:
        """A dictionary for each row: numbers and truths as Python's, all else, dates too, as text; None if unbound."""
        if self.truth is not None:
            return [{"answer": self.truth}]
        return [dict(zip(self.variables, map(_to_value, row), strict=True)) for row in self.rows]

    def frame(self) -> pandas.DataFrame:
        """The records as a pandas DataFrame, whose columns are the variables.

        :raises ModuleNotFoundError: where pandas is not installed; :meth:`records` needs no other package.
        """
        import pandas

        columns = ["answer"] if self.truth is not None else list(self.variables)
        return pandas.DataFrame(self.records(), columns=columns)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.records())

    def __bool__(self) -> bool:
        return bool(self.rows) if self.truth is None else self.truth

    def __repr__(self) -> str:
        if self.truth is not None:
            return f"<{str(self.truth).lower()}>"
        of = f"{len(self.rows):,} {'row' if len(self.rows) == 1 else 'rows'} of {', '.join(self.variables)}"
        return f"<{'; '.join((of, *self.warnings))}>"

    def _repr_html_(self) -> str:
        """A table, in which what documents say is text."""
        if self.truth is not None:
            return f"<p>{str(self.truth).lower()}</p>"
        heads = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        cells = [[_shown(term) for term in row] for row in self.rows[:SHOWN]]
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
        more = f", {SHOWN} of them shown" if len(self.rows) > SHOWN else ""
        below = "; ".join((f"{len(self.rows):,} rows{more}", *map(escape, self.warnings)))
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table><p>{below}</p>"


def run_query(
    source: Path | ox.Store,
    query: str,
    *,
    base: str = "",
    limits: Limits = Limits(),
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Result:
    """What `query` finds in `source`, the output folder of a build, or a store from `load_store` or `to_store`.

    Rows come in the order that the query asks for; without ``ORDER BY``, sorted, so that two runs answer alike.

    :param base: what the IRIs of the data start with, for the prefixes ``id``, ``claim``, ``document``, ``evidence``
        and ``graph``; by default the store's own.
    :param default_graphs: IRIs of the graphs that are asked in place of all of them, as ``default-graph-uri`` of the
        SPARQL protocol; `named_graphs` those that ``GRAPH`` reaches.
    :raises QueryError: for a query that is no SPARQL, with line and column, or that would fetch or change something.
    :raises QueryLimitError: for one that goes past `limits`; what it has begun runs on, unseen, until it or the process
        ends, as Oxigraph cannot be stopped within a step.
    :raises RecordError: if the folder or its dataset is missing or damaged.
    """
    store = load_store(source) if isinstance(source, Path) else source
    prefixes = Iris(base or find_base(store)).prefixes
    code = without_text(query)
    refuse_what_reaches_out(query, service=limits.service)
    default, named = _to_graphs(default_graphs), _to_graphs(named_graphs)

    def find() -> Result:
        keys, end = _text_keys(code)
        for text in (query[:end], query):
            answer = store.query(text, prefixes=prefixes, default_graph=default, named_graphs=named)  # type: ignore[arg-type]
            if isinstance(answer, ox.QuerySolutions) and set(keys) <= {name.value for name in answer.variables}:
                return _to_result(answer, code, prefixes, limits, keys)
        return _to_result(answer, code, prefixes, limits)

    try:
        result = in_deep_thread(find, limits.seconds)
    except SyntaxError as cause:
        raise _explain(str(cause), query, code, prefixes) from cause
    if not _found_nothing(result):
        return result
    warnings = (*find_unknown(code, store, prefixes), *find_untagged(query, store))
    return Result(result.kind, result.variables, result.rows, result.truth, warnings, prefixes)


def load_store(folder: Path) -> ox.Store:
    """A store in memory of the dataset in the output `folder` of a build.

    :raises RecordError: if the folder or its dataset is missing or damaged, or a later dragoman wrote it.
    """
    path, store = dataset_of(folder), ox.Store()
    try:
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as cause:
        raise damaged(path, cause) from cause
    refuse_later_store(store, path)
    store.update(_MERGE)
    return store


def dataset_of(folder: Path) -> Path:
    """The file of the dataset in the output `folder` of a build.

    :raises RecordError: if the folder or the file is missing.
    """
    path = folder / DATASET
    if not folder.is_dir():
        raise RecordError(f"{folder}: no such folder; give the output folder of a build")
    if not path.is_file():
        raise RecordError(f"{path}: no such file; build the graph first")
    return path


def damaged(path: Path, cause: SyntaxError) -> RecordError:
    """The error for a dataset at `path` that Oxigraph cannot read."""
    return RecordError(f"{path}:{cause.lineno or 1}: damaged: {cause.msg}; build the graph again")


def refuse_later_store(store: ox.Store, path: Path) -> None:
    """Refuse the store of a dataset at `path` that a later dragoman wrote.

    :raises RecordError: if it did.
    """
    try:
        refuse_later(contract_of(store.quads_for_pattern(None, CONFORMS_TO, None)), str(path))
    except ContractError as cause:
        raise RecordError(str(cause)) from cause


def to_store(quads: Iterable[ox.Quad]) -> ox.Store:
    """A store in memory of `quads` and, in its default graph, of the triples of all of them, merged.

    Oxigraph's own union of graphs gives a triple once for each graph it stands in, so that counts come out too high.
    """
    store = ox.Store()
    store.bulk_extend(quads)
    store.update(_MERGE)
    return store


def refuse_what_reaches_out(query: str, *, service: bool = False) -> None:
    """Refuse updates and, unless it is allowed, SERVICE; and what is longer or deeper than can be read.

    :raises QueryError: for a query that would change or fetch something, or use up the stack.

    SERVICE is looked for in the query as it stands, texts and comments too, and with Unicode escapes read, as a query
    that hides it well enough would fetch. What looks like it inside a text is refused as well.
    """
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query):,} characters; it may have {LONGEST:,}")
    code = without_text(query)
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), query)
    _refuse_too_deep(without_text(unescaped))
    found = (
        None if service else _SERVICE.search(_VARIABLE.sub(lambda match: "?" + "v" * (len(match[0]) - 1), unescaped))
    )
    if found:
        line, column = place_of(unescaped, found.start())
        message = "SERVICE is refused: queries run on this graph alone, and fetch nothing"
        raise QueryError(message, line=line, column=column)
    body = body_of(code)
    word = re.match(r"\w*", body)
    if word and word[0].upper() in UPDATES:
        message = f"{word[0].upper()} is refused: the graph is only read; use {', '.join(FORMS)}"
        line, column = place_of(code, len(code) - len(body))
        raise QueryError(message, line=line, column=column)


def _refuse_too_deep(code: str) -> None:
    """Refuse brackets within more than DEEPEST brackets, and signs before signs."""
    depth = 0
    for match in _BRACKET.finditer(code):
        depth += 1 if match[0] in "([{" else len(match[0]) if match[0][0] in "!<" else -1
        if depth > DEEPEST:
            line, column = place_of(code, match.start())
            raise QueryError(f"more than {DEEPEST} brackets within brackets", line=line, column=column)
        if match[0][0] in "!<":
            depth -= len(match[0])


def _to_graphs(iris: Sequence[str]) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None:
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = []
    for iri in iris:
        try:
            graphs.append(ox.NamedNode(iri))
        except ValueError as cause:
            raise QueryError(f"{iri!r} names no graph: it is no absolute IRI") from cause
    return graphs or None


def _text_keys(code: str) -> tuple[tuple[str, ...], int]:
    """The variables by whose texts alone the rows of a query are sorted, and where the words that say so begin.

    Oxigraph makes both texts anew whenever it compares two rows. Sorting many rows here takes a quarter of the time.
    """
    found = _BY_TEXT.search(code)
    return (tuple(name[1:] for name in _VARIABLE.findall(found[1])), found.start()) if found else ((), len(code))


def _to_result(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    code: str,
    prefixes: dict[str, str],
    limits: Limits,
    keys: Sequence[str] = (),
) -> Result:
    """The result with its rows in the order of `keys`, of which a row that lacks one comes first, or of the answer."""
    if isinstance(answer, ox.QueryBoolean):
        return Result("ask", truth=bool(answer), prefixes=prefixes)
    if isinstance(answer, ox.QueryTriples):
        triples = {(triple.subject, triple.predicate, triple.object) for triple in _bounded(answer, limits.rows)}
        return Result("construct", ("subject", "predicate", "object"), _sorted(triples), prefixes=prefixes)
    variables = tuple(variable.value for variable in answer.variables)
    rows = [tuple(solution) for solution in _bounded(answer, limits.rows)]
    if keys:
        places = [variables.index(key) for key in keys]
        rows.sort(key=lambda row: [_text_key(row[place]) for place in places])
    ordered = re.search(r"\bORDER\s+BY\b", code, re.IGNORECASE)
    return Result("select", variables, tuple(rows) if ordered else _sorted(rows), prefixes=prefixes)


def _text_key(term: Term | None) -> str:
    """What sorts as the text of `term` does, and before every text where it has none."""
    return "=" + term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _bounded(found: Iterable[Anything], most: int | None) -> Iterator[Anything]:
    """`found`, as long as it is no more than `most`."""
    rest = iter(found)
    yield from rest if most is None else islice(rest, most)
    if most is not None and next(rest, None) is not None:
        raise QueryLimitError(f"the answer has more than {most:,} rows; ask for fewer with LIMIT, or allow more")


def in_deep_thread(find: Callable[[], Anything], seconds: float | None = None) -> Anything:
    """What `find` returns, or raises, if that takes no longer than `seconds`.

    Oxigraph goes one step down for each part of a query, and ends the process where the stack does: `find` gets a stack
    that the longest query which is let through cannot use up. Oxigraph cannot be stopped: what takes longer goes on in
    its thread to its end, or that of the process, and keeps the memory it needs.

    :raises QueryLimitError: if it takes longer.
    """
    found: list[Anything] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(find())
        except BaseException as error:  # raised again below, where the caller waits
            clear_frames(error.__traceback__)  # which hold what Oxigraph wants dropped in this thread
            failed.append(error)

    usual = stack_size(STACK)
    try:
        thread = Thread(target=run, daemon=True)
        thread.start()
    finally:
        stack_size(usual)
    thread.join(seconds)
    if thread.is_alive():
        raise QueryLimitError(f"the query ran for {seconds:g} seconds without an end; narrow it, or allow it more time")
    if failed:
        raise failed[0]
    return found[0]


def _explain(message: str, query: str, code: str, prefixes: Iterable[str]) -> QueryError:
    """An error that says where reading stopped and, where that can be told, why.

    Oxigraph lists what its grammar tried last, which seldom helps; it is left out unless it is a sentence.
    """
    found = _PLACE.match(message)
    if not found:
        return QueryError(f"no SPARQL query: {message}")
    line, column = int(found[1]), int(found[2])
    rows = query.split("\n")
    rest = rows[min(line, len(rows)) - 1][column - 1 :].strip()
    where = f"this cannot be read on from {rest[:30]!r}" if rest else "the query or line ends too early"
    why = next(find_reasons(found[3], code, prefixes), "")
    return QueryError(f"{where}; {why}" if why else where, line=line, column=column)


def _sorted(rows: Iterable[tuple[Term | None, ...]]) -> tuple[tuple[Term | None, ...], ...]:
    return tuple(sorted(rows, key=lambda row: tuple(str(term) for term in row)))


def _found_nothing(result: Result) -> bool:
    """Whether there is no row, a false ASK, or one row of zeros and blanks, as counting nothing gives."""
    if result.truth is not None:
        return not result.truth
    if len(result.rows) == 1:
        return all(term is None or (isinstance(term, ox.Literal) and term.value == "0") for term in result.rows[0])
    return not result.rows


def _to_value(term: Term | None) -> Value:
    if not isinstance(term, ox.Literal):
        return None if term is None else _shown(term)
    kind = term.datatype.value.removeprefix(XSD)
    convert = CONVERTERS.get(kind)
    return convert(term.value) if convert else term.value


def _shown(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, ox.Triple) else term.value


def find_base(store: ox.Store) -> str:
    """What the IRIs of the data in `store` start with."""
    suffix = "build/activity"
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(PROV + "Activity")):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.endswith(suffix):
            return quad.subject.value[: -len(suffix)]
    return BASE
