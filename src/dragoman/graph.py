"""Records to an RDF dataset: what each document states in a named graph of its own, beside names, measures, provenance.

======================  ================================================================================================
graph                   holds
======================  ================================================================================================
``document/NAME``       what one document states, named by the document itself: its description and what it mentions,
                        each claim that it states, the quotes of its own that the claim was read from, and the plain
                        triple of each claim that it asserts (both ways where the property is symmetric)
``graph/names``         entities: classes, labels, codes, the same thing elsewhere
``graph/agreement``     what only the whole corpus tells of a claim: how many documents state it, what contradicts it
``graph/measures``      numbers of the network of asserted claims
``graph/terms``         label, definition and parents of each class and property in use
``graph/provenance``    PROV-O: software, ontology, model, settings, and the documents that were read
======================  ================================================================================================

A claim that two documents state has one IRI; its triples stand in both graphs and are one in the merged default graph.
Standards: RDF 1.1, PROV-O (https://www.w3.org/TR/prov-o/), Web Annotation selectors
(https://www.w3.org/TR/annotation-model/), SKOS labels, Dublin Core. There are no blank nodes and there is no clock, so
that the same records give the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from dragoman.ontology import ENTITY, Ontology
from dragoman.provenance import Provenance, describe_provenance
from dragoman.quotes import CORROBORATION, DERIVED_FROM, Described, LoneClaim, Quote, expand
from dragoman.records import Claim, Document, Entity, Evidence, Modality
from dragoman.serialization import CACHED, END, Subject, iter_lines, write_nquads, write_turtle
from dragoman.vocabulary import BASE, DC, DCTERMS, DETAILS, DGM, OWL, RDF, RDFS, SKOS, XSD, Iris, clean, evidence_id

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "MEASURES",
    "Provenance",
    "describe_all",
    "to_measure_quads",
    "to_quads",
    "to_rdflib",
    "to_rdflib_graph",
    "write_nquads",
    "write_turtle",
]

SaidOfOne = tuple[str, list[tuple[str, str]]]
"""A subject, and what is said of it: properties and objects, all as N-Triples writes them."""
Said = Iterable[SaidOfOne]

MEASURES = ("degree", "betweenness", "closeness", "eigenvector", "pagerank")
"""Measures of an entity in the network of asserted claims; each is written as the property of this name."""
BATCH = 10_000
"""Lines that are parsed at a time."""
DATATYPES = {4: XSD + "gYear", 7: XSD + "gYearMonth", 10: XSD + "date"}
"""Datatype of a date by its length, that is, by its precision."""

_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"))
"""How N-Triples writes what stands in texts that can otherwise be printed as they are; the first goes first."""
_IRI = re.compile(r"""https?://[^\x00-\x20<>"{}|\\^`\ud800-\udfff]+""")


def describe_all(
    *,
    documents: Iterable[Document],
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    measures: Mapping[str, Mapping[str, float]],
    ontology: Ontology,
    provenance: Provenance,
    repeats: Iterable[tuple[str, str]] = (),
    base: str = BASE,
) -> Iterator[Described]:
    """Everything that a build found, graph by graph, documents by name and claims by id; a subject may come often.

    :param measures: for each of MEASURES, or some of them, a number per entity id.
    :param repeats: names of documents that share a source, two and two.
    :param base: what every IRI starts with; it ends in ``/`` or ``#``.
    :raises ValueError: if a claim or measure names an entity, document, class or property that is not there, or an
        entity is the same as something that is no IRI.
    """
    iris = Iris(base)
    documents = sorted(documents, key=lambda document: document.name)
    entities = sorted(entities, key=lambda entity: entity.id)
    claims = sorted(claims, key=lambda claim: claim.id)
    _check_references(documents, entities, claims, measures, ontology)
    nodes = {entity.id: _entity(entity.id, iris) for entity in entities}
    mentions: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        for name in entity.documents:
            mentions[name].append(nodes[entity.id])
    stated: dict[str, list[tuple[Claim, Sequence[Evidence]]]] = defaultdict(list)
    for claim in claims:
        if len(claim.evidence) == 1:  # as of most
            stated[claim.evidence[0].document].append((claim, claim.evidence))
            continue
        for name, several in groupby(sorted(claim.evidence), attrgetter("document")):
            stated[name].append((claim, list(several)))

    for document in documents:
        graph = iris.document(document.name)
        source = str(graph)
        yield from _in(graph, _describe_document(document, mentions[document.name], iris))
        for claim, pieces in stated[document.name]:
            quotes = [_to_quote(evidence, source, iris) for evidence in pieces]
            yield from quotes
            lone = _to_lone_claim(claim, quotes[0], nodes, iris)
            if _is_lone(claim):
                yield lone
            else:
                more = [(DERIVED_FROM, quote.node) for quote in quotes[1:]]
                more += [(_READER, _text(reader)) for reader in claim.readers]
                yield from _in(graph, [(lone.node, [*lone.said(), *more])])
            if claim.modality is Modality.ASSERTED:
                yield from _in(graph, _describe_plainly(claim, ontology, nodes))
    yield from _in(iris.graph("names"), (_describe_entity(entity, ontology, nodes) for entity in entities))
    disputed = (_describe_agreement(claim, iris) for claim in claims if not _is_lone(claim))
    yield from _in(iris.graph("agreement"), disputed)
    yield from _in(iris.graph("agreement"), _describe_repeats(repeats, iris))
    yield from _in(iris.graph("measures"), _describe_measures(measures, iris))
    yield from _in(iris.graph("terms"), _describe_terms(entities, claims, ontology))
    told = describe_provenance(provenance, documents, iris)
    yield from _in(iris.graph("provenance"), ((str(node), [(str(link), str(value))]) for node, link, value in told))


def to_quads(described: Iterable[Described]) -> Iterator[ox.Quad]:
    """What is said of subjects and quotes, as quads."""
    lines = iter_lines(expand(described))
    while batch := "".join(islice(lines, BATCH)):
        yield from ox.parse(batch, format=ox.RdfFormat.N_QUADS)


def to_measure_quads(
    measures: Mapping[str, Mapping[str, float]],
    communities: Mapping[str, str],
    *,
    name: str = "measures",
    base: str = BASE,
) -> Iterator[ox.Quad]:
    """The graph of `measures`, and of the name of each entity's community, as quads of the graph ``graph/NAME``."""
    iris = Iris(base)
    named = ((_entity(id_, iris), [(_dgm("community"), _text(name_))]) for id_, name_ in sorted(communities.items()))
    yield from to_quads(_in(iris.graph(name), chain(_describe_measures(measures, iris), named)))


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """The same quads as an rdflib dataset whose default graph is the union of all, as in ``graph.ttl``.

    >>> len(to_rdflib([]))
    0
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    convert = _rdflib_converter()
    graphs: dict[Any, rdflib.Graph] = {ox.DefaultGraph(): dataset.default_graph}
    for quad in quads:
        if quad.graph_name not in graphs:
            graphs[quad.graph_name] = dataset.graph(convert(quad.graph_name))
        graphs[quad.graph_name].add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    for prefix, iri in Iris().prefixes.items():
        dataset.bind(prefix, iri)
    return dataset


def to_rdflib_graph(quads: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """The triples of all graphs, merged, as one rdflib graph.

    >>> len(to_rdflib_graph(ox.parse("<http://e.org/a> a <http://e.org/b> .", format=ox.RdfFormat.TURTLE)))
    1
    """
    import rdflib

    graph, convert = rdflib.Graph(), _rdflib_converter()
    for quad in quads:
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    for prefix, iri in Iris().prefixes.items():
        graph.bind(prefix, iri)
    return graph


def _rdflib_converter() -> Callable[[Any], Any]:
    """A function that turns a term of Oxigraph into rdflib's, each term once."""
    import rdflib

    terms: dict[Any, Any] = {}

    def convert(term: Any) -> Any:
        if term not in terms:
            if isinstance(term, ox.NamedNode):
                terms[term] = rdflib.URIRef(term.value)
            elif isinstance(term, ox.BlankNode):
                terms[term] = rdflib.BNode(term.value)
            elif term.language or term.datatype.value == XSD + "string":
                terms[term] = rdflib.Literal(term.value, lang=term.language)
            else:
                datatype = rdflib.URIRef(term.datatype.value)
                terms[term] = rdflib.Literal(term.value, datatype=datatype)
        return terms[term]

    return convert


def _in(graph: ox.NamedNode, said: Said) -> Iterator[Subject]:
    end = f" {graph}{END}"
    return ((subject, tuple([(predicate, object_, end) for predicate, object_ in pairs])) for subject, pairs in said)


def _check_references(
    documents: Sequence[Document],
    entities: Sequence[Entity],
    claims: Sequence[Claim],
    measures: Mapping[str, Mapping[str, float]],
    ontology: Ontology,
) -> None:
    names = {document.name for document in documents}
    ids = {entity.id for entity in entities}
    if len(names) != len(documents) or len(ids) != len(entities):
        raise ValueError("two documents share a name, or two entities an id")
    for entity in entities:
        if entity.cls in ontology.classes and names.issuperset(entity.documents) and not entity.same_as:
            continue  # as of most
        _check_known((entity.cls,), ontology.classes, "entity {}: class", entity.id)
        _check_known(entity.documents, names, "entity {}: document", entity.id)
        for iri in entity.same_as:
            if not _IRI.fullmatch(iri):
                raise ValueError(f"entity {entity.id}: {iri!r} in same_as is no http(s) IRI")
    for claim in claims:
        whose = (claim.subject, claim.predicate, claim.object)
        ends = (claim.subject, claim.object, claim.speaker or claim.subject)
        if claim.predicate in ontology.properties and ids.issuperset(ends) and names.issuperset(claim.documents):
            continue  # as of all
        _check_known((claim.predicate,), ontology.properties, "claim {} {} {}: property", *whose)
        _check_known(ends, ids, "claim {} {} {}: entity", *whose)
        _check_known(claim.documents, names, "claim {} {} {}: document", *whose)
    _check_known(measures, MEASURES, "measure")
    for measure, values in measures.items():
        _check_known(values, ids, "measure {}: entity", measure)


def _check_known(names: Iterable[str], known: Collection[str], what: str, *whose: str) -> None:
    for name in names:
        if name not in known:
            some = ", ".join(sorted(known)[:5])
            raise ValueError(f"{what.format(*whose)} {name!r} is not there; there are {some or 'none'} …")


def _describe_document(document: Document, mentioned: Iterable[str], iris: Iris) -> Said:
    said = [(_A, _DOCUMENT), (_IDENTIFIER, _text(document.name)), (_SHA256, _text(document.sha256))]
    known = ((_TITLE, document.title), (_CREATOR, document.author), (_GENRE, document.genre))
    said += [(predicate, _text(value)) for predicate, value in known if value]
    if document.date:
        said.append((_DOCUMENT_DATE, _date(document.date)))
    details = ((iri, getattr(document, name)) for name, iri in DETAILS.items())
    said += [(_iri(iri), _text(value)) for iri, value in details if value]
    said += [(_MENTIONS, node) for node in mentioned]
    yield str(iris.document(document.name)), said


def _describe_plainly(claim: Claim, ontology: Ontology, nodes: Mapping[str, str]) -> Said:
    """The plain triple of a claim, both ways where the property is symmetric."""
    subject, predicate, object_ = nodes[claim.subject], _dgm(claim.predicate), nodes[claim.object]
    said = [(subject, [(predicate, object_)])]
    return [*said, (object_, [(predicate, subject)])] if ontology.properties[claim.predicate].symmetric else said


def _is_lone(claim: Claim) -> bool:
    """Whether all that is said of a claim can be told in short."""
    return len(claim.evidence) == 1 and not claim.contradicts and not claim.readers


def _to_lone_claim(claim: Claim, quote: Quote, nodes: Mapping[str, str], iris: Iris) -> LoneClaim:
    """The claim as the document of `quote` states it, as if there were no other quote."""
    return LoneClaim(
        _claim(claim.id, iris),
        quote.node,
        f"<{iris.base}graph/agreement>",
        _text(claim.rule),
        quote.document,
        nodes[claim.subject],
        _dgm(claim.predicate),
        nodes[claim.object],
        _dgm(claim.modality),
        _decimal(claim.confidence),
        _integer(claim.corroboration),
        _date(claim.date) if claim.date else "",
        nodes[claim.speaker] if claim.speaker else "",
    )


def _to_quote(evidence: Evidence, document: str, iris: Iris) -> Quote:
    return Quote(
        f"<{iris.base}evidence/{evidence_id(evidence)}>",
        _text(evidence.exact),
        _text(evidence.prefix),
        _text(evidence.suffix),
        f'"{evidence.span.start}"',
        f'"{evidence.span.end}"',
        f'"{evidence.page}"' if evidence.page else "",
        _text(evidence.element) if evidence.element else "",
        document,
    )


def _describe_entity(entity: Entity, ontology: Ontology, nodes: Mapping[str, str]) -> SaidOfOne:
    said = [(_A, _dgm(cls)) for cls in (entity.cls, *ontology.classes[entity.cls].ancestors, ENTITY)]
    label = clean(entity.label)
    said.append((_PREF_LABEL, _text(label, "en")))
    said += [(_ALT_LABEL, _text(name, "en")) for name in entity.names if clean(name) != label]
    said += [(_SAME_AS, _iri(iri)) for iri in entity.same_as]
    if entity.code:
        said.append((_ISO3, _text(entity.code)))
    return nodes[entity.id], said


def _describe_agreement(claim: Claim, iris: Iris) -> SaidOfOne:
    said = [(CORROBORATION, _integer(claim.corroboration))]
    said += [(_CONTRADICTS, _claim(other, iris)) for other in claim.contradicts]
    return _claim(claim.id, iris), said


def _describe_repeats(repeats: Iterable[tuple[str, str]], iris: Iris) -> Said:
    for first, second in sorted(set(repeats)):
        yield str(iris.document(first)), [(_SHARES_SOURCE, str(iris.document(second)))]
        yield str(iris.document(second)), [(_SHARES_SOURCE, str(iris.document(first)))]


def _describe_measures(measures: Mapping[str, Mapping[str, float]], iris: Iris) -> Said:
    by_entity: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for measure, values in sorted(measures.items()):
        predicate = _dgm(measure)
        for id_, value in values.items():
            by_entity[id_].append((predicate, _double(value)))
    for id_, said in sorted(by_entity.items()):
        yield _entity(id_, iris), said


def _describe_terms(entities: Iterable[Entity], claims: Iterable[Claim], ontology: Ontology) -> Said:
    """Classes in use with all above them, so that the most specific class of an entity shows without the ontology."""
    specific = {entity.cls for entity in entities}
    for name in sorted(specific.union(*(ontology.classes[cls].ancestors for cls in specific))):
        term = ontology.classes[name]
        above = _dgm(term.ancestors[0] if term.ancestors else ENTITY)
        said = [(_A, _CLASS), (_LABEL, _text(term.label, "en")), (_SUB_CLASS_OF, above)]
        if term.definition:
            said.append((_DEFINITION, _text(term.definition, "en")))
        yield _dgm(name), said
    for name in sorted({claim.predicate for claim in claims}):
        relation = ontology.properties[name]
        said = [(_A, _OBJECT_PROPERTY), (_LABEL, _text(relation.label, "en"))]
        if relation.definition:
            said.append((_DEFINITION, _text(relation.definition, "en")))
        if relation.symmetric:
            said.append((_A, _SYMMETRIC))
        yield _dgm(name), said


def _entity(id_: str, iris: Iris) -> str:
    return f"<{iris.base}{id_}>"


def _claim(id_: str, iris: Iris) -> str:
    return f"<{iris.base}claim/{id_}>"


def _text(value: str, language: str = "") -> str:
    if value.isprintable() or value.replace("\n", " ").isprintable():  # as most are
        for sign, escape in _ESCAPES:
            if sign in value:
                value = value.replace(sign, escape)
        return f'"{value}"@{language}' if language else f'"{value}"'
    return str(ox.Literal(clean(value), language=language or None))


@lru_cache(maxsize=CACHED)
def _integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


@lru_cache(maxsize=CACHED)
def _decimal(value: float) -> str:
    """To two digits."""
    return f'"{value:.2f}"^^<{XSD}decimal>'


@lru_cache(maxsize=CACHED)  # most values of a measure are those of many entities
def _double(value: float) -> str:
    """To ten significant digits, in the canonical form of XML Schema, which Turtle takes without quotation marks.

    >>> [_double(value).partition("^")[0] for value in (0.125, 12.0, 0.0)]
    ['"1.25E-1"', '"1.2E1"', '"0.0E0"']
    """
    mantissa, exponent = f"{value:.9E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f'"{mantissa}{"0" if mantissa.endswith(".") else ""}E{int(exponent)}"^^<{XSD}double>'


def _date(value: str) -> str:
    """`value` typed by its precision."""
    return f'"{value}"^^<{DATATYPES[len(value)]}>'


@lru_cache(maxsize=CACHED)
def _dgm(local: str) -> str:
    return f"<{DGM}{local}>"


def _iri(iri: str) -> str:
    return f"<{iri}>"


_A = _iri(RDF + "type")
_DOCUMENT = _dgm("Document")
_SHA256, _MENTIONS, _GENRE, _ISO3 = _dgm("sha256"), _dgm("mentions"), _iri(DC + "type"), _dgm("iso3")
_READER = _dgm("reader")
_CONTRADICTS = _dgm("contradicts")
_SHARES_SOURCE = _dgm("sharesSourceWith")
_IDENTIFIER, _TITLE, _DOCUMENT_DATE, _CREATOR = (
    _iri(DCTERMS + local) for local in ("identifier", "title", "date", "creator")
)
_PREF_LABEL, _ALT_LABEL, _DEFINITION = (_iri(SKOS + local) for local in ("prefLabel", "altLabel", "definition"))
_SAME_AS, _CLASS, _OBJECT_PROPERTY, _SYMMETRIC = (
    _iri(OWL + local) for local in ("sameAs", "Class", "ObjectProperty", "SymmetricProperty")
)
_LABEL, _SUB_CLASS_OF = _iri(RDFS + "label"), _iri(RDFS + "subClassOf")
