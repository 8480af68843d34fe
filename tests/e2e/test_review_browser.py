"""The review page in a real browser: what is clicked and pressed, and the table that leaves it, alone."""

from __future__ import annotations

import shutil

import pytest

from dragoman.decisions import Kind, parse_decisions, read_decisions
from dragoman.record import Record
from dragoman.records import Claim, Entity, Evidence, Modality, Span
from dragoman.review import format_review
from dragoman.vocabulary import BASE
from test_review import DOCUMENTS, ENTITIES, NAMES, ONTOLOGY, QUOTE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]

HOSTILE = "<img src=x onerror=window.ran=1></script><script>window.ran=1</script>\u202e"
FORMULA = Evidence("a.txt", Span(3, 9), '=HYPERLINK("x"),\n"y"', "", "")
CLAIMS = (
    Claim("norland", "supports", "vale-peace-agreement", Modality.ASSERTED, (QUOTE, FORMULA), "a rule", 0.3),
    Claim("norland", "opposes", "hostile", Modality.POSSIBLE, (QUOTE,), "a rule", 0.2, date="2031"),
)
RECORD = Record(DOCUMENTS, (*ENTITIES, Entity("hostile", "Plan", HOSTILE, documents=("a.txt",))), CLAIMS)
KEPT = "decision,subject,object,who,when,why\nrename,norland,Norland Council,AR,2031-05-02,so"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "review.html"
    path.write_text(format_review(RECORD, parse_decisions(KEPT, ONTOLOGY, base=BASE), NAMES)[0], encoding="utf-8")
    heard = []
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(offline=True, accept_downloads=True, viewport={"width": 1280, "height": 800})
        opened = context.new_page()
        opened.on("request", lambda request: heard.append(request.url))
        opened.on("console", lambda message: heard.append(f"console {message.type}: {message.text}"))
        opened.on("pageerror", lambda error: heard.append(f"error: {error}"))
        opened.goto(path.as_uri())
        opened.locator("html[data-drawn=yes]").wait_for(state="attached")
        yield opened
        assert opened.evaluate("window.ran") is None
        browser.close()
    assert [told for told in heard if not told.startswith(("data:", "blob:", path.as_uri()))] == []


def test_decisions_by_key_and_click_leave_as_a_table_that_the_build_reads(page, tmp_path):
    assert page.locator("#download").is_disabled()
    page.keyboard.press("a")
    page.get_by_role("button", name="Two things").click()
    page.keyboard.press("w")
    page.keyboard.type("they differ, surely")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    for _ in range(2):
        page.keyboard.press("r")
    page.keyboard.press("s")
    assert page.locator("#who").evaluate("e => e === document.activeElement && e.classList.contains('needed')")
    page.keyboard.type("A. Reader")
    with page.expect_download() as download:
        page.locator("#download").click()
    assert download.value.suggested_filename == "decisions.csv"
    download.value.save_as(tmp_path / "decisions.csv")
    rows = read_decisions(tmp_path / "decisions.csv", ONTOLOGY, base=BASE)
    assert [(row.kind, row.subject, row.object) for row in rows] == [
        (Kind.RENAME, "norland", "Norland Council"),
        (Kind.SAME, "ana-ruiz", "ruiz--b"),
        (Kind.NOT_SAME, "vale-agreement", "vale-peace-agreement"),
        (Kind.NOT_SAME, "ana-ruiz", "ana-b-ruiz"),
        (Kind.WRONG, "norland", "hostile"),
        (Kind.WRONG, "norland", "vale-peace-agreement"),
        (Kind.WRONG, "norland", "vale-peace-agreement"),
    ]
    assert [row.who for row in rows] == ["AR", *["A. Reader"] * 6]
    assert rows[3].why == "they differ, surely"
    assert rows[-1].quote == FORMULA.exact


def test_answers_are_shown_kept_and_taken_back(page):
    page.keyboard.press("a")
    assert page.locator("#status").inner_text() == "1 of 5 decided, 1 kept from before"
    assert "yes" in page.locator(".row").first.get_attribute("class")
    page.reload()
    page.locator("html[data-drawn=yes]").wait_for(state="attached")
    assert page.locator("#status").inner_text().startswith("1 of 5")
    page.locator(".row").first.click()
    assert page.get_by_role("button", name="One thing").get_attribute("aria-pressed") == "true"
    page.keyboard.press("u")
    assert page.locator("#status").inner_text().startswith("0 of 5")


def test_words_of_documents_are_text(page):
    page.locator(".row", has_text="opposes").click()
    assert "<img src=x" in page.locator("h3").inner_text()
    assert page.locator("main img, main script").count() == 0
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
