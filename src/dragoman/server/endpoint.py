"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): a query to its answer in the form wanted.

For people the answer is a page with a form for the next query, and each IRI in it leads on.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from dragoman.answers import format_result
from dragoman.query import Limits, QueryError, QueryLimitError, Result, Term, run_query
from dragoman.server.context import SHOWN, Context, typed
from dragoman.server.messages import SPARQL, Answer, Request, refusal
from dragoman.server.negotiation import HTML, ROWS, TRIPLES, choose
from dragoman.vocabulary import XSD

__all__ = ["answer_query"]

EXAMPLES = ("who-mediates", "who-supports-whom", "disputed", "conflict-instruments", "most-connected", "speakers")
"""Questions that the page of an empty query offers."""
RESULT_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle")
"""Names under http://www.w3.org/ns/formats/."""


def answer_query(context: Context, request: Request) -> Answer:
    """The answer to the query of `request`; without one, the page to write it, or what this endpoint can do."""
    accept = {**TRIPLES, **ROWS}.get(request.value("format"), request.accept)
    if not any(name == "query" for name, _ in request.values):
        if choose(accept, [TRIPLES["turtle"], HTML]) == HTML:
            return context.page("query", query="", examples=_examples(context))
        return Answer(200, typed(TRIPLES["turtle"]), _describe_service().encode())
    text = request.value("query")
    as_page = choose(accept, [*ROWS.values(), *TRIPLES.values()]) == HTML
    try:
        result = run_query(
            context.store,
            text,
            base=context.addresses.base,
            limits=Limits(rows=context.rows),
            default_graphs=request.all("default-graph-uri"),
            named_graphs=request.all("named-graph-uri"),
        )
    except QueryError as error:
        status = 413 if isinstance(error, QueryLimitError) else 400
        if as_page:
            return context.page("query", status=status, query=text, fault=error, examples=_examples(context))
        return refusal(status, str(error))
    forms = TRIPLES if result.kind == "construct" else ROWS
    media = choose(accept, list(forms.values()))
    if not media:
        return refusal(406, f"no such form of this answer; one of: {', '.join(forms.values())}")
    if media == HTML:
        others = [form for form in forms if form != "html"]
        return context.page("query", query=text, result=result, shown=SHOWN, forms=others)
    if result.kind == "construct":
        return context.triples([ox.Triple(*row) for row in result.rows], media)  # type: ignore[arg-type]
    return Answer(200, typed(media), _format_rows(result, media).encode())


def _examples(context: Context) -> list[tuple[str, str]]:
    from dragoman.questions import fill

    known = context.questions
    return [(known[name].title, fill(known[name], {})) for name in EXAMPLES if name in known]


def _format_rows(result: Result, media: str) -> str:
    if media == ROWS["xml"]:
        return _format_xml(result)
    return format_result(result, next(form for form, name in ROWS.items() if name == media))


def _format_xml(result: Result) -> str:
    """SPARQL Query Results XML Format, https://www.w3.org/TR/rdf-sparql-XMLres/."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    if result.truth is not None:
        lines.append(f"<head/><boolean>{'true' if result.truth else 'false'}</boolean>")
    else:
        lines.append(f"<head>{''.join(f'<variable name={quoteattr(name)}/>' for name in result.variables)}</head>")
        lines.append("<results>")
        for row in result.rows:
            bound = zip(result.variables, row, strict=True)
            cells = (f"<binding name={quoteattr(name)}>{_to_xml(term)}</binding>" for name, term in bound if term)
            lines.append(f"<result>{''.join(cells)}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>", ""])


def _to_xml(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return f"<triple>{''.join(f'<{name}>{_to_xml(part)}</{name}>' for name, part in parts)}</triple>"
    text = escape(term.value, {"\r": "&#13;"})
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype.value == XSD + "string":
        return f"<literal>{text}</literal>"
    return f"<literal datatype={quoteattr(term.datatype.value)}>{text}</literal>"


def _describe_service() -> str:
    """SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/."""
    formats = ",\n        ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in RESULT_FORMATS)
    return (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n\n"
        f"<{SPARQL}> a sd:Service ;\n    sd:endpoint <{SPARQL}> ;\n"
        f"    sd:supportedLanguage sd:SPARQL11Query ;\n    sd:resultFormat {formats} .\n"
    )
