"""The server as a process, asked by the clients that people use: curl, rdflib, a browser, a library of Comunica's."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from question_record import RECORD
from small_record import write_output

LABELS = "SELECT ?label { ?x a dgm:State ; skos:prefLabel ?label } ORDER BY ?label"
FOREVER = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g LIMIT 1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The address of a server on a build of our own."""
    folder = write_output(tmp_path_factory.mktemp("served"), RECORD)
    command = [sys.executable, "-m", "dragoman", "serve", str(folder), "--port", "0", "--timeout", "1.5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
        finally:
            process.terminate()


def fetch(address: str, accept: str = "*/*", **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers={"Accept": accept, **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def query_of(place: str, query: str) -> str:
    return f"{place}/sparql?query={urllib.parse.quote(query)}"


LOADS = """
import os, sys
from dragoman.server import worker
def load_site(folder, rows, on_disk):
    print("loads", folder, rows, flush=True)
    os._exit(0)
worker.load_site = load_site
worker.answer_all("graph", 5, sys.stdin.buffer, sys.stdout.buffer)
"""


def test_worker_loads_the_graph_before_it_is_asked():
    with subprocess.Popen(
        [sys.executable, "-c", LOADS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        end = threading.Timer(60, process.kill)
        end.start()
        assert process.stdout.readline() == "loads graph 5\n"
        end.cancel()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_and_follows(place):
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, check=True).stdout

    assert curl("-H", "Accept: text/csv", "--data-urlencode", f"query={LABELS}", f"{place}/sparql").split() == [
        "label",
        "Norland",
        "Südmark",
    ]
    assert "dgm:State" in curl("-H", "Accept: text/turtle", f"{place}/dragoman/id/norland")
    traversal = curl(
        "--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", f"{place}/dragoman/id/document/../../../graph.nq"
    )
    assert traversal == "404"
    assert curl("-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: evil.example", place) == "421"


def test_rdflib_s_store_asks(place):
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = Graph(SPARQLStore(f"{place}/sparql", method=method))
        prefixes = (
            "PREFIX dgm: <https://w3id.org/dragoman/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        )
        assert [str(label) for (label,) in graph.query(prefixes + LABELS)] == ["Norland", "Südmark"]
    assert len(Graph().parse(f"{place}/dragoman/id/norland")) > 5


@pytest.mark.slow
def test_a_library_of_comunica_s_asks(place, tmp_path):
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("npm is not installed")
    install = ["npm", "install", "--no-audit", "--no-fund", "--silent", "fetch-sparql-endpoint@7"]
    try:
        done = subprocess.run(install, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm gives no fetch-sparql-endpoint in time")
    if done.returncode:
        pytest.skip("npm gives no fetch-sparql-endpoint")
    script = tmp_path / "ask.mjs"
    script.write_text(
        """
        import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint';
        const stream = await new SparqlEndpointFetcher().fetchBindings(process.argv[2] + '/sparql', process.argv[3]);
        stream.on('data', (row) => console.log(row.label.value));
        stream.on('error', (error) => { console.error(error); process.exit(1); });
        """,
        encoding="utf-8",
    )
    prefixes = "PREFIX dgm: <https://w3id.org/dragoman/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    told = subprocess.run(
        ["node", script, place, prefixes + LABELS], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.stdout.split(), told.stderr) == (["Norland", "Südmark"], "")


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_reader_clicks_from_an_entity_to_the_words(place):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{place}/")
        page.get_by_role("searchbox").fill("norland")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("h1").inner_text() == "Norland"
        with page.expect_navigation():
            page.locator(".claim a.does", has_text="supports").first.click()
        assert page.locator("mark").all_inner_texts() == ["Sudmark backs Norland"]
        page.locator("figcaption a").click()
        marked = page.locator(".anchor:target + mark")
        assert marked.inner_text() == "Sudmark backs Norland"
        assert marked.bounding_box()["y"] > 60  # below the head of the page
        with page.expect_navigation():
            page.get_by_role("link", name="Query").click()
        page.locator("textarea").fill(LABELS)
        with page.expect_navigation():
            page.get_by_role("button", name="Run").click()
        assert page.locator("tbody td").all_inner_texts() == ["Norland", "Südmark"]
        assert complaints == []
        browser.close()


def test_a_query_without_end_is_ended_and_the_next_is_answered(place):
    began = time.monotonic()
    status, message = fetch(query_of(place, FOREVER))
    assert (status, "ran for 1.5 seconds" in message) == (504, True)
    assert time.monotonic() - began < 6
    assert fetch(query_of(place, LABELS), "text/csv") == (200, "label\r\nNorland\r\nSüdmark\r\n")


def test_a_folder_or_port_that_cannot_be_served_is_told_in_one_line(place, tmp_path):
    def serve(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "dragoman", "serve", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        return done.returncode, done.stderr

    code, told = serve(str(tmp_path / "none"))
    assert (code, told.count("\n"), "no such file; give the output folder of a build" in told) == (2, 1, True)
    code, told = serve(str(write_output(tmp_path / "out")), "--port", place.rpartition(":")[2])
    assert (code, told.count("\n"), "choose another with --port" in told) == (2, 1, True)


def test_small_answers_are_sent_at_once(place):
    import http.client

    connection = http.client.HTTPConnection(place.removeprefix("http://"), timeout=30)
    taken = []
    for _ in range(30):
        began = time.monotonic()
        connection.request("GET", f"/sparql?query={urllib.parse.quote(LABELS)}")
        connection.getresponse().read()
        taken.append(time.monotonic() - began)
    assert min(taken) < 0.03  # a packet held back for the one before to be acknowledged takes 0.04 s
