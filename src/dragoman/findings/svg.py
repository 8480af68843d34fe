"""SVG 1.1 as text: elements whose texts and attributes are escaped, https://www.w3.org/TR/SVG11/.

There are no ``style`` attributes and no scripts, so that a Content-Security-Policy need allow neither.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

__all__ = ["cut", "element", "fit", "mark", "picture", "text"]

ADVANCE = 0.58
"""Mean width of a letter, in heights of its font."""


def element(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """An element; of an attribute's name, ``_`` at the end is left out and else stands for ``-``.

    >>> str(element("text", "a < b", x=1.50, text_anchor="end", class_="said"))
    '<text x="1.5" text-anchor="end" class="said">a &lt; b</text>'
    """
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items()
    )
    return Markup(f"<{name}{listed}>{''.join(map(escape, children))}</{name}>")


def picture(width: float, height: float, parts: Iterable[Markup], *, title: str) -> Markup:
    """A whole drawing, that scales with its place and tells its title to those who cannot see it."""
    return element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        width=width,
        height=height,
        role="img",
        aria_label=title,
    )


def text(words: str, x: float, y: float, *, told: str = "", **attributes: object) -> Markup:
    """Words at a place; `told` is shown under the pointer."""
    children = (element("title", told), Markup(escape(words))) if told else (Markup(escape(words)),)
    return element("text", *children, x=x, y=y, **attributes)


def mark(shape: str, x: float, y: float, size: float, *, told: str = "", **attributes: object) -> Markup:
    """A mark of the shape that the ontology names, its middle at a place and `size` from there to its edge."""
    title = [element("title", told)] if told else []
    corners: dict[str, list[tuple[float, float]]] = {
        "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
        "square": [(-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)],
        "triangle": [(0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
        "triangleDown": [(0, 1.2), (1.15, -0.9), (-1.15, -0.9)],
        "hexagon": [(-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)],
    }
    if shape not in corners:
        return element("circle", *title, cx=x, cy=y, r=size, **attributes)
    points = " ".join(f"{_number(x + size * dx)},{_number(y + size * dy)}" for dx, dy in corners[shape])
    return element("polygon", *title, points=points, **attributes)


def fit(words: str, width: float, *, size: float = 12.5) -> str:
    """`words`, cut and marked where they would not fit into `width` at a font of `size`.

    >>> fit("Organization of Islamic Cooperation", 100)
    'Organization…'
    """
    return cut(words, max(int(width / (size * ADVANCE)), 2))


def cut(words: str, most: int) -> str:
    """`words`, cut and marked if they are more than `most` letters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
