"""The report in a real browser: drawn, without a request or an error, no wider than the window, in light and dark."""

import shutil
from dataclasses import replace

import pytest

from dragoman.findings import to_findings
from dragoman.findings.page import write_page
from dragoman.ontology import load_ontology
from question_record import RECORD

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EVIL = "</title></style><script>window.ran = 1</script><img src=x onerror=window.ran=1>"


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    entities = tuple(replace(entity, label=f"{entity.label} {EVIL}") for entity in RECORD.entities)
    write_page(to_findings(replace(RECORD, entities=entities), load_ontology(), draws=10), path)
    return path.as_uri()


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_drawn_asks_for_nothing_and_fits(browser, report, scheme, width):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(report)
    assert asked == [report]
    assert told == []
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("figure svg").count() >= 8
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    assert dark == (scheme == "dark")
    page.locator("#flip").check()
    assert (page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)") != dark
    page.close()


def test_the_words_behind_a_tie_open(browser, report):
    page = browser.new_page()
    page.goto(report)
    tie = page.locator("details.tie").first
    assert not tie.locator("blockquote").first.is_visible()
    tie.locator("summary").click()
    assert tie.locator("blockquote mark").first.is_visible()
    page.close()
