"""The audit page in a real browser: marked by key, alone, and its table read back; and the page of coverage."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from dragoman.audit.drawing import draw
from dragoman.audit.marks import Mark, read_marks, to_decisions
from dragoman.audit.page import format_page
from dragoman.coverage import page as coverage_page
from small_record import CLAIMS, ENTITIES, ONTOLOGY, RECORD
from test_coverage import SKIPPED, TOTAL

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]

HOSTILE = "=<img src=x onerror=window.ran=1></script><script>window.ran=1</script>\u202e"
EVIL = replace(RECORD, entities=tuple(replace(e, label=HOSTILE) if e.id == "norland" else e for e in ENTITIES))
DRAWN = draw(CLAIMS, 5)
QUIET = ("data:", "blob:", "file:")


@pytest.fixture
def opened(tmp_path):
    """A function that opens a page's text in a browser without a network; nothing may be asked for or complained of."""
    heard = []
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(offline=True, accept_downloads=True, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.on("request", lambda request: heard.append(request.url))
        page.on("console", lambda message: heard.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))

        def show(text: str):
            path = tmp_path / "page.html"
            path.write_text(text, encoding="utf-8")
            page.goto(path.as_uri())
            return page

        yield show
        assert page.evaluate("window.ran") is None
        browser.close()
    assert [told for told in heard if not told.startswith(QUIET)] == []


def test_marks_by_key_leave_as_a_table_that_is_read_back(opened, tmp_path):
    page = opened(format_page(DRAWN, EVIL, ONTOLOGY))
    assert page.locator("#download").is_disabled()
    for key in "rwu":
        page.keyboard.press(key)
    page.keyboard.press("n")
    page.keyboard.type('of another, "surely"')
    page.keyboard.press("Enter")
    page.keyboard.press("w")
    assert page.locator("#status").inner_text() == "4 of 5 marked"
    assert page.locator("#progress").evaluate("bar => bar.value / bar.max") == 0.8
    page.keyboard.press("s")
    assert page.locator("#who").evaluate("e => e === document.activeElement && e.classList.contains('needed')")
    page.keyboard.type("=A. Reader")
    with page.expect_download() as download:
        page.locator("#download").click()
    assert download.value.suggested_filename == "marks.csv"
    download.value.save_as(tmp_path / "marks.csv")
    marks = read_marks(tmp_path / "marks.csv", EVIL)
    assert [one.mark for one in marks.marked] == [Mark.RIGHT, Mark.WRONG, Mark.UNSURE, Mark.WRONG]
    assert [one.claim.id for one in marks.marked] == [one.claim.id for one in DRAWN[:4]]
    assert [one.weight for one in marks.marked] == pytest.approx([one.weight for one in DRAWN[:4]], rel=1e-5)
    assert {one.who for one in marks.marked} == {"=A. Reader"}
    assert [one.why for one in marks.marked] == ["", "", "", 'of another, "surely"']
    assert to_decisions(marks.marked)


def test_marks_are_shown_kept_and_taken_back(opened):
    page = opened(format_page(DRAWN, EVIL, ONTOLOGY))
    page.keyboard.press("u")
    assert "unsure" in page.locator(".row").first.get_attribute("class")
    page.reload()
    assert page.locator("#status").inner_text() == "1 of 5 marked"
    page.locator(".row").first.click()
    assert page.get_by_role("button", name="Unsure").get_attribute("aria-pressed") == "true"
    page.keyboard.press("z")
    assert page.locator("#status").inner_text() == "0 of 5 marked"


def test_quote_stands_marked_in_its_context(opened):
    page = opened(format_page(DRAWN, EVIL, ONTOLOGY))
    quotes = page.locator("main mark").all_inner_texts()
    assert quotes == [piece.exact for piece in DRAWN[0].claim.evidence]
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("width", [420, 1280])
def test_page_of_coverage_asks_for_nothing_and_fits(opened, width):
    page = opened(coverage_page.format_page(TOTAL, SKIPPED, ONTOLOGY))
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("details.frame summary").first.click()
    assert page.get_by_text("State → Place, 4 times").is_visible()
    assert "holds <b>no</b> text" in page.locator("#documents").inner_text()
