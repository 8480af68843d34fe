"""Take the picture of a page that README shows: `picture.py GRAPH.html PICTURE.png [ENTITY]`.

ENTITY is the last part of an entity's IRI; the picture shows its surroundings, its claims, and the first quote opened.
Needs playwright and Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ENTITY = "organization-of-islamic-cooperation"
SIZE = {"width": 1280, "height": 760}
ZOOM = 2
"""Steps by which the drawing is larger than when the page opens."""
GLIDE = 700
"""Milliseconds in which a change of view comes to rest."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]


def take_picture(page_path: Path, picture: Path, entity: str = ENTITY) -> None:
    """Write what Chromium shows of the page, in light colours, to `picture`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=ARGUMENTS
        )
        context = browser.new_context(offline=True, viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{page_path.resolve().as_uri()}#entity={entity}&theme=light")
        page.locator("html[data-drawn=yes]").wait_for(state="attached")
        page.locator("#panel summary").first.click()
        page.wait_for_timeout(GLIDE)
        for _ in range(ZOOM):
            page.locator("#zoom-in").click()
            page.wait_for_timeout(GLIDE)
        page.mouse.move(1, 1)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])
