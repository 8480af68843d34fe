"""The page in a real browser: what a reader clicks, that nothing is fetched, that no words of a document run."""

import json
import re
import shutil
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest

from dragoman.ontology import ClassTerm, Ontology, PropertyTerm
from dragoman.page import selection, write_page
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

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
ONTOLOGY = Ontology(
    classes={
        "Actor": ClassTerm("Actor", "actor", "Who acts.", (), "#4a7f9e", "dot", 10),
        "State": ClassTerm("State", "state", "A country.", ("Actor",), "#4b96e1", "dot", 11),
        "Plan": ClassTerm("Plan", "plan", "What is to be done.", (), "#3c782d", "square", 45),
    },
    properties={
        "supports": PropertyTerm("supports", "supports", "", (), False, "#009068", 113),
        "opposes": PropertyTerm("opposes", "opposes", "", (), False, "#cc4e00", 123),
    },
)
BEHIND = "Norland stood behind the Harbour Plan"
AGAINST = "Suthria never turned against the Harbour Plan"
HOSTILE = {
    "script": "<script>window.ran = 1</script>",
    "image": "<img src=x onerror=window.ran=1>",
    "attribute": '" onmouseover="window.ran=1" href="javascript:window.ran=1',
    "end": "</script><script>window.ran = 1</script>",
    "template": "{{ 7 * 7 }} {% include 'x' %} ${window.ran = 1}",
    "direction": "\u202egnihtemos \u2067esrever\u2069 \u200f mark",
    "long": "long " * 2000,
}


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """A function that writes a page, opens it without a network, and fails the test on any request or error."""
    heard = []
    contexts = []

    def opening(fragment="", **content):
        path = tmp_path / "graph.html"
        write_page(path, **content)
        context = browser.new_context(
            offline=True, viewport={"width": 1440, "height": 900}, reduced_motion="reduce", accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        address = path.as_uri()
        page.on("request", lambda request: _hear(heard, "request", request.url, address))
        page.on("console", lambda message: heard.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.goto(address + fragment)
        page.locator("html[data-drawn=yes]").wait_for(state="attached")
        return page

    opening.heard = heard
    yield opening
    for context in contexts:
        context.close()
    assert heard == []


def _hear(heard, kind, url, address):
    if url.split("#")[0] != address and not url.startswith(("data:", "blob:")):
        heard.append(f"{kind}: {url}")


def quoted(subject, predicate, object_, exact, modality=Modality.ASSERTED, document="talks.txt", **more):
    evidence = Evidence(document, Span(10, 10 + len(exact)), exact, "After the session, ", " in plain words.")
    return Claim(subject, predicate, object_, modality, (evidence,), "verb", 0.87, **more)


@pytest.fixture
def small():
    entities = [
        Entity("norland", "State", "Norland", ("Kingdom of Norland", "NL"), documents=("talks.txt",)),
        Entity("suthria", "State", "Suthria", documents=("talks.txt",)),
        Entity("harbour-plan", "Plan", "Harbour Plan", documents=("talks.txt",)),
        Entity("quiet-isle", "State", "Quiet Isle"),
    ]
    claims = [
        quoted("norland", "supports", "harbour-plan", BEHIND, date="2025-03", speaker="suthria"),
        quoted("suthria", "opposes", "harbour-plan", AGAINST, Modality.NEGATED, document="later.txt"),
        quoted("norland", "opposes", "suthria", "Norland may object to Suthria", Modality.POSSIBLE),
    ]
    documents = [
        Document("talks.txt", "x", "0" * 64, "Remarks at the talks", "2025-03-04", "A. Delegate"),
        Document("later.txt", "x", "1" * 64, "Later remarks", "2025-06-01"),
    ]
    return {
        "entities": entities,
        "claims": claims,
        "documents": documents,
        "measures": {"betweenness": {"norland": 0.25}},
        "ontology": ONTOLOGY,
        "title": "Three and an isle",
    }


def search(page, words):
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def spot_on_screen(page, *numbers):
    """Where the middle of nodes stands on the screen, from the address, which keeps the view."""
    page.keyboard.press("0")
    return middle_on_screen(page, *numbers)


def middle_on_screen(page, *numbers):
    """The same, with the view as it is."""
    page.wait_for_timeout(700)  # until the view has come to rest in the address
    middle_x, middle_y, scale = map(float, parse_qs(page.url.split("#")[1])["at"][0].split(","))
    nodes = json.loads(page.locator("#nodes").text_content())
    x = sum(nodes[number]["x"] for number in numbers) / len(numbers)
    y = sum(nodes[number]["y"] for number in numbers) / len(numbers)
    box = page.locator("#canvas").bounding_box()
    return (
        box["x"] + box["width"] / 2 + (x - middle_x) * scale,
        box["y"] + box["height"] / 2 + (y - middle_y) * scale,
    )


def status(page):
    return page.locator("#status").text_content()


def test_search_opens_an_entity_by_another_name_and_shows_its_quote(opened, small):
    page = opened(**small)
    search(page, "kingdom")
    panel = page.locator("#panel")
    assert panel.locator("h2").text_content() == "Norland"
    assert "also Kingdom of Norland · NL" in panel.text_content()
    panel.locator("summary").first.click()
    assert panel.locator("mark").first.is_visible()
    assert panel.locator("mark").first.text_content() == "Norland stood behind the Harbour Plan"
    assert "entity=norland" in page.url


def test_click_on_a_node_opens_it(opened, small):
    page = opened(**small)
    page.mouse.click(*spot_on_screen(page, 1))
    page.locator("#panel-title", has_text="Suthria").wait_for()


def test_click_on_an_edge_shows_the_quote_in_context(opened, small):
    page = opened(**small)
    page.mouse.click(*spot_on_screen(page, 0, 2))
    card = page.locator("article.card")
    card.wait_for()
    text = card.text_content()
    assert "…After the session, Norland stood behind the Harbour Plan in plain words." in text
    for piece in ("asserted", "2025-03", "1 document", "said by", "Suthria", "Remarks at the talks", "talks.txt"):
        assert piece in text
    card.get_by_role("button", name="Suthria").click()
    assert page.locator("#panel-title").text_content() == "Suthria"
    page.go_back()
    card.wait_for()


def test_negated_and_possible_claims_say_so(opened, small):
    page = opened(**small)
    search(page, "Suthria")
    tags = page.locator("#panel .tag").all_text_contents()
    assert "negated" in tags
    assert "possible" in tags


def test_class_filter_hides_nodes_and_their_claims(opened, small):
    page = opened(**small)
    assert status(page) == "3 of 4 entities · 3 of 3 claims"
    page.get_by_label("Plans").uncheck()
    assert status(page) == "2 of 4 entities · 1 of 3 claims"
    page.locator("#lone").check()
    assert status(page) == "3 of 4 entities · 1 of 3 claims"
    page.get_by_role("button", name="Clear filters").first.click()
    assert status(page) == "4 of 4 entities · 3 of 3 claims"


def test_modality_property_and_document_filters(opened, small):
    page = opened(**small)
    page.get_by_label("Negated").uncheck()
    assert status(page).endswith("2 of 3 claims")
    page.get_by_label("opposes").uncheck()
    assert status(page) == "2 of 4 entities · 1 of 3 claims"
    page.locator("#clear").click()
    page.get_by_label("Later remarks").check()
    assert status(page) == "2 of 4 entities · 1 of 3 claims"


def test_view_comes_back_from_the_address(opened, small):
    page = opened(fragment="#entity=norland&not=negated&focus=norland~1&theme=dark", **small)
    assert page.locator("#panel-title").text_content() == "Norland"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert status(page) == "3 of 4 entities · 2 of 3 claims"
    assert not page.get_by_label("Negated").is_checked()


def test_focus_path_and_escape(opened, small):
    page = opened(**small)
    search(page, "Harbour")
    page.keyboard.press("f")
    assert "Focus on Harbour Plan" in page.locator("#notice").text_content()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator("#notice").text_content() == ""
    search(page, "Norland")
    page.get_by_role("button", name="Path to…").click()
    search(page, "Suthria")
    assert "Shortest path: Norland to Suthria" in page.locator("#notice").text_content()
    assert status(page) == "2 of 4 entities · 1 of 3 claims"


def test_claims_and_picture_can_be_saved(opened, small):
    small["entities"][0] = Entity("norland", "State", "=cmd|Norland")
    page = opened(**small)
    texts = {}
    for item in ("Claims in view", "Picture of this view", "Everything in view"):
        page.locator("#menu summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=item).click()
        texts[item] = download.value.path().read_bytes()
    table = texts["Claims in view"].decode("utf-8-sig").splitlines()
    assert len(table) == 4
    assert ",'=cmd|Norland," in table[1], "a spreadsheet takes a cell with = for a formula"
    assert texts["Picture of this view"].startswith(b"\x89PNG")
    drawing = ElementTree.fromstring(texts["Everything in view"])
    words = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(words) == ["=cmd|Norland", "Harbour Plan", "Suthria"]


def test_search_completes_finds_all_words_and_is_worked_by_keys(opened, small):
    page = opened(**small)
    page.keyboard.press("/")
    page.keyboard.type("nor")
    options = page.locator("#results [role=option]")
    assert options.all_text_contents() == ["Norlandstate"]
    page.locator("#search").fill("plan harb")
    assert options.all_text_contents() == ["Harbour Planplan"]
    page.locator("#search").fill("r")
    assert options.count() == 3
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true] .said").first.text_content()
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").text_content() == chosen
    page.keyboard.press("/")
    page.keyboard.type("atlantis")
    assert options.all_text_contents() == ["No entity has such a name"]
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""


def test_steps_go_back_and_forward_but_not_off_the_page(opened, small):
    page = opened(**small)
    back, forward = page.get_by_role("button", name="Back"), page.get_by_role("button", name="Forward")
    title = page.locator("#panel-title")
    assert back.is_disabled()
    assert forward.is_disabled()
    search(page, "Norland")
    search(page, "Suthria")
    back.click()
    title.get_by_text("Norland").wait_for()
    page.keyboard.press("[")
    page.locator("#panel h2", has_text="In view").wait_for()
    assert back.is_disabled()
    page.keyboard.press("[")
    page.keyboard.press("]")
    title.get_by_text("Norland").wait_for()
    forward.click()
    title.get_by_text("Suthria").wait_for()
    assert forward.is_disabled()


def chain(count, **more):
    """A row of entities, each of which supports the next, in a document of its own."""
    entities = [Entity(f"e{n}", "State", f"Entity {n}") for n in range(count)]
    claims = [
        quoted(
            f"e{n}", "supports", f"e{n + 1}", "they stood together", document=f"d{n}.txt", date=f"{2010 + n}", **more
        )
        for n in range(count - 1)
    ]
    return {
        "entities": entities,
        "claims": claims,
        "documents": [],
        "measures": {},
        "ontology": ONTOLOGY,
        "title": "Row",
    }


def test_focus_reaches_as_many_steps_as_are_asked_for(opened):
    page = opened(**chain(9))
    search(page, "Entity 0")
    for key, count in (("1", 2), ("3", 4), ("5", 6), ("a", 9)):
        page.keyboard.press(key)
        assert status(page).startswith(f"{count} of 9 entities"), key
    page.get_by_label("How far from it").select_option("2 steps")
    assert status(page).startswith("3 of 9 entities")
    assert "focus=e0%7E2" in page.url


def test_path_says_where_it_begins_and_when_there_is_none(opened, small):
    page = opened(**small)
    search(page, "Norland")
    page.keyboard.press("p")
    assert "Path from Norland: choose the other end" in page.locator("#notice").text_content()
    search(page, "Quiet")
    assert page.locator("#notice").text_content() == "No chain of links in view joins the two."


def test_date_slider_leaves_out_what_is_earlier_and_later(opened):
    page = opened(**chain(7))
    assert page.locator("#histogram i").count() == 6
    for end, key, presses in (("#from", "ArrowRight", 2), ("#to", "ArrowLeft", 1)):
        page.locator(end).focus()
        for _ in range(presses):
            page.keyboard.press(key)
    assert page.locator("#dates-now").text_content() == "2012 to 2014"
    assert status(page) == "4 of 7 entities · 3 of 6 claims"
    assert "from=2012&to=2014" in page.url
    page.locator("#from").focus()
    page.keyboard.press("End")
    assert page.locator("#dates-now").text_content() == "2014 to 2014", "the ends do not pass one another"
    page.locator("#clear").click()
    assert status(page).endswith("6 of 6 claims")


def test_agreement_is_shown_and_filtered(opened, small):
    twice = (
        Evidence("talks.txt", Span(1, 9), "as often said", "", ""),
        Evidence("later.txt", Span(1, 9), "and said again", "", ""),
    )
    denied = small["claims"][1]
    small["claims"] += [
        Claim("norland", "supports", "suthria", Modality.ASSERTED, twice, "verb", 0.9),
        quoted("suthria", "opposes", "harbour-plan", "Suthria turned against it", contradicts=(denied.id,)),
    ]
    page = opened(**small)
    page.locator("#corroboration").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#corroboration-now").text_content() == "in 2 documents or more"
    assert status(page) == "2 of 4 entities · 1 of 5 claims"
    page.locator("#clear").click()
    page.get_by_label("Only what documents dispute").check()
    assert status(page) == "2 of 4 entities · 1 of 5 claims"
    page.locator("#panel .disputes button").click()
    tags = page.locator("article .tag").all_text_contents()
    assert {"disputed", "1 document", "asserted"} <= set(tags)
    assert "Contradicted by" in page.locator("article").first.text_content()


def test_communities_are_filtered_where_there_are_some(opened, small):
    page = opened(**small)
    assert page.locator("#h-communities").is_hidden()
    page = opened(**small, communities={"norland": "Norland & co.", "harbour-plan": "<b>Others</b>"})
    page.get_by_label("<b>Others</b>").uncheck()
    assert status(page) == "2 of 4 entities · 1 of 3 claims"
    assert "apart=%3Cb%3EOthers" in page.url
    search(page, "Norland")
    assert "in the community Norland & co." in page.locator("#panel").text_content()


def test_names_are_shown_as_the_zoom_leaves_room(opened):
    content = chain(400)
    content["claims"] += [quoted("e0", "opposes", f"e{n}", "they stood apart") for n in range(2, 400, 3)]
    page = opened(**content)

    def names():
        page.locator("#menu summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Everything in view").click()
        return len(list(ElementTree.parse(download.value.path()).iter("{http://www.w3.org/2000/svg}text")))

    far = names()
    page.locator("#zoom-out").click()
    page.locator("#zoom-out").click()
    farther = names()
    assert 0 < farther < far < 400


def test_page_is_worked_by_keys_alone(opened, small):
    page = opened(**small)
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"skip", "search", "reset", "theme", "open-help", "size", "canvas", "zoom-in", "entity"} <= reached
    titles = []
    for key in ("n", "n", "n", "n", "N"):
        page.keyboard.press(key)
        titles.append(page.locator("#panel-title").text_content())
    assert len(set(titles[:3])) == 3
    assert (titles[3], titles[4]) == (titles[0], titles[2])
    page.keyboard.press("Escape")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#panel .entity").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"


def test_print_is_white_and_holds_drawing_legend_and_claims(opened, small):
    page = opened(fragment="#entity=norland&theme=dark", **small)
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    assert page.locator("#printed").get_attribute("src").startswith("data:image/png")
    assert page.locator("#panel details[open]").count() == 0, "quotes were opened for the print alone"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark", "the theme comes back"
    page.emulate_media(media="print")
    shown = [
        page.locator(id_).is_visible() for id_ in ("#printed", "#classes", "#panel-title", "nav", "#tools", "#search")
    ]
    assert shown == [True, True, True, False, False, False]


def test_help_theme_and_keys(opened, small):
    page = opened(**small)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("d")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_empty_graph_says_so(opened, small):
    page = opened(**{**small, "entities": [], "claims": [], "documents": [], "measures": {}})
    assert page.locator("#empty").text_content() == "This graph is empty: no entities were found in the documents."


def test_large_graph_draws_the_most_central_first(opened, small):
    entities = [Entity(f"e{number}", "State", f"Entity {number}") for number in range(3200)]
    claims = [quoted("e0", "supports", f"e{number}", "they stood together") for number in range(1, 3200)]
    page = opened(**{**small, "entities": entities, "claims": claims})
    assert status(page).startswith("3,000 of 3,200 entities")
    search(page, "Entity 3150")
    assert status(page).startswith("3,001 of 3,200 entities"), "what is looked for is drawn with its links"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Draw all").click()
    assert status(page) == "3,200 of 3,200 entities · 3,199 of 3,199 claims"


def test_search_finds_what_a_page_of_a_larger_graph_does_not_show(opened, small, monkeypatch):
    monkeypatch.setattr(selection, "MOST_ENTITIES", 3)
    page = opened(**small)
    assert status(page).endswith(", the most central of 4 entities and 3 claims")
    page.keyboard.press("/")
    page.keyboard.type("quiet")
    option = page.locator("#results li.elsewhere")
    assert option.inner_text().splitlines()[:2] == [
        "Quiet Isle",
        "0 claims, not on this page: dragoman ask OUT about --entity quiet-isle",
    ]
    page.keyboard.press("Enter")
    assert option.is_visible(), "there is nothing to open"
    page.keyboard.press("Escape")  # clears the words
    page.keyboard.press("Escape")  # leaves the search
    search(page, "Suthria")
    assert page.locator("#panel-body h2").inner_text() == "Suthria"


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_shown_as_written_and_run_nothing(opened, small, hostile):
    small["entities"][0] = Entity("norland", "State", hostile, (hostile, "Norland"), (hostile,))
    small["claims"][0] = quoted("norland", "supports", "harbour-plan", hostile)
    small["documents"][0] = Document("talks.txt", "x", "0" * 64, hostile, "2025-03-04", hostile)
    page = opened(**{**small, "title": hostile})
    page.mouse.move(*spot_on_screen(page, 0))
    page.wait_for_timeout(150)
    search(page, "Norland")
    assert page.locator("#panel h2 bdi").text_content() == hostile
    page.locator("#panel summary").first.click()
    assert page.locator("#panel mark").first.text_content() == hostile
    page.locator("#panel").get_by_text("show link").first.click()
    assert page.locator("article mark").first.text_content() == hostile
    assert page.locator("figcaption .title").first.text_content() == hostile
    assert page.locator("h1").text_content() == hostile
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 1, "only the picture for print"
    assert page.locator("script").count() == 5
    assert not re.search("javascript:", page.evaluate("[...document.querySelectorAll('a')].map(a => a.href).join()"))


INTRUSIONS = {
    "markup": "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.ran = 1\">')",
    "script": "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))",
    "attribute": "document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click()",
    "evaluation": "setTimeout('window.ran = 1')",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://example.org/'}))",
    "request": "fetch('https://example.org/').catch(() => 0)",
    "picture": "document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}))",
}


@pytest.mark.parametrize("intrusion", INTRUSIONS.values(), ids=INTRUSIONS)
def test_policy_stops_what_a_script_adds(opened, small, intrusion):
    page = opened(**small)
    page.evaluate(f"() => {{ try {{ {intrusion} }} catch (error) {{ console.error(String(error)); }} }}")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert re.search("Content Security Policy|Trusted", " ".join(opened.heard)), "the browser says what it stopped"
    opened.heard.clear()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_page_does_not_scroll_sideways(opened, small, width, height):
    page = opened(**small)
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 500:
        page.get_by_role("button", name="Filters", exact=True).click()
        assert page.locator("#filters").is_visible()


@pytest.mark.parametrize(("width", "height"), [(390, 700), (800, 600), (1440, 900)])
def test_both_ends_of_a_chosen_link_are_seen_above_what_is_told_of_it(opened, small, width, height):
    page = opened(**small)
    page.set_viewport_size({"width": width, "height": height})
    search(page, "Norland")
    for _ in range(12):
        page.keyboard.press("+")
    page.get_by_text("show link").first.click()
    page.locator("article.card").wait_for()
    box = page.locator("#canvas").bounding_box()
    chosen = next(claim for claim in small["claims"] if claim.id in page.url)
    ids = [entity.id for entity in small["entities"]]
    for end in (chosen.subject, chosen.object):
        x, y = middle_on_screen(page, ids.index(end))
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]


def test_search_on_a_phone_lies_over_the_other_buttons(opened, small):
    page = opened(**small)
    page.set_viewport_size({"width": 390, "height": 700})
    box = page.locator("#menu").bounding_box()
    page.keyboard.press("/")
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", at) == "search"


def test_reset_puts_a_dragged_node_back(opened, small):
    page = opened(**small)
    x, y = spot_on_screen(page, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    page.mouse.move(5, 5)
    assert page.locator("#hint").is_hidden()
    page.keyboard.press("r")
    page.mouse.click(*spot_on_screen(page, 1))
    page.locator("#panel-title", has_text="Suthria").wait_for()


def test_drawing_arranges_itself_only_when_asked(opened, small):
    page = opened(**small)
    before = spot_on_screen(page, 1)
    page.wait_for_timeout(300)
    motion = page.locator("#motion")
    assert motion.get_attribute("aria-pressed") == "false"
    motion.click()
    assert motion.get_attribute("aria-pressed") == "true"
    page.wait_for_timeout(500)
    page.keyboard.press("r")
    assert motion.get_attribute("aria-pressed") == "false"
    assert spot_on_screen(page, 1) == pytest.approx(before, abs=3)
    page.mouse.click(*before)
    page.locator("#panel-title", has_text="Suthria").wait_for()
