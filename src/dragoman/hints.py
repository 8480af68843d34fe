"""Why a query cannot be read, or finds nothing: the place, the likely reason, and the nearest name that there is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from dragoman.ontology import ENTITY, ontology_folder, read_turtle
from dragoman.vocabulary import DGM, RDF, RDFS, SKOS

__all__ = ["FORMS", "body_of", "find_reasons", "find_unknown", "find_untagged", "place_of", "without_text"]

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
"""First words of a query, after its declarations."""

_NOT_CODE = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|(<[^<>"{}|^`\\\s]*>)'''
    r"|\#[^\n\r]*",
    re.DOTALL,
)
_PROLOGUE = re.compile(r"\s*(?:BASE\s*<[^>]*>\s*|PREFIX\s*[^\s:]*:\s*<[^>]*>\s*)*", re.IGNORECASE)
_DECLARED = re.compile(r"PREFIX\s*([^\s:]*):\s*<([^>]*)>", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w:-])([A-Za-z][\w-]*):([\w.%-]*[\w%-])?|<([^<>\s]+)>")
_WORD = re.compile(r"(?<![?$@\w:<-])[A-Za-z_]{3,}(?![\w:-])")
_NAMING = tuple(map(ox.NamedNode, (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label")))
_KEYWORDS = """
    ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN
    IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED
    NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR
    SERVICE SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TRUE
    UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
"""
"""Words of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), where a mistyped one is looked for."""


def without_text(query: str) -> str:
    """The query with comments and texts blanked, IRIs kept; places stay the same.

    >>> without_text("ASK { ?x ?y 'SERVICE' } # all")
    'ASK { ?x ?y           }      '
    """

    def blank(match: re.Match[str]) -> str:
        return match[0] if match[1] else re.sub(r"[^\n\r]", " ", match[0])

    return _NOT_CODE.sub(blank, query)


def body_of(code: str) -> str:
    """What follows the declarations of a query."""
    prologue = _PROLOGUE.match(code)
    return code[prologue.end() :] if prologue else code


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of the character at `offset`."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def find_reasons(expected: str, code: str, prefixes: Iterable[str]) -> Iterator[str]:
    """Why a query may be no SPARQL, the likeliest first.

    :param expected: what the parser says that it wanted; used only where it is a sentence.
    :param code: the query :func:`without_text`.
    """
    declared = {*prefixes, *(name for name, _ in _DECLARED.findall(code))}
    body = body_of(code)
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
    keywords = _KEYWORDS.split()
    for match in _WORD.finditer(body):
        near = difflib.get_close_matches(match[0].upper(), keywords, n=1, cutoff=0.75)
        if near and near[0] != match[0].upper():
            yield f"there is no {match[0]}, did you mean {near[0]}?"


def find_unknown(code: str, store: ox.Store, prefixes: dict[str, str]) -> Iterable[str]:
    """A warning for each name in our namespaces that neither ontology nor data has, with the nearest that there is."""
    known = {**prefixes, **dict(_DECLARED.findall(code))}
    body = body_of(code)
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


def find_untagged(query: str, store: ox.Store) -> Iterator[str]:
    """A warning for each text of the query that is a name in the graph but for its language, which names have."""
    for words in dict.fromkeys(_plain_texts(query)):
        tagged = ox.Literal(words, language="en")
        if any(any(store.quads_for_pattern(None, name, tagged)) for name in _NAMING):
            yield f'no name is "{words}", as names have a language: write "{words}"@en'


def _plain_texts(query: str) -> Iterator[str]:
    """The texts without language or type of a query, but for those that a function is given, or gives."""
    for match in _NOT_CODE.finditer(query):
        text, before, after = match[0], query[: match.start()].rstrip(), query[match.end() :]
        is_text = text[0] in "\"'" and "\\" not in text and not after.startswith(("@", "^^"))
        if is_text and not before.endswith(("(", ",")) and not re.search(r"\)\s*!?=$", before):
            yield text.strip(text[0])


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
    kind = ox.NamedNode(DGM + ENTITY)
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind)
    return {quad.subject.value[len(base) :] for quad in quads if isinstance(quad.subject, ox.NamedNode)}
