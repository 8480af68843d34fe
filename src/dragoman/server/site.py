"""A request to its answer: the pages of the server's own, the SPARQL endpoint, and an address for each IRI.

Requests name pages and IRIs, never files, so that no path leads to a file that is not served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from dragoman.query import Limits, QueryLimitError
from dragoman.questions import QuestionError, answer, fill, find_terms
from dragoman.server.addresses import ONTOLOGY, RESOURCE
from dragoman.server.context import SHOWN, Context, load_context
from dragoman.server.endpoint import answer_query
from dragoman.server.messages import SPARQL, STYLE, Answer, Request, refusal
from dragoman.server.negotiation import HTML
from dragoman.server.resources import open_iri, open_terms
from dragoman.vocabulary import DGM, RDF

__all__ = ["Site", "load_site"]

GRAPH_PAGE, MEASURES, REPORT = "graph.html", "measures.csv", "report.txt"
QUESTION = "/questions/"
PAGE_POLICY = "frame-ancestors 'none'"
"""``graph.html`` brings a policy of its own, which admits its own scripts and no request."""


def load_site(folder: Path, *, rows: int, on_disk: bool = False) -> Site:
    """The site of the build in `folder`, whose answers have at most so many `rows`, from memory or its store on disk.

    :raises RecordError: if the build is missing or damaged.
    :raises StoreError: if a store on disk is wanted, and cannot be made.
    """
    return Site(load_context(folder, rows=rows, on_disk=on_disk, taken=ROUTES))


@dataclass(frozen=True)
class Site:
    """Pages and answers from one build."""

    context: Context

    def respond(self, request: Request) -> Answer:
        """The answer to `request`; a fault of the request is told, not raised."""
        if request.path in ROUTES:
            return ROUTES[request.path](self.context, request)
        if request.path.startswith(QUESTION):
            return _ask(self.context, unquote(request.path[len(QUESTION) :]), request)
        iri = self.context.addresses.iri(request.path)
        if iri:
            return open_iri(self.context, iri, request)
        return self.context.missing("there is no such page", request)


def _home(context: Context, _: Request) -> Answer:
    facts = context.facts
    counts = [(kind, facts.count(RDF + "type", DGM + cls)) for kind, cls in COUNTED.items()]
    has_page = (context.folder / GRAPH_PAGE).is_file()
    return context.page(
        "home", counts=counts, has_page=has_page, base=context.addresses.base, top=facts.most_connected(12)
    )


def _entities(context: Context, request: Request) -> Answer:
    sought = request.value("name").strip()
    things = context.facts.entities
    if sought:
        found = context.names.search(sought)
        things = [thing for thing in things if thing.iri in found]
        if len(things) == 1:
            return Answer(303, HTML, b"", (("location", context.addresses.of(things[0].iri)),))
    return context.page("entities", things=things[:SHOWN], more=max(len(things) - SHOWN, 0), sought=sought)


def _ask(context: Context, name: str, request: Request) -> Answer:
    question = context.questions.get(name)
    if question is None:
        return context.missing(f"there is no question {name!r}", request)
    values = {parameter.name: request.value(parameter.name) for parameter in question.parameters}
    result, fault, query = None, None, ""
    if request.value("ask") or all(values[parameter.name] for parameter in question.parameters if parameter.required):
        try:
            terms = find_terms(context.names, question, values)
            query = fill(question, terms)
            result = answer(context.store, question, terms, limits=Limits(rows=context.rows))
        except (QuestionError, QueryLimitError) as error:
            fault = error
    return context.page(
        "question",
        status=400 if fault else 200,
        question=question,
        values=values,
        result=result,
        fault=fault,
        shown=SHOWN,
        query=query,
    )


def _file(context: Context, name: str, media: str, policy: str = "") -> Answer:
    try:
        data = (context.folder / name).read_bytes()
    except OSError:
        return refusal(404, f"this build has no {name}")
    return Answer(200, media, data, (("content-security-policy", policy),) if policy else ())


COUNTED = {"documents": "Document", "entities": "Entity", "claims": "Claim"}
ROUTES: Mapping[str, Callable[[Context, Request], Answer]] = {
    "/": _home,
    SPARQL: answer_query,
    RESOURCE: lambda context, request: open_iri(context, request.value("iri"), request),
    STYLE: lambda context, _: Answer(200, "text/css; charset=utf-8", context.pages.style),
    ONTOLOGY: open_terms,
    "/entities": _entities,
    "/documents": lambda context, _: context.page("documents", documents=context.facts.documents()),
    "/measures": lambda context, _: context.page("measures", rows=context.facts.most_connected(SHOWN)),
    "/questions": lambda context, _: context.page("questions", questions=list(context.questions.values())),
    "/report.txt": lambda context, _: _file(context, REPORT, "text/plain; charset=utf-8"),
    "/measures.csv": lambda context, _: _file(context, MEASURES, "text/csv; charset=utf-8"),
    "/graph.html": lambda context, _: _file(context, GRAPH_PAGE, f"{HTML}; charset=utf-8", PAGE_POLICY),
}
"""The pages of the server's own, by their path."""
