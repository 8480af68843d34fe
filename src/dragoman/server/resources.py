"""An IRI of the graph to what there is of it: a page for people, triples for programs.

One address serves both, by content negotiation (https://www.w3.org/TR/cooluris/): HTML, Turtle, JSON-LD, N-Triples or
RDF/XML. A quote opens within the page of its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from dragoman.record import text_path
from dragoman.server.context import Context
from dragoman.server.messages import Answer, Request, refusal
from dragoman.server.negotiation import HTML, TRIPLES, choose
from dragoman.server.views import Quote
from dragoman.vocabulary import DGM, OA, OWL, PROV, RDF

__all__ = ["Piece", "cut_at", "open_iri", "open_terms"]


def open_iri(context: Context, iri: str, request: Request) -> Answer:
    """What there is of `iri`, in the form that `request` wants."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return context.missing("this is no IRI", request, status=400)
    media = _media(request)
    if not media:
        return refusal(406, f"no such form; one of: {', '.join(TRIPLES.values())}")
    if not context.facts.about(iri) and not context.store.contains_named_graph(node):
        return context.missing(f"nothing in this graph is <{iri}>", request)
    if media != HTML:
        return context.triples(_triples_about(context, node), media)
    types = context.facts.types(iri)
    page = next((PAGES[cls] for cls in PAGES if cls in types), _open_other)
    return page(context, iri)


def open_terms(context: Context, request: Request) -> Answer:
    """The classes and properties in use, with their definitions."""
    kinds = {"Classes": OWL + "Class", "Properties": OWL + "ObjectProperty"}
    terms = [(kind, context.facts.subjects(RDF + "type", cls)) for kind, cls in kinds.items()]
    media = _media(request)
    if media == HTML:
        return context.page("terms", kinds=[(kind, sorted(map(context.facts.term, iris))) for kind, iris in terms])
    iris = [iri for _, found in terms for iri in found]
    return context.triples(context.facts.triples(iris), media or TRIPLES["turtle"])


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text and the quotes that cover it, the longest first; `begins` are those it begins."""

    text: str
    covers: tuple[Quote, ...] = ()
    begins: tuple[Quote, ...] = ()


def cut_at(text: str, quotes: Sequence[Quote]) -> list[Piece]:
    """`text` cut where quotes begin and end, so that each piece lies wholly within a quote or wholly outside."""
    inside = [quote for quote in quotes if 0 <= quote.start < quote.end <= len(text)]
    marks = sorted({0, len(text), *(place for quote in inside for place in (quote.start, quote.end))})
    starting: dict[int, list[Quote]] = defaultdict(list)
    for quote in inside:
        starting[quote.start].append(quote)
    pieces: list[Piece] = []
    active: list[Quote] = []
    for start, end in pairwise(marks):
        active = [quote for quote in active if quote.end > start] + starting[start]
        longest = sorted(active, key=lambda quote: (quote.start - quote.end, quote.iri))
        pieces.append(Piece(text[start:end], tuple(longest), tuple(starting[start])))
    return pieces


def _media(request: Request) -> str:
    return choose(TRIPLES.get(request.value("format"), request.accept), list(TRIPLES.values()))


def _triples_about(context: Context, node: ox.NamedNode) -> list[ox.Triple]:
    """What is said of `node` and of what it cannot be read without: a claim's quotes, and their words and places.

    Of a graph that is nothing else, what it holds.
    """
    facts = context.facts
    if not facts.about(node.value):
        return [quad.triple for quad in context.store.quads_for_pattern(None, None, None, node)]
    quotes = [node.value, *facts.values(node.value, PROV + "wasDerivedFrom")]
    selectors = [selector for quote in quotes for selector in facts.values(quote, OA + "hasSelector")]
    return list(facts.triples([*quotes, *selectors]))


def _open_entity(context: Context, iri: str) -> Answer:
    return context.page("entity", entity=context.facts.entity(iri))


def _open_claim(context: Context, iri: str) -> Answer:
    claim = context.facts.claim(iri)
    return context.page("claim", claim=claim, against=[context.facts.claim(other) for other in claim.against])


def _open_quote(context: Context, iri: str) -> Answer:
    quote = context.facts.quote(iri)
    place = f"{context.addresses.of(quote.document.iri)}#{quote.anchor}"
    return Answer(303, "text/plain; charset=utf-8", b"", (("location", place),))


def _open_document(context: Context, iri: str) -> Answer:
    facts = context.facts
    document, quotes = facts.document(iri), facts.quotes_of(iri)
    claims = facts.claims_of(quotes)
    mentioned = sorted(map(facts.thing, facts.values(iri, DGM + "mentions")))
    try:
        text = text_path(context.folder, document.name).read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        text = ""  # a document without its text still has its claims
    return context.page(
        "document",
        document=document,
        pieces=cut_at(text, quotes),
        claims=claims,
        mentioned=mentioned,
    )


def _open_other(context: Context, iri: str) -> Answer:
    inside = context.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
    return context.page("resource", iri=iri, about=context.facts.about(iri), size=sum(1 for _ in inside))


PAGES: dict[str, Callable[[Context, str], Answer]] = {
    OA + "SpecificResource": _open_quote,
    DGM + "Document": _open_document,
    DGM + "Claim": _open_claim,
    DGM + "Entity": _open_entity,
}
"""The page of a thing, by its class; the first class that fits decides."""
