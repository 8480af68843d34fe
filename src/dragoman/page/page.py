"""Entities and claims become `graph.html`: pyvis's network in a template of our own, everything inside the one file.

pyvis (https://pyvis.readthedocs.io) holds the nodes and edges and renders them; its own template is not used, since it
loads from other hosts and lets a tooltip become markup. What documents say stands in the page only as JSON, from which
the page's script makes text, never markup. A Content-Security-Policy (https://www.w3.org/TR/CSP3/) admits the page's
own scripts and styles by their hash and no request of any kind, and Trusted Types (https://www.w3.org/TR/trusted-types/)
keep every script from making markup of a string.
"""
# mypy: allow-untyped-calls
# (pyvis has no types)

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from dragoman.ontology import Ontology
from dragoman.page.data import Json, page_data, to_edges, to_nodes
from dragoman.page.selection import select
from dragoman.records import Claim, Document, Entity
from dragoman.standins import import_pyvis

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["format_json", "format_page", "to_network", "write_page"]

LIBRARY = "vendor/vis-network.min.js"
SCRIPTS = (
    *("model", "view", "dom", "looks", "canvas", "labels", "claims", "panel", "filters", "dates", "search"),
    *("address", "save", "vector", "steps", "page"),
)
"""Parts of the page's script, in the order in which they are joined."""
INJECTED = re.compile(r"""[;}]A\((["'])(?=[^"'{]*\{)((?:[^"'\\]++|\\.|(?!\1)["'])*)\1\)""")
"""Style sheets that the library adds to the page when it starts: what it hands to the function that does so."""
UNSAFE = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029"}
"""Signs that could end a script element, or that old script engines take for the end of a line."""
HALVES = "surrogatepass"
"""How half a surrogate pair gets through UTF-8."""


def write_page(
    path: Path,
    *,
    entities: Sequence[Entity],
    claims: Sequence[Claim],
    documents: Sequence[Document],
    measures: Mapping[str, Mapping[str, float]],
    ontology: Ontology,
    title: str,
    communities: Mapping[str, str] | None = None,
) -> None:
    """Write the page to `path`, beside it first, so that a build that is killed leaves the old page whole."""
    text = format_page(
        entities=entities,
        claims=claims,
        documents=documents,
        measures=measures,
        ontology=ontology,
        title=title,
        communities=communities,
    )
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n", errors="replace")
    beside.replace(path)


def format_page(
    *,
    entities: Sequence[Entity],
    claims: Sequence[Claim],
    documents: Sequence[Document],
    measures: Mapping[str, Mapping[str, float]],
    ontology: Ontology,
    title: str,
    communities: Mapping[str, str] | None = None,
) -> str:
    """The whole page as text, the same for the same input; of a large graph, a part (:mod:`dragoman.page.selection`).

    :param measures: name of a measure to the value of each entity id; the page sizes nodes by the one chosen.
    :param communities: the name of the community of each entity id that has one; the page filters by them.
    :raises ValueError: for a claim whose subject, object or speaker is none of `entities`.
    """
    chosen = select(entities, claims)
    network = to_network(chosen.entities, chosen.claims, ontology, title=title)
    data = page_data(
        chosen,
        documents=documents,
        measures=measures,
        ontology=ontology,
        communities=communities,
    )
    return _render(network, data)


def to_network(entities: Sequence[Entity], claims: Sequence[Claim], ontology: Ontology, *, title: str) -> Network:
    """pyvis's network of the entities and claims, placed, coloured and shaped, with physics off.

    Nodes and edges are set at once: pyvis's own ``add_node`` and ``add_edge`` look through all that were added before.
    """
    import_pyvis()
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", heading=title)
    network.nodes = to_nodes(entities, claims, ontology)
    network.node_map = {node["id"]: node for node in network.nodes}
    network.node_ids = list(network.node_map)
    network.edges = to_edges(entities, claims, ontology)
    network.toggle_physics(False)
    return network


def format_json(value: object) -> str:
    """JSON that may stand inside a script element of an HTML page.

    >>> format_json({"a": "</script>&"})
    '{"a":"\\\\u003c/script\\\\u003e\\\\u0026"}'
    """
    try:
        text = msgspec.json.encode(value)
    except UnicodeEncodeError:  # half a surrogate pair, which the file will hold a question mark for
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(errors=HALVES)
    for sign, escape in UNSAFE.items():
        text = text.replace(sign, escape)
    return text.decode(errors=HALVES)


def _render(network: Network, data: Json) -> str:
    library = _read(LIBRARY)
    style = _read("page.css")
    script = "(() => {\n'use strict';\n" + "\n".join(_read(f"scripts/{name}.js") for name in SCRIPTS) + "\n})();\n"
    environment = Environment(
        loader=DictLoader({"template.html": _read("template.html")}), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["json"] = _json_markup
    environment.globals.update(
        style=Markup(style),
        library=Markup(library),
        script=Markup(script),
        scripts=_hashes(library, script),
        styles=_hashes(style, "", *(re.sub(r"\\(.)", r"\1", text) for _, text in INJECTED.findall(library))),
        data=data,
    )
    network.templateEnv = environment
    text: str = network.generate_html("graph.html", notebook=False)
    return text


def _json_markup(value: Any) -> Markup:
    return Markup(format_json(value))


def _hashes(*texts: str) -> Markup:
    """The texts as sources of a policy."""
    return Markup(" ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts))


def _read(name: str) -> str:
    return files("dragoman.page").joinpath(*name.split("/")).read_text(encoding="utf-8")
