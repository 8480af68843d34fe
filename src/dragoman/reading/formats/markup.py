"""What a page of HTML tells of itself: JSON-LD, Open Graph, Dublin Core and the elements for it.

Sources: https://schema.org/Article, https://ogp.me, https://www.dublincore.org/specifications/dublin-core/dcq-html/.
What the page's publisher wrote for machines counts first; what is not there is left empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.reading.dates import parse_date
from dragoman.reading.metadata import Metadata

__all__ = ["find_metadata"]

SAVED = re.compile(r"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>\"]{1,2000})")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,2000}")
ARTICLES = re.compile(r"(?:\w*Article|\w*Posting|Report|WebPage|CreativeWork|SpeakableSpecification|\w*Document)$")
MOST_JSON = 1_000_000
"""Characters of the largest JSON-LD that is looked at."""
MOST_THINGS = 2000
NAMES = {
    "title": ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"),
    "date": (
        "article:published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
        "citation_publication_date", "citation_date", "publication_date", "pubdate", "date", "parsely-pub-date",
    ),
    "author": ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author", "byl", "parsely-author"),
    "organization": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher"),
    "venue": ("dc.coverage.spatial", "dcterms.spatial", "geo.placename"),
    "address": ("og:url", "dc.identifier.uri", "citation_public_url"),
}  # fmt: skip
"""Names of ``meta`` elements for each property, the best first."""


def find_metadata(tree: Any, page: str) -> Metadata:
    """What a parsed page tells of itself; `page` is its text."""
    things = list(_find_things(tree))
    metas = _find_metas(tree)
    found = {name: _first(metas.get(key, "") for key in keys) for name, keys in NAMES.items()}
    article = next((thing for thing in things if _is_article(thing)), {})
    author = _name_all(article.get("author"))
    address = _first(
        (
            _address(_attribute(tree, 'link[rel="canonical"]', "href")),
            _address(found["address"]),
            _address(article.get("url")),
        )
    )
    saved = SAVED.search(page[:4000])
    return Metadata(
        title=_line(article.get("headline")) or found["title"] or _text(tree, "h1") or _text(tree, "title"),
        date=_first(parse_date(value) for value in _find_dates(tree, article, found["date"])),
        author=author or ("" if ADDRESS.match(found["author"]) else found["author"]) or _text(tree, '[rel="author"]'),
        organization=_name_all(article.get("publisher")) or found["organization"],
        venue=_name_all(article.get("contentLocation") or article.get("locationCreated")) or found["venue"],
        address=address or (saved[1] if saved else ""),
    )


def _find_dates(tree: Any, article: Mapping[str, Any], named: str) -> Iterator[str]:
    yield _line(article.get("datePublished"))
    yield named
    for selector in ('[itemprop="datePublished"]', "article time[datetime]", "main time[datetime]", "time[datetime]"):
        node = tree.css_first(selector)
        if node is not None:
            yield node.attributes.get("datetime") or node.attributes.get("content") or node.text(deep=True)


def _find_metas(tree: Any) -> dict[str, str]:
    """The contents of ``meta`` elements by name in lower case, of each the first that is not empty."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop") or ""
        content = _line(node.attributes.get("content"))
        if content:
            found.setdefault(name.lower(), content)
    return found


def _find_things(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The things that JSON-LD in the page describes, those within others too."""
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text_content if node.is_text_node else node.text(deep=True)
        if not text or len(text) > MOST_JSON:
            continue
        try:
            to_see = [json.loads(text)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MOST_THINGS):
            if not to_see:
                break
            thing = to_see.pop(0)
            if isinstance(thing, list):
                to_see.extend(thing)
            elif isinstance(thing, dict):
                yield thing
                to_see.extend(
                    value for key, value in thing.items() if key in {"@graph", "mainEntity", "itemListElement"}
                )


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and ARTICLES.match(name) for name in names)


def _name_all(value: Any) -> str:
    """The names of one thing or several, joined by commas."""
    values = value if isinstance(value, list) else [value]
    names = (_line(thing.get("name")) if isinstance(thing, dict) else _line(thing) for thing in values[:20])
    return ", ".join(name for name in names if name and not ADDRESS.match(name))


def _line(value: Any) -> str:
    """A value as one line, "" for what is no text."""
    return " ".join(value.split())[:1000] if isinstance(value, str) else ""


def _text(tree: Any, selector: str) -> str:
    node = tree.css_first(selector)
    return _line(node.text(deep=True)) if node is not None else ""


def _attribute(tree: Any, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "") if node is not None else ""


def _address(value: Any) -> str:
    line = _line(value)
    return line if ADDRESS.fullmatch(line) else ""


def _first(values: Any) -> str:
    return next((value for value in values if value), "")
