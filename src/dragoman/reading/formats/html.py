"""A page of HTML becomes its main text: headings, paragraphs, lists and tables, each known by its XPath.

What runs around the text is left out: what the page marks as such (``nav``, ``footer``, ``aside``, hidden parts, the
roles of https://www.w3.org/TR/wai-aria-1.2/#landmark_roles) and lists of nothing but links. The main text is what
the page marks (``main``, ``article``), else the smallest element that holds most of the prose. Headings, items and
tables are written as Markdown has them. The parser is lexbor's, https://lexbor.com, by selectolax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dragoman.reading.decoding import Decoded, decode, decode_as
from dragoman.reading.formats.markup import find_metadata
from dragoman.reading.formats.parsed import Limits, Options, Parsed, TextWriter, UnreadableError, load_library, tidy

__all__ = ["parse_html", "read", "write_page"]

ORIGIN = "HTML metadata"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("area base br col embed hr img input link meta param source track wbr")
CLOSED_ALONE = _words("p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt body html head")
"""Elements whose end may be left out, so that a missing one tells nothing of depth."""
NO_TEXT = _words(
    "script style noscript template svg math iframe object embed canvas video audio map head button input select "
    "textarea datalist progress meter nav footer aside dialog menu"
)
NO_TEXT_ROLES = _words("navigation banner contentinfo complementary search dialog alertdialog menu toolbar")
INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)[^<>]*?(/?)>")
CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9._-]{2,40})""", re.I)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
MOST_PROSE = 0.75
"""Share of a page's prose that an element holds which the main text is looked for in."""
LINKED = 0.6
"""Share of a list's words that are links, from which on it is a menu."""
LEAST_LINKS = 3
LONGEST_CELL = 300
"""Characters of a table's cell; one with more holds a part of the page."""


def read(data: bytes, options: Options) -> Parsed:
    """The main text of a page.

    :raises UnreadableError: for elements in elements beyond the limit.
    :raises UndecodableError: for what is no text in any encoding.
    """
    declared = CHARSET.search(data[:4096])
    decoded = (decode_as(data, declared[1].decode("ascii")) if declared else None) or decode(data)
    return parse_html(decoded, options.limits)


def parse_html(page: Decoded, limits: Limits) -> Parsed:
    """The main text of a page that is text already.

    :raises UnreadableError: for elements in elements beyond the limit.
    """
    tree = to_tree(page.text, limits)
    writer = TextWriter()
    metadata = find_metadata(tree, page.text)
    write_page(tree, writer, title=metadata.title)
    return Parsed(writer.text(), tuple(writer.places), metadata, origin=ORIGIN, notes=(page.note,) if page.note else ())


def to_tree(page: str, limits: Limits) -> Any:
    """The parsed page.

    :raises UnreadableError: for elements in elements beyond the limit, on which the parser's time grows as the square.
    """
    parser = load_library("selectolax.lexbor", "html", "HTML pages")
    if (depth := _measure_depth(page)) > limits.nesting:
        raise UnreadableError(
            f"elements nested {depth} deep, more than the limit of {limits.nesting}; --limit nesting="
        )
    return parser.LexborHTMLParser(page)


def _measure_depth(page: str) -> int:
    """How deep elements stand in elements, at most, none of whose ends may be left out."""
    depth = deepest = 0
    for match in TAG.finditer(page):
        name = match[2].lower()
        if name in VOID or name in CLOSED_ALONE or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def write_page(tree: Any, writer: TextWriter, *, title: str = "", element: str = "", whole: bool = False) -> None:
    """Add the main text of a parsed page, or the `whole`, with the `title` above it if the text does not have it.

    :param element: what each place begins with, before the XPath.
    """
    body = tree.body
    if body is None:
        return
    weights = _weigh(body)
    root, path = (body, "/html/body") if whole else _find_main(body, weights)
    blocks = list(_find_blocks(root, path, weights))
    shown = {" ".join(block.text.lstrip("#- ").split()).casefold() for block in blocks[:12]}
    if title and " ".join(title.split()).casefold() not in shown:
        writer.add(f"# {title}", element=element)
    for before, block in zip([None, *blocks], blocks, strict=False):
        rows = before is not None and before.is_row and block.is_row
        writer.add(block.text, element=f"{element}{block.path}", gap="\n" if rows else "\n\n")


@dataclass(slots=True)
class _Weight:
    """How many characters an element holds: all, those in paragraphs of prose, and those in links."""

    text: int = 0
    prose: int = 0
    linked: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    path: str
    is_row: bool = False


@dataclass(slots=True)
class _Open:
    """An element that is being written: its children still to come, and how many of each name were seen."""

    node: Any
    path: str
    child: Any
    seen: dict[str, int] = field(default_factory=dict)
    marks: bool = False  # whether it is an item or a heading
    mark: str = ""  # what its first paragraph is still to begin with


def _is_left_out(node: Any) -> bool:
    if node.tag in NO_TEXT:
        return True
    attributes = node.attributes
    return bool(
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (attributes.get("role") or "").lower() in NO_TEXT_ROLES
        or HIDDEN.search(attributes.get("style") or "")
    )


def _weigh(body: Any) -> dict[int, _Weight]:
    """The weight of each element, by its id, from the innermost out."""
    weights: dict[int, _Weight] = {}
    stack: list[tuple[Any, bool, bool]] = [(body, False, False)]
    while stack:
        node, done, linked = stack.pop()
        if done:
            parent = node.parent
            own = weights[node.mem_id]
            if node.tag in {"p", "blockquote"} and own.text - own.linked > 40:
                own.prose = max(own.prose, own.text - own.linked)
            if parent is not None and parent.mem_id in weights:
                above = weights[parent.mem_id]
                above.text += own.text
                above.prose += own.prose
                above.linked += own.linked
                above.links += own.links + (node.tag == "a")
            continue
        weights[node.mem_id] = own = _Weight()
        linked = linked or node.tag == "a"
        stack.append((node, True, linked))
        child = node.child
        while child is not None:
            if child.is_text_node:
                length = len((child.text_content or "").strip())
                own.text += length
                own.linked += length * linked
            elif child.is_element_node and not _is_left_out(child):
                stack.append((child, False, linked))
            child = child.next
    return weights


def _find_main(body: Any, weights: dict[int, _Weight]) -> tuple[Any, str]:
    """The element that holds the main text, and its XPath."""
    for selector in ("main", '[role="main"]', '[itemprop="articleBody"]', "article"):
        found = [node for node in body.css(selector) if node.mem_id in weights]
        total = sum(weights[node.mem_id].text for node in found)
        best = max(found, key=lambda node: weights[node.mem_id].text, default=None)
        if best is not None and total and weights[best.mem_id].text >= MOST_PROSE * total:
            body = best
            break
    else:
        body = _narrow(body, weights)
    return body, _to_path(body)


def _narrow(node: Any, weights: dict[int, _Weight]) -> Any:
    """The innermost element that holds most of the prose of `node`."""
    least = MOST_PROSE * weights[node.mem_id].prose
    while least:
        children = (child for child in _elements(node) if child.mem_id in weights)
        inner = next((child for child in children if weights[child.mem_id].prose >= least), None)
        if inner is None or inner.tag in {"p", "blockquote"}:
            break
        node = inner
    return node


def _elements(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next


def _to_path(node: Any) -> str:
    """The XPath of an element."""
    steps: list[str] = []
    while node is not None and node.is_element_node:
        before, number = node.prev, 1
        while before is not None:
            number += before.is_element_node and before.tag == node.tag
            before = before.prev
        steps.append(node.tag if node.tag in {"html", "body"} else f"{node.tag}[{number}]")
        node = node.parent
    return "/" + "/".join(reversed(steps))


def _find_blocks(root: Any, path: str, weights: dict[int, _Weight]) -> Iterator[_Block]:
    """Headings, paragraphs, items and rows below an element, in the order of the page."""
    stack = [_Open(root, path, root.child)]
    words: list[str] = []
    cells: list[str] = []
    row: _Open | None = None

    def take() -> Iterator[_Block]:
        text = tidy("".join(words))
        words.clear()
        if text and row:
            cells.append(text.replace("\n", " ").replace("|", "/"))
        elif text:
            marking = next((level for level in reversed(stack) if level.marks), stack[0])
            inner = next((level for level in reversed(stack) if level.node.tag not in INLINE), stack[0])
            yield _Block(f"{marking.mark} {text}" if marking.mark else text, inner.path)
            marking.mark = ""

    while stack:
        top = stack[-1]
        child = top.child
        if child is None:
            if top.node.tag not in INLINE:
                yield from take()
            stack.pop()
            if top is row:
                if cells:
                    yield _Block(f"| {' | '.join(cells)} |", top.path, is_row=True)
                cells, row = [], None
            continue
        top.child = child.next
        if child.is_text_node:
            words.append(_written(child.text_content or "", stack))
        if not child.is_element_node:
            continue
        tag = child.tag
        top.seen[tag] = top.seen.get(tag, 0) + 1
        if tag == "br":
            words.append("\n")
        if child.mem_id not in weights or tag in VOID or _is_menu(child, weights):
            continue
        if tag not in INLINE:
            yield from take()
        opened = _Open(child, f"{top.path}/{tag}[{top.seen[tag]}]", child.child)
        if tag == "li" or tag in HEADINGS:
            opened.marks = True
            opened.mark = HEADINGS.get(tag) or (f"{top.seen[tag]}." if top.node.tag == "ol" else "-")
        stack.append(opened)
        if row is None and tag == "tr" and _is_row(child, weights):
            row = opened


def _written(text: str, stack: list[_Open]) -> str:
    """Text as it shows: where it is not set beforehand, the ends of its lines are blanks."""
    return text if any(level.node.tag == "pre" for level in stack[-4:]) else " ".join(text.split("\n"))


def _is_row(node: Any, weights: dict[int, _Weight]) -> bool:
    """Whether a row is one of a table, and not of a page that is laid out by tables."""
    cells = [weights[cell.mem_id] for cell in _elements(node) if cell.mem_id in weights]
    return all(cell.text <= LONGEST_CELL for cell in cells) and node.css_first("table") is None


def _is_menu(node: Any, weights: dict[int, _Weight]) -> bool:
    """Whether a list or a part of the page is next to nothing but links."""
    if node.tag not in {"ul", "ol", "div", "section", "table"}:
        return False
    weight = weights[node.mem_id]
    return weight.links >= LEAST_LINKS and weight.linked > LINKED * weight.text and not weight.prose
