"""Take pictures of a page: `picture.py GRAPH.html PICTURE.png [ENTITY]`, or all looks into a folder with `--looks`.

    picture.py graphs/un-oic/graph/graph.html graphs/un-oic/page.png
    picture.py --looks graphs/un-oic/graph/graph.html FOLDER

ENTITY is the last part of an entity's IRI; the picture shows its surroundings, its claims, and the first quote opened.
The looks are the page in light and dark, on a phone, with the help, an entity and a link chosen. Needs playwright and
Chromium.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ENTITY = "organization-of-islamic-cooperation"
SIZE = {"width": 1280, "height": 760}
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ZOOM = 2
"""Steps by which the drawing is larger than when the page opens."""
GLIDE = 700
"""Milliseconds in which a change of view comes to rest."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of a page.")
    parser.add_argument("page", type=Path)
    parser.add_argument("target", type=Path, help="the picture, or with --looks a folder")
    parser.add_argument("entity", nargs="?", default=ENTITY)
    parser.add_argument("--looks", action="store_true", help="take the page in all its looks")
    options = parser.parse_args()
    take = take_looks if options.looks else take_picture
    take(options.page, options.target, options.entity)


def take_picture(page_path: Path, picture: Path, entity: str = ENTITY) -> None:
    """Write what Chromium shows of the page, in light colours, to `picture`."""
    with opened(page_path, f"#entity={entity}&theme=light", viewport=SIZE) as page:
        page.locator("#panel summary").first.click()
        page.wait_for_timeout(GLIDE)
        for _ in range(ZOOM):
            page.locator("#zoom-in").click()
            page.wait_for_timeout(GLIDE)
        page.mouse.move(1, 1)
        page.screenshot(path=picture)


def take_looks(page_path: Path, folder: Path, entity: str = ENTITY) -> None:
    """Write a picture of each look of the page into `folder`, named for it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (fragment, settings, act) in LOOKS.items():
        with opened(page_path, fragment.format(entity=entity), **settings) as page:
            act(page)
            page.wait_for_timeout(GLIDE)
            page.screenshot(path=folder / f"{name}.png")


def _open_link(page: Any) -> None:
    page.locator("#panel .tags .link").first.click()


def _open_help(page: Any) -> None:
    page.keyboard.press("?")


def _open_filters(page: Any) -> None:
    page.locator("#drawer").click()


def _nothing(page: Any) -> None:
    pass


LOOKS: dict[str, tuple[str, dict[str, Any], Callable[[Any], None]]] = {
    "light": ("", {"viewport": DESK}, _nothing),
    "dark": ("", {"viewport": DESK, "color_scheme": "dark"}, _nothing),
    "entity": ("#entity={entity}", {"viewport": DESK}, _nothing),
    "entity-dark": ("#entity={entity}", {"viewport": DESK, "color_scheme": "dark"}, _nothing),
    "link": ("#entity={entity}", {"viewport": DESK}, _open_link),
    "focus": ("#entity={entity}&focus={entity}~1", {"viewport": DESK}, _nothing),
    "help": ("", {"viewport": DESK}, _open_help),
    "phone": ("", {"viewport": PHONE, "is_mobile": True, "has_touch": True}, _nothing),
    "phone-entity": ("#entity={entity}", {"viewport": PHONE, "is_mobile": True, "has_touch": True}, _nothing),
    "phone-filters": ("", {"viewport": PHONE, "is_mobile": True, "has_touch": True}, _open_filters),
}
"""Each look by name: the fragment of its address, how the browser is set, what is done."""


@contextmanager
def opened(page_path: Path, fragment: str, **settings: Any) -> Iterator[Any]:
    """The page, drawn and at rest, in a browser without a network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=ARGUMENTS
        )
        context = browser.new_context(offline=True, reduced_motion="reduce", **{"color_scheme": "light", **settings})
        page = context.new_page()
        page.goto(f"{page_path.resolve().as_uri()}{fragment}")
        page.locator("html[data-drawn=yes]").wait_for(state="attached")
        yield page
        browser.close()


if __name__ == "__main__":
    main()
