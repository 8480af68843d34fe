"""Shapes to faults, quickly: SHACL (https://www.w3.org/TR/shacl/) as SPARQL on a store, one query for each constraint.

Where pyshacl asks about one node at a time, a query asks about all of them at once, which takes seconds where pyshacl
takes many minutes (a graph of 1,000 documents). What is understood: targets by class, node, subjects and objects of a
property; property paths; how many values there are; the constraints in ``_TESTS`` and ``_COMPARED``; ``sh:sparql``.
Shapes that say anything else are refused, to be given to pyshacl; nothing is passed over in silence.

Oxigraph keeps every whole number as ``xsd:integer``, so that a datatype below it is told by the value alone.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import pyoxigraph as ox

from dragoman.graph import to_rdflib_graph
from dragoman.ontology import OntologyError
from dragoman.query import QueryError, in_deep_thread, refuse_what_reaches_out
from dragoman.querytext import UnknownConstraintError, iri_text, number_text, prefix_text, term_text
from dragoman.shapereader import MOST, SH, ShapeReader, Term
from dragoman.vocabulary import OWL, RDF, RDFS, XSD

__all__ = ["UnknownConstraintError", "Violation", "find_by_pyshacl", "find_by_sparql", "find_violations"]

UNTOLD = "a shape does not hold"
"""The message of a shape that has none."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a constraint of `shape`: by `value`, where one is at fault, along `path`, if that is an IRI.

    `label` is what the shape is called.
    """

    shape: str
    label: str
    node: str
    path: str
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class _Query:
    """A query whose rows are faults: ``?this`` the node, ``?value`` what is at fault."""

    sparql: str
    shape: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class _Places:
    """Where values stand: a pattern for the `whole` of it, and a `wider` one that, where it is `meant`, is the same.

    What breaks a constraint is seldom much. It is sought in the wider pattern, which is quick to look through.
    """

    whole: str
    wider: str
    meant: str = ""


def find_violations(store: ox.Store, shapes: ox.Store) -> list[Violation]:
    """Where `store`, data and ontology together, breaks one of `shapes`; each once, sorted."""
    _refuse_what_reaches_out(shapes)
    try:
        return find_by_sparql(store, shapes)
    except UnknownConstraintError:
        return find_by_pyshacl(store, shapes)


def find_by_sparql(store: ox.Store, shapes: ox.Store) -> list[Violation]:
    """What :func:`find_violations` finds, in seconds.

    :raises UnknownConstraintError: for a shape that says more than is understood here.
    """
    try:
        queries = list(_Compiler(store, shapes).compile())
    except RecursionError as cause:
        raise UnknownConstraintError("shapes that hold each other") from cause
    found = set()
    for query in queries:
        for told in _ask(store, query.sparql):
            value = _text(told["value"]) if "value" in told else None
            message = re.sub(r"\{[?$](\w+)\}", _filler(told), query.message)
            shape = query.shape
            found.add(Violation(shape, _label(shapes, shape), _text(told["this"]), query.path, value, message))
    return _sorted(found)


def find_by_pyshacl(store: ox.Store, shapes: ox.Store) -> list[Violation]:
    """What :func:`find_violations` finds, in minutes where the other takes seconds, but for all of SHACL."""
    import pyshacl
    from rdflib import SH, Graph, URIRef

    logging.getLogger("pyshacl-validate").disabled = True  # what it prints there, its error tells
    try:
        _, report, told = pyshacl.validate(
            to_rdflib_graph(store),
            shacl_graph=to_rdflib_graph(shapes),
            inference="none",
            do_owl_imports=False,
            advanced=False,
            allow_warnings=False,
        )
    except Exception as cause:  # of pyshacl and rdflib, whose errors have no base in common
        raise OntologyError(f"shapes that cannot be checked: {' '.join(str(cause).split())}") from cause
    if not isinstance(report, Graph):
        raise OntologyError(f"shapes that cannot be checked: {' '.join(str(told).split())}")
    owners = {_text(quad.object): quad.subject for quad in shapes.quads_for_pattern(None, _PROPERTY, None)}
    found = set()
    ends = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.resultMessage)
    for result in report.objects(None, SH.result):
        node, path, value, source, message = (report.value(result, end) for end in ends)
        told = str(path) if isinstance(path, URIRef) else ""
        shape = _text(owners[str(source)]) if str(source) in owners else str(source)
        shown = None if value is None else str(value)
        found.add(Violation(shape, _label(shapes, shape), str(node), told, shown, str(message or UNTOLD)))
    return _sorted(found)


def _refuse_what_reaches_out(shapes: ox.Store) -> None:
    """Refuse shapes whose queries would fetch something, before any of them runs."""
    for name in ("select", "ask", "construct", "update"):
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH + name), None):
            if isinstance(quad.object, ox.Literal):
                try:
                    refuse_what_reaches_out(quad.object.value)
                except QueryError as cause:
                    raise OntologyError(f"a shape's sh:{name}: {cause}") from cause


def _ask(store: ox.Store, sparql: str) -> list[dict[str, Term]]:
    """The rows of a query that was made of a shape, with the same bounds as any query of a stranger's.

    :raises UnknownConstraintError: for one that cannot be read, or would fetch something.
    """

    def find() -> list[dict[str, Term]]:
        rows = store.query(sparql)
        if not isinstance(rows, ox.QuerySolutions):
            return []
        names = [variable.value for variable in rows.variables]
        return [{name: row[name] for name in names if row[name] is not None} for row in rows]

    try:
        refuse_what_reaches_out(sparql)
        return in_deep_thread(find)
    except (QueryError, SyntaxError) as cause:
        raise UnknownConstraintError(f"a query of a shape: {cause}") from cause


def _sorted(violations: Iterable[Violation]) -> list[Violation]:
    return sorted(violations, key=lambda found: (found.shape, found.node, found.path, found.value or "", found.message))


def _label(shapes: ox.Store, shape: str) -> str:
    if not shape.startswith("http"):
        return ""
    labels = shapes.quads_for_pattern(ox.NamedNode(shape), ox.NamedNode(RDFS + "label"), None)
    return min((_text(quad.object) for quad in labels), default=shape)


def _filler(told: dict[str, Term]) -> Callable[[re.Match[str]], str]:
    return lambda match: _text(told.get(match[1]))


def _text(term: Term | None) -> str:
    return str(getattr(term, "value", term)) if term is not None else ""


def _union(patterns: Sequence[str]) -> str:
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


class _Compiler(ShapeReader):
    """Shapes to queries; the classes of `store` tell what is below what."""

    def __init__(self, store: ox.Store, shapes: ox.Store) -> None:
        super().__init__(shapes)
        self._store = store
        self._fresh, self._held = count(1), count(1)

    def compile(self) -> Iterator[_Query]:
        """The queries of all shapes that have a target."""
        for shape in self._targeted():
            targets = self._targets(shape)
            focus = f"{{ SELECT DISTINCT ?this WHERE {{ {_union(targets)} }} }}"
            yield from self._constraints(shape, _Places(focus, focus), "?this", "", shape)
            for nested in self._all(shape, "property"):
                path = self._one(nested, "path")
                told = path.value if isinstance(path, ox.NamedNode) else ""
                whole = f"{focus} ?this {self._path(path)} ?value ."
                steps = _union(self._steps(path))
                places = (
                    _Places(whole, steps, f" && EXISTS {{ {_union(targets)} }}") if steps else _Places(whole, whole)
                )
                yield from self._counts(nested, targets, path, told, shape)
                yield from self._constraints(nested, places, "?value", told, shape)

    def _targeted(self) -> list[Term]:
        names = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
        found = {quad.subject for name in names for quad in self._quads(None, name)}
        if any(self._quads(None, name) for name in ("target", "entailment")):
            raise UnknownConstraintError("a target by SPARQL")
        shapes = {quad.subject for quad in self._quads(None, "property")} | found
        for shape in sorted(shapes, key=str):
            types = {_text(quad.object) for quad in self._shapes.quads_for_pattern(shape, _TYPE, None)}
            if types & {RDFS + "Class", OWL + "Class"}:
                raise UnknownConstraintError(f"{shape}: a class that is its own target")
            if shape in found and self._quads(shape, "path"):
                raise UnknownConstraintError(f"{shape}: a property shape with a target of its own")
        return sorted(found, key=str)

    def _targets(self, shape: Term) -> list[str]:
        """Patterns that bind ``?this`` to each node that `shape` is about."""
        parts = []
        for target in self._all(shape, "targetClass"):
            parts.append(f"VALUES ?class {{ {self._below(target)} }} ?this a ?class .")
        if nodes := self._all(shape, "targetNode"):
            parts.append(f"VALUES ?this {{ {' '.join(map(term_text, nodes))} }}")
        parts += [f"?this {iri_text(target)} ?any ." for target in self._all(shape, "targetSubjectsOf")]
        parts += [f"?any {iri_text(target)} ?this ." for target in self._all(shape, "targetObjectsOf")]
        return parts

    def _steps(self, path: Term) -> list[str]:
        """Patterns that bind ``?value`` along a path of one step, or of one of several; none for other paths."""
        steps = [path] if isinstance(path, ox.NamedNode) else self._list(self._some(path, "alternativePath"))
        return [f"?this {step} ?value ." for step in steps] if all(isinstance(s, ox.NamedNode) for s in steps) else []

    def _constraints(self, shape: Term, places: _Places, value: str, path: str, root: Term) -> Iterator[_Query]:
        """Queries for the constraints on single values: one for all that test a value by itself."""
        bound = "" if value == "?value" else "BIND(?this AS ?value)"
        select = f"SELECT DISTINCT ?this ?value WHERE {{ {places.wider}"
        message, tests = self._message(shape), []
        for predicate, objects in self._parameters(shape):
            if predicate in _ASIDE or (predicate == "property" and shape == root) or predicate in _COUNTED:
                continue
            for object_ in objects:
                if predicate == "sparql":
                    yield self._sparql(object_, places.whole, path, root, shape)
                elif predicate in _COMPARED:
                    other, breaks = (text.format(object=iri_text(object_)) for text in _COMPARED[predicate])
                    sparql = f"{select} {other} FILTER({breaks}{places.meant}) {bound} }}"
                    yield _Query(sparql, _text(root), path, message)
                elif predicate in _TESTS:
                    tests.append(self._test(predicate, object_, value, shape))
                else:
                    raise UnknownConstraintError(f"{shape}: sh:{predicate}")
        if tests:
            sparql = f"{select} FILTER(!({' && '.join(tests)}){places.meant}) {bound} }}"
            yield _Query(sparql, _text(root), path, message)

    def _counts(self, shape: Term, targets: list[str], path: Term, told: str, root: Term) -> Iterator[_Query]:
        """A query for each constraint on how many values there are."""
        kind = self._some(shape, "qualifiedValueShape")
        fits = f"FILTER({self._holds(kind, '?value')})" if kind is not None else ""
        values = f"?this {self._path(path)} ?value ."
        focus = "{{ SELECT DISTINCT ?this WHERE {{ {} }} }}"
        meant = _union(targets)
        for name, wanted, pattern in (
            ("minCount", "<", values),
            ("maxCount", ">", values),
            ("qualifiedMinCount", "<", f"{values} {fits}"),
            ("qualifiedMaxCount", ">", f"{values} {fits}"),
        ):
            for limit in self._all(shape, name):
                one = _text(limit) == "1"
                if one and wanted == "<":
                    lacking = _union([part for part in targets if part != f"?this {path} ?any ." or pattern != values])
                    sparql = f"SELECT ?this WHERE {{ {focus.format(lacking)} FILTER NOT EXISTS {{ {pattern} }} }}"
                elif one and name == "maxCount" and isinstance(path, ox.NamedNode):
                    several = f"!SAMETERM(?value, ?other) && EXISTS {{ {meant} }}"
                    sparql = f"SELECT DISTINCT ?this WHERE {{ {values} ?this {path} ?other FILTER({several}) }}"
                else:
                    body = pattern if wanted == ">" else f"OPTIONAL {{ {pattern} }}"
                    having = f"HAVING(COUNT(DISTINCT ?value) {wanted} {number_text(limit)})"
                    sparql = f"SELECT ?this WHERE {{ {focus.format(meant)} {body} }} GROUP BY ?this {having}"
                yield _Query(sparql, _text(root), told, self._message(shape))

    def _sparql(self, constraint: Term, pattern: str, path: str, root: Term, shape: Term) -> _Query:
        query = _text(self._one(constraint, "select"))
        prefixes = "".join(
            f"PREFIX {prefix_text(self._one(declared, 'prefix'))}: {iri_text(self._one(declared, 'namespace'))}\n"
            for ontology in self._all(constraint, "prefixes")
            for declared in self._all(ontology, "declare")
        )
        match = _SELECT.fullmatch(query)
        if not match or "$PATH" in query:
            raise UnknownConstraintError(f"{shape}: sh:sparql that is no plain SELECT")
        message = self._message(constraint)
        return _Query(
            f"{prefixes}{match[1]}{{ {pattern} {match[2]}",
            _text(root),
            path,
            self._message(shape) if message == UNTOLD else message,
        )

    def _holds(self, shape: Term, value: str) -> str:
        """An expression that is true where the term in `value` conforms to `shape`."""
        tests = []
        if next(self._held) > MOST:
            raise OntologyError(f"{shape}: shapes within shapes come to more than {MOST:,}; make them fewer")
        for predicate, objects in self._parameters(shape):
            if predicate in _ASIDE:
                continue
            if predicate not in _TESTS:
                raise UnknownConstraintError(f"{shape}: sh:{predicate} within another shape")
            tests += [self._test(predicate, object_, value, shape) for object_ in objects]
        return " && ".join(tests) or "true"

    def _test(self, predicate: str, object_: Term, value: str, shape: Term) -> str:
        """An expression that is true where the term in `value` meets one constraint, and never an error."""
        return f"COALESCE(({_TESTS[predicate](self, object_, value, shape)}), false)"

    def _class(self, object_: Term, value: str, _: Term) -> str:
        name = f"?k{next(self._fresh)}"
        return f"EXISTS {{ VALUES {name} {{ {self._below(object_)} }} {value} a {name} }}"

    def _datatype(self, object_: Term, value: str, _: Term) -> str:
        datatype = _text(object_)
        if (local := datatype.removeprefix(XSD)) in _WHOLE:
            return f"DATATYPE({value}) = <{XSD}integer> && ISNUMERIC({value}) && {_WHOLE[local].format(value)}"
        iri = iri_text(object_)
        if local in {"decimal", "double", "float"}:
            return f"DATATYPE({value}) = {iri} && ISNUMERIC({value})"
        if local in {"date", "dateTime", "time", "boolean", "gYear", "gYearMonth"}:
            return f"DATATYPE({value}) = {iri} && {iri}(STR({value})) = {value}"
        return f"DATATYPE({value}) = {iri}"

    def _node_kind(self, object_: Term, value: str, _: Term) -> str:
        kinds = re.findall(r"IRI|BlankNode|Literal", _text(object_).removeprefix(SH))
        return " || ".join(f"{_KINDS[kind]}({value})" for kind in kinds)

    def _pattern(self, object_: Term, value: str, shape: Term) -> str:
        flags = self._some(shape, "flags")
        more = f", {term_text(flags)}" if flags is not None else ""
        return f"!ISBLANK({value}) && REGEX(STR({value}), {term_text(object_)}{more})"

    def _in(self, object_: Term, value: str, _: Term) -> str:
        return " || ".join(f"SAMETERM({value}, {term_text(member)})" for member in self._list(object_)) or "false"

    def _language_in(self, object_: Term, value: str, _: Term) -> str:
        tags = (f"LANGMATCHES(LANG({value}), {term_text(member)})" for member in self._list(object_))
        return f"ISLITERAL({value}) && ({' || '.join(tags)})"

    def _xone(self, object_: Term, value: str, _: Term) -> str:
        tests = (f"IF({self._holds(member, value)}, 1, 0)" for member in self._list(object_))
        return f"({' + '.join(tests)}) = 1"

    def _or(self, object_: Term, value: str, _: Term) -> str:
        return " || ".join(f"({self._holds(member, value)})" for member in self._list(object_))

    def _and(self, object_: Term, value: str, _: Term) -> str:
        return " && ".join(f"({self._holds(member, value)})" for member in self._list(object_))

    def _not(self, object_: Term, value: str, _: Term) -> str:
        return f"!({self._holds(object_, value)})"

    def _node(self, object_: Term, value: str, _: Term) -> str:
        return self._holds(object_, value)

    def _path(self, path: Term) -> str:
        if isinstance(path, ox.NamedNode):
            return str(path)
        if members := self._list(path):
            return "/".join(map(self._path, members))
        for name, form in _PATHS.items():
            for object_ in self._all(path, name):
                if name == "alternativePath":
                    return f"({'|'.join(map(self._path, self._list(object_)))})"
                return form.format(self._path(object_))
        raise UnknownConstraintError(f"{path}: is no property path")

    def _below(self, cls: Term) -> str:
        """`cls` and all classes below it."""
        iri_text(cls)
        found, to_see = {cls}, [cls]
        below = ox.NamedNode(RDFS + "subClassOf")
        while to_see:
            for quad in self._store.quads_for_pattern(None, below, to_see.pop()):
                if quad.subject not in found and isinstance(quad.subject, ox.NamedNode):
                    found.add(quad.subject)
                    to_see.append(quad.subject)
        return " ".join(sorted(map(str, found)))

    def _message(self, shape: Term) -> str:
        return _text(next(iter(self._all(shape, "message")), None)) or UNTOLD

    def _parameters(self, shape: Term) -> Iterator[tuple[str, list[Term]]]:
        """Local names of the properties of SHACL that `shape` has, with their values, sorted."""
        if isinstance(shape, ox.Literal | ox.Triple):
            return
        names = {quad.predicate.value for quad in self._shapes.quads_for_pattern(shape, None, None)}
        for name in sorted(names):
            if name.startswith(SH):
                yield name.removeprefix(SH), self._all(shape, name.removeprefix(SH))


_TYPE = ox.NamedNode(RDF + "type")
_PROPERTY = ox.NamedNode(SH + "property")
_SELECT = re.compile(r"(\s*SELECT\s[^{}]*?)\{(.*\}\s*)", re.IGNORECASE | re.DOTALL)
_ASIDE = frozenset(("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "message", "path", "flags")) | {
    *("name", "description", "order", "group", "severity", "defaultValue"),
}
"""What constrains nothing by itself."""
_COUNTED = frozenset(("minCount", "maxCount", "qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"))
_COMPARED = {
    "disjoint": ("?this {object} ?value .", "true"),
    "lessThan": ("?this {object} ?other .", "!COALESCE(?value < ?other, false)"),
}
"""For each constraint on two values, what binds the other, and an expression that is true where they break it."""
_KINDS = {"IRI": "ISIRI", "BlankNode": "ISBLANK", "Literal": "ISLITERAL"}
_WHOLE = {"integer": "true", "nonNegativeInteger": "{0} >= 0", "positiveInteger": "{0} > 0"}
_PATHS = {
    "inversePath": "^({})",
    "alternativePath": "",
    "zeroOrMorePath": "({})*",
    "oneOrMorePath": "({})+",
    "zeroOrOnePath": "({})?",
}
_TESTS: dict[str, Callable[[_Compiler, Term, str, Term], str]] = {
    "class": _Compiler._class,
    "datatype": _Compiler._datatype,
    "nodeKind": _Compiler._node_kind,
    "pattern": _Compiler._pattern,
    "in": _Compiler._in,
    "languageIn": _Compiler._language_in,
    "minLength": lambda _, object_, value, __: f"!ISBLANK({value}) && STRLEN(STR({value})) >= {number_text(object_)}",
    "maxLength": lambda _, object_, value, __: f"!ISBLANK({value}) && STRLEN(STR({value})) <= {number_text(object_)}",
    "minInclusive": lambda _, object_, value, __: f"{value} >= {term_text(object_)}",
    "maxInclusive": lambda _, object_, value, __: f"{value} <= {term_text(object_)}",
    "minExclusive": lambda _, object_, value, __: f"{value} > {term_text(object_)}",
    "maxExclusive": lambda _, object_, value, __: f"{value} < {term_text(object_)}",
    "xone": _Compiler._xone,
    "or": _Compiler._or,
    "and": _Compiler._and,
    "not": _Compiler._not,
    "node": _Compiler._node,
}
"""For each constraint on one value, what writes the expression that tells whether the value meets it."""
