"""Tell how soon the page is drawn and answers a click, beside what pyvis writes of the same network by itself.

    .venv/bin/python tests/benchmarks/page_speed.py [NODES ...] [--keep FOLDER]

A network of NODES entities (200, 2,000 and 10,000 if none is said) and three times as many claims, made from a fixed
seed, is written three ways: by us; by pyvis as its manual shows it, with its library inside the file; and by pyvis
with our places and its physics off. Each page is opened from disk without a network in headless Chromium, in turns.

first frame   from the start of the navigation until the first marks are on the screen
first click   from the start of the navigation until the answer to a click on the largest mark is on the screen; the
              click is made as soon as there is a first frame

Figures are medians; a page that has drawn nothing in PATIENCE seconds is told as such, and its ratio as a bound.
--keep leaves the pages in a folder, to be looked at. Needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.ontology import load_ontology
from dragoman.page import write_page
from dragoman.page.layout import place_nodes
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

ROUNDS = 3
PATIENCE = 60
"""Seconds in which a page has to draw something."""
CLAIMS_PER_ENTITY = 3
DOCUMENTS = 40
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WATCH = """
window.watch = { first: 0, last: 0, spots: [] };
const tell = (what) => { watch[what] = performance.now(); document.documentElement.classList.add(`watched-${what}`); };
const arc = CanvasRenderingContext2D.prototype.arc;
CanvasRenderingContext2D.prototype.arc = function (x, y, radius, ...rest) {
  const place = this.getTransform();
  const spot = [place.a * x + place.e, place.d * y + place.f, radius * place.a, this.canvas];
  if (!watch.first) {
    watch.first = -1;
    requestAnimationFrame(() => setTimeout(() => tell('first')));
  }
  if (watch.spots.length < 20000) watch.spots.push(spot);
  watch.marked = true;
  return arc.call(this, x, y, radius, ...rest);
};
window.addEventListener("click", () => { watch.marked = false; watch.clicked = true; }, true);
window.addEventListener("pointerup", () => { watch.marked = false; watch.clicked = true; }, true);
const look = () => {
  if (watch.clicked && watch.marked && !watch.last) {
    watch.last = -1;
    requestAnimationFrame(() => setTimeout(() => tell('last')));
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
"""Notes when marks are first drawn, where on the screen, and when they are drawn again after a click."""
LARGEST = """() => {
  const [x, y, , canvas] = watch.spots.filter(([x, y, , canvas]) => x > 20 && y > 20 && x < canvas.width - 20
    && y < canvas.height - 20).reduce((best, spot) => (spot[2] > best[2] ? spot : best));
  const box = canvas.getBoundingClientRect();
  return [box.left + x * box.width / canvas.width, box.top + y * box.height / canvas.height];
}"""


@dataclass(frozen=True, slots=True)
class Graph:
    """What a page is made of."""

    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the start of the navigation; infinite where nothing came."""

    frame: float
    click: float


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How soon the page is drawn and answers, beside pyvis's own.")
    parser.add_argument("nodes", type=int, nargs="*", default=[200, 2000, 10000])
    parser.add_argument("--keep", type=Path, help="folder that the pages are left in")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        target = options.keep or Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for count in options.nodes:
            report(count, target)


def report(count: int, folder: Path) -> None:
    """Write the pages of a network of `count` nodes into `folder`, open them in turns, and print what they took."""
    from playwright.sync_api import sync_playwright

    graph = synthetic_graph(count)
    pages = {name: folder / f"{name.replace(' ', '-')}-{count}.html" for name in WRITERS}
    for name, path in pages.items():
        WRITERS[name](graph, path)
    times: dict[str, list[Times]] = {name: [] for name in pages}
    with sync_playwright() as engine:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = engine.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for _ in range(ROUNDS):
            for name, path in pages.items():
                if times[name] and times[name][-1].frame == float("inf"):
                    continue
                times[name].append(open_page(browser, path))
        browser.close()
    print(f"{count:,} nodes, {len(graph.claims):,} claims")
    ours = median(times["ours"])
    for name, measured in times.items():
        found = median(measured)
        size = pages[name].stat().st_size / 1e6
        print(
            f"  {name:<13} {size:5.1f} MB   first frame {told(found.frame)} ({ratio(found.frame, ours.frame)})"
            f"   first click {told(found.click)} ({ratio(found.click, ours.click)})",
            flush=True,
        )


def open_page(browser: Any, path: Path) -> Times:
    """Open the page at `path` in a context of its own and click on its largest mark."""
    from playwright.sync_api import TimeoutError as TooSlow

    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.add_init_script(WATCH)
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.locator("html.watched-first").wait_for(state="attached")
        except TooSlow:
            return Times(float("inf"), float("inf"))
        frame = page.evaluate("watch.first") / 1000
        x, y = page.evaluate(LARGEST)
        page.mouse.click(x, y)
        try:
            page.locator("html.watched-last").wait_for(state="attached")
        except TooSlow:
            return Times(frame, float("inf"))
        return Times(frame, page.evaluate("watch.last") / 1000)
    finally:
        context.close()


def synthetic_graph(count: int) -> Graph:
    """A network in which who has many links gets more (Barabási and Albert 1999), the same for the same `count`.

    Source: https://doi.org/10.1126/science.286.5439.509.
    """
    chance = random.Random(count)
    ontology = load_ontology()
    classes, properties = list(ontology.classes), list(ontology.properties)
    documents = tuple(
        Document(f"doc-{n:03}.txt", "x", "0" * 64, f"Remarks {n}", f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}")
        for n in range(DOCUMENTS)
    )
    entities = tuple(
        Entity(f"e{n}", classes[n % len(classes)], f"{ontology.classes[classes[n % len(classes)]].label} {n}")
        for n in range(count)
    )
    ends = [0, 1]
    claims: dict[str, Claim] = {}
    for n in range(2, count):
        for _ in range(CLAIMS_PER_ENTITY):
            other = chance.choice(ends)
            if other == n:
                continue
            document = chance.choice(documents)
            quote = f"what number {n} did for number {other} was noted with appreciation"
            claim = Claim(
                f"e{n}",
                chance.choice(properties),
                f"e{other}",
                chance.choices(list(Modality), (80, 6, 6, 4, 4))[0],
                (Evidence(document.name, Span(9, 9 + len(quote)), quote, "We said: ", " by all who were there."),),
                "verb",
                0.9,
                document.date,
            )
            claims[claim.id] = claim
            ends += [n, other]
    return Graph(entities, tuple(claims[id_] for id_ in sorted(claims)), documents)


def write_ours(graph: Graph, path: Path) -> None:
    write_page(
        path,
        entities=graph.entities,
        claims=graph.claims,
        documents=graph.documents,
        measures={},
        ontology=load_ontology(),
        title=f"{len(graph.entities):,} entities",
    )


def write_pyvis(graph: Graph, path: Path, *, placed: bool = False) -> None:
    """What pyvis's manual shows: `add_node`, `add_edge`, then the page, in which the network settles by itself."""
    from pyvis.network import Network

    network = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    ids = {entity.id: number for number, entity in enumerate(graph.entities)}
    links = [(ids[claim.subject], ids[claim.object]) for claim in graph.claims]
    places = place_nodes(len(ids), links) if placed else []
    for number, entity in enumerate(graph.entities):
        spot = dict(zip("xy", places[number], strict=True)) if placed else {}
        network.add_node(number, label=entity.label, title=entity.label, **spot)
    for (source, target), claim in zip(links, graph.claims, strict=True):
        network.add_edge(source, target, title=claim.predicate)
    if placed:
        network.toggle_physics(False)
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")


WRITERS: dict[str, Callable[[Graph, Path], None]] = {
    "ours": write_ours,
    "pyvis": write_pyvis,
    "pyvis placed": lambda graph, path: write_pyvis(graph, path, placed=True),
}


def median(times: Sequence[Times]) -> Times:
    return Times(statistics.median(t.frame for t in times), statistics.median(t.click for t in times))


def told(seconds: float) -> str:
    return f"none in {PATIENCE} s" if seconds == float("inf") else f"{seconds:.2f} s"


def ratio(seconds: float, ours: float) -> str:
    return f"over {PATIENCE / ours:.0f}x" if seconds == float("inf") else f"{seconds / ours:.1f}x"


if __name__ == "__main__":
    main()
