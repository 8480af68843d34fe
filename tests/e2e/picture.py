"""Take the picture of a page that README shows: `picture.py GRAPH.html PICTURE.png [ENTITY]`.

ENTITY is the last part of an entity's IRI; its panel of claims is open in the picture. Needs playwright and Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ENTITY = "organization-of-islamic-cooperation"
SIZE = {"width": 1280, "height": 720}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]


def take_picture(page_path: Path, picture: Path, entity: str = ENTITY) -> None:
    """Write what Chromium shows of the page, in light colours, to `picture`."""
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=ARGUMENTS
        )
        context = browser.new_context(offline=True, viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{page_path.resolve().as_uri()}#entity={entity}&theme=light")
        page.locator("html[data-drawn=yes]").wait_for(state="attached")
        page.wait_for_timeout(500)  # the view glides to the entity
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])
