"""A SPARQL 1.1 query to its answer, over the dataset of a build: https://www.w3.org/TR/sparql11-query/.

The default graph holds the triples of all graphs, each once, as ``graph.ttl`` does; ``GRAPH`` and ``FROM`` reach each
graph alone. The usual prefixes need no declaration. Nothing is changed and nothing is fetched: ``SERVICE`` and updates
are refused before the query runs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from dragoman.ontology import ontology_folder, read_turtle
from dragoman.record import DATASET, RecordError
from dragoman.vocabulary import BASE, DGM, PROV, RDF, Iris

__all__ = ["QueryError", "Result", "load_store", "run_query", "to_store", "without_text"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

UPDATES = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
"""First words of SPARQL 1.1 Update."""

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
"""First words of a query, after its declarations."""

_GAP = r"(?:\s|\#[^\n\r]*(?:[\n\r]|\Z))*"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?(?:<[^>]*>|[?$]\w+|[^\s{{]*:[^\s{{]*?){_GAP}\{{", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$]\w+")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NOT_CODE = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|(<[^<>"{}|^`\\\s]*>)'''
    r"|\#[^\n\r]*",
    re.DOTALL,
)
_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_PROLOGUE = re.compile(r"\s*(?:BASE\s*<[^>]*>\s*|PREFIX\s*[^\s:]*:\s*<[^>]*>\s*)*", re.IGNORECASE)
_DECLARED = re.compile(r"PREFIX\s*([^\s:]*):", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NAME = re.compile(r"(?<![\w:-])([A-Za-z][\w-]*):([\w.%-]*[\w%-])?|<([^<>\s]+)>")


class QueryError(ValueError):
    """A query that cannot be answered; `line` and `column` count from 1 and are 0 where no place can be told."""

    def __init__(self, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(f"line {line}, column {column}: {message}" if line else message)
        self.line, self.column = line, column


@dataclass(frozen=True)
class Result:
    """The answer to a query: rows for SELECT, triples (as rows of three) for CONSTRUCT and DESCRIBE, `truth` for ASK.

    `warnings` say what may be wrong with a query that found nothing; `prefixes` are those that the query could use.
    """

    kind: str  # "select", "construct" or "ask"
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    warnings: tuple[str, ...] = ()
    prefixes: dict[str, str] = field(default_factory=dict)


def run_query(source: Path | ox.Store, query: str, *, base: str = "") -> Result:
    """What `query` finds in `source`, the output folder of a build, or a store from `load_store` or `to_store`.

    Rows come in the order that the query asks for; without ``ORDER BY``, sorted, so that two runs answer alike.

    :param base: what the IRIs of the data start with, for the prefixes ``id``, ``claim``, ``document``, ``evidence``
        and ``graph``; by default the store's own.
    :raises QueryError: for a query that is no SPARQL, with line and column, or that would fetch or change something.
    :raises RecordError: if the folder or its dataset is missing or damaged.
    """
    store = load_store(source) if isinstance(source, Path) else source
    prefixes = Iris(base or _find_base(store)).prefixes
    code = without_text(query)
    _refuse_what_reaches_out(query, code)
    try:
        answer = store.query(query, prefixes=prefixes)
    except SyntaxError as cause:
        raise _explain(str(cause), query, code, prefixes) from cause
    if isinstance(answer, ox.QueryBoolean):
        result = Result("ask", truth=bool(answer), prefixes=prefixes)
    elif isinstance(answer, ox.QueryTriples):
        triples = {(triple.subject, triple.predicate, triple.object) for triple in answer}
        result = Result("construct", ("subject", "predicate", "object"), _sorted(triples), prefixes=prefixes)
    else:
        variables = tuple(variable.value for variable in answer.variables)
        rows = [tuple(solution[name] for name in variables) for solution in answer]
        ordered = re.search(r"\bORDER\s+BY\b", code, re.IGNORECASE)
        result = Result("select", variables, tuple(rows) if ordered else _sorted(rows), prefixes=prefixes)
    if not _found_nothing(result):
        return result
    warnings = tuple(_find_unknown(code, store, prefixes))
    return Result(result.kind, result.variables, result.rows, result.truth, warnings, prefixes)


def load_store(folder: Path) -> ox.Store:
    """A store in memory of the dataset in the output `folder` of a build.

    :raises RecordError: if the folder or its dataset is missing or damaged.
    """
    path, store = folder / DATASET, ox.Store()
    if not folder.is_dir():
        raise RecordError(f"{folder}: no such folder; give the output folder of a build")
    if not path.is_file():
        raise RecordError(f"{path}: no such file; build the graph first")
    try:
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as cause:
        raise RecordError(f"{path}:{cause.lineno or 1}: damaged: {cause.msg}; build the graph again") from cause
    store.update(_MERGE)
    return store


def to_store(quads: Iterable[ox.Quad]) -> ox.Store:
    """A store in memory of `quads` and, in its default graph, of the triples of all of them, merged.

    Oxigraph's own union of graphs gives a triple once for each graph it stands in, so that counts come out too high.
    """
    store = ox.Store()
    store.bulk_extend(quads)
    store.update(_MERGE)
    return store


def _refuse_what_reaches_out(query: str, code: str) -> None:
    """Refuse SERVICE and updates.

    SERVICE is looked for in the query as it stands, texts and comments too, and with Unicode escapes read, as a query
    that hides it well enough would fetch. What looks like it inside a text is refused as well.
    """
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), query)
    found = _SERVICE.search(_VARIABLE.sub(lambda match: "?" + "v" * (len(match[0]) - 1), unescaped))
    if found:
        line, column = _place(unescaped, found.start())
        message = "SERVICE is refused: queries run on this graph alone, and fetch nothing"
        raise QueryError(message, line=line, column=column)
    body = _body(code)
    word = re.match(r"\w*", body)
    if word and word[0].upper() in UPDATES:
        message = f"{word[0].upper()} is refused: the graph is only read; use {', '.join(FORMS)}"
        line, column = _place(code, len(code) - len(body))
        raise QueryError(message, line=line, column=column)


def without_text(query: str) -> str:
    """The query with comments and texts blanked, IRIs kept; places stay the same."""

    def blank(match: re.Match[str]) -> str:
        return match[0] if match[1] else re.sub(r"[^\n\r]", " ", match[0])

    return _NOT_CODE.sub(blank, query)


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
    why = next(_find_reasons(found[3], code, prefixes), "")
    return QueryError(f"{where}; {why}" if why else where, line=line, column=column)


def _find_reasons(expected: str, code: str, prefixes: Iterable[str]) -> Iterator[str]:
    declared = {*prefixes, *_DECLARED.findall(code)}
    body = _body(code)
    for match in _NAME.finditer(body):
        if match[1] and match[1] not in declared:
            near = difflib.get_close_matches(match[1], sorted(declared), n=1)
            yield f"prefix {match[1]}: is not declared" + (f", did you mean {near[0]}:?" if near else "")
    word = re.match(r"\w*", body)
    if word and word[0].upper() not in FORMS:
        near = difflib.get_close_matches(word[0].upper(), FORMS, n=1)
        yield f"a query begins with {', '.join(FORMS)}" + (f"; did you mean {near[0]}?" if near else "")
    sentence = re.search(r"[A-Z][a-z\w]* [A-Za-z]+ [\w ,'?-]{10,150}", expected)
    if sentence:
        yield sentence[0].strip(" ,")
    for left, right in ("{}", "()"):
        if body.count(left) != body.count(right):
            yield f"{body.count(left)} {left!r} and {body.count(right)} {right!r} do not match"


def _body(code: str) -> str:
    """What follows the declarations of a query."""
    prologue = _PROLOGUE.match(code)
    return code[prologue.end() :] if prologue else code


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _sorted(rows: Iterable[tuple[Term | None, ...]]) -> tuple[tuple[Term | None, ...], ...]:
    return tuple(sorted(rows, key=lambda row: tuple(str(term) for term in row)))


def _found_nothing(result: Result) -> bool:
    """Whether there is no row, a false ASK, or one row of zeros and blanks, as counting nothing gives."""
    if result.truth is not None:
        return not result.truth
    if len(result.rows) == 1:
        return all(term is None or (isinstance(term, ox.Literal) and term.value == "0") for term in result.rows[0])
    return not result.rows


def _find_unknown(code: str, store: ox.Store, prefixes: dict[str, str]) -> Iterable[str]:
    """A warning for each name in our namespaces that neither ontology nor data has, with the nearest that there is."""
    known = {**prefixes, **dict(re.findall(r"PREFIX\s*([^\s:]*):\s*<([^>]*)>", code, re.IGNORECASE))}
    body = _body(code)
    iris = dict.fromkeys(
        known.get(match[1], "") + (match[2] or "") if match[1] else match[3] for match in _NAME.finditer(body)
    )
    ours = _own_names() if any(iri.startswith(DGM) for iri in iris) else set()
    terms: set[str] = set()
    entities: set[str] = set()
    for iri in iris:
        if iri.startswith(DGM) and iri[len(DGM) :] not in ours:
            terms = terms or ours | _term_names(store)
            yield from _suggest(iri, DGM, "dgm:", terms, "term")
        elif iri.startswith(prefixes["id"]) and "/" not in iri[len(prefixes["id"]) :]:
            entities = entities or _entity_names(store, prefixes["id"])
            yield from _suggest(iri, prefixes["id"], "id:", entities, "entity")


def _suggest(iri: str, namespace: str, prefix: str, known: set[str], kind: str) -> Iterable[str]:
    name = iri[len(namespace) :]
    if name and name not in known:
        near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
        kind = "property" if kind == "term" and name[0].islower() else "class" if kind == "term" else kind
        yield f"no {kind} {prefix}{name}" + (f"; did you mean {prefix}{near[0]}?" if near else " in this graph")


def _own_names() -> set[str]:
    """Local names of our namespace in the ontology."""
    ontology = read_turtle([ontology_folder() / "dragoman.ttl"])
    subjects = (quad.subject.value for quad in ontology if isinstance(quad.subject, ox.NamedNode))
    return {iri[len(DGM) :] for iri in subjects if iri.startswith(DGM)}


def _term_names(store: ox.Store) -> set[str]:
    """Local names of our namespace in the data, which may have terms of a user's own; this reads all of it."""
    found: set[str] = set()
    for quad in store:
        found.add(quad.predicate.value)
        if isinstance(quad.object, ox.NamedNode):
            found.add(quad.object.value)
    return {iri[len(DGM) :] for iri in found if iri.startswith(DGM)}


def _entity_names(store: ox.Store, base: str) -> set[str]:
    kind = ox.NamedNode(DGM + "Entity")
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind)
    return {quad.subject.value[len(base) :] for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _find_base(store: ox.Store) -> str:
    suffix = "build/activity"
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(PROV + "Activity")):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.endswith(suffix):
            return quad.subject.value[: -len(suffix)]
    return BASE
