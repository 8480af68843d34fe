"""The example graph, and one of hostile texts, in stores and readers of others: the same triples and answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest
from stores import (
    FORMATS,
    Jena,
    Owlready,
    Rdflib,
    Virtuoso,
    needed,
    number,
    oxigraph_server,
    parse,
    triples,
    virtuoso,
)

from dragoman.endpoint import GraphStore, UpdateEndpoint, open_client
from dragoman.export import export
from dragoman.push import push
from dragoman.query import load_store
from dragoman.questions import answer, fill, find_terms, load_questions
from dragoman.shards import write_shards
from small_record import trap_record, write_output

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")]

STORES = ("oxigraph", "virtuoso", "jena", "rdflib", "owlready2")
WITHOUT_GRAPHS = {"owlready2"}
QUESTIONS = {
    "about": {"entity": "OIC"},
    "balance": {},
    "documents": {},
    "meetings": {"first": "OIC", "second": "United Nations"},
    "most-connected": {"class": "Actor"},
    "who-criticizes-whom": {},
    "who-supports-whom": {},
}
STATE = "https://w3id.org/dragoman/id/graph/pushed"


@pytest.fixture(scope="module", params=["example", "hostile"])
def out(request, root, tmp_path_factory):
    """An output folder, with its dataset as TriG beside."""
    folder = tmp_path_factory.mktemp(request.param) / "out"
    if request.param == "hostile":
        write_output(folder, trap_record())
    else:
        shutil.copytree(root / "graphs" / "un-oic" / "graph", folder)
    export(folder, folder / "graph.trig")
    return folder


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A function from the name of a store to the store, started once and stopped at the end."""
    with ExitStack() as stack:
        running = {}

        def start(name):
            if name not in running:
                folder = tmp_path_factory.mktemp(name)
                makers = {
                    "oxigraph": lambda: stack.enter_context(oxigraph_server(folder)),
                    "virtuoso": lambda: stack.enter_context(virtuoso(folder)),
                    "jena": lambda: Jena(folder),
                    "rdflib": Rdflib,
                    "owlready2": Owlready,
                }
                running[name] = makers[name]()
            running[name].clear()
            return running[name]

        yield start


def expected(path):
    return parse(path.read_bytes(), FORMATS[path.suffix])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", STORES)
def test_a_store_holds_the_same_triples(name, suffix, out, started):
    store, path = started(name), out / f"graph{suffix}"
    store.load(path)
    held, wanted = store.quads(), expected(path)
    if name in WITHOUT_GRAPHS or suffix == ".ttl":
        held, wanted = triples(held), triples(wanted)
    assert len(held) == len(wanted)
    assert held == wanted


@pytest.mark.parametrize("suffix", [".nq", ".nq.gz"])
def test_virtuoso_loads_shards_in_bulk(suffix, out, started, tmp_path):
    store = started("virtuoso")
    store.load(*write_shards(out, tmp_path / f"graph{suffix}", 3))
    assert store.quads() == expected(out / "graph.nq")


@pytest.mark.parametrize("suffix", [".ttl", ".nq"])
@pytest.mark.parametrize("name", STORES)
def test_a_store_answers_the_ready_questions_alike(name, suffix, root, started):
    folder = root / "graphs" / "un-oic" / "graph"
    ours, store, questions = load_store(folder), started(name), load_questions()
    store.load(folder / f"graph{suffix}")
    for id_, values in QUESTIONS.items():
        terms = find_terms(ours, questions[id_], values)
        rows = answer(ours, questions[id_], terms).rows
        wanted = [tuple("" if term is None else number(term.value) for term in row) for row in rows]
        assert wanted, f"{id_} finds nothing, so it shows nothing"
        assert store.select(fill(questions[id_], terms)) == wanted, id_


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("program", ["serdi", "rapper", "node"])
def test_a_reader_reads_the_same(program, suffix, out, tmp_path):
    needed(program)
    path = out / f"graph{suffix}"
    syntax = {".ttl": "turtle", ".nq": "nquads", ".trig": "trig"}[suffix]
    commands = {
        "serdi": ["serdi", "-i", syntax, "-o", "ntriples" if suffix == ".ttl" else "nquads", path],
        "rapper": ["rapper", "-q", "-i", syntax, "-o", "nquads", path],
        "node": ["node", "-e", N3, path],
    }
    if (
        program == "node"
        and subprocess.run(["node", "-e", "require('n3')"], capture_output=True, check=False).returncode
    ):
        pytest.skip("n3 is not installed where node looks for it (NODE_PATH)")
    told = subprocess.run(list(map(str, commands[program])), capture_output=True, check=False)
    assert (told.returncode, told.stderr.decode()) == (0, "")
    assert parse(told.stdout, ox.RdfFormat.N_QUADS) == expected(path)


N3 = """
const { Parser, Writer } = require('n3'), fs = require('fs');
const writer = new Writer({ format: 'N-Quads' });
writer.addQuads(new Parser().parse(fs.readFileSync(process.argv[1], 'utf8')));
writer.end((error, text) => process.stdout.write(text));
"""


@pytest.mark.parametrize("protocol", ["graph store", "update"])
@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_push_fills_a_server(name, protocol, out, started):
    store = started(name)
    wanted = expected(out / "graph.nq")
    with open_client(Virtuoso.USER, Virtuoso.PASSWORD) as client:
        endpoint = endpoint_of(name, protocol, store.url, client)
        done = push(out, endpoint, chunk=20_000)
        assert done.triples == len(wanted)
        assert {quad for quad in store.quads() if quad[3] != STATE} == wanted
        assert push(out, endpoint).sent == ()
        assert push(out, endpoint, every=True).sent == done.sent
    assert {quad for quad in store.quads() if quad[3] != STATE} == wanted


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_a_push_that_is_killed_goes_on(name, root, started):
    store, folder = started(name), root / "graphs" / "un-oic" / "graph"
    url = store.url + ("/store" if name == "oxigraph" else "/sparql-graph-crud-auth")
    command = [sys.executable, "-m", "dragoman", "push", str(folder), "--to", url, "--chunk", "1"]
    environment = {**os.environ, "DRAGOMAN_USER": Virtuoso.USER, "DRAGOMAN_PASSWORD": Virtuoso.PASSWORD}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    until = time.monotonic() + 30
    while not store.quads() and time.monotonic() < until:
        time.sleep(0.02)
    running.kill()
    running.communicate()
    told = subprocess.run(command[:-2], env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert {quad for quad in store.quads() if quad[3] != STATE} == expected(Path(folder / "graph.nq"))


def endpoint_of(name, protocol, url, client):
    """An endpoint of a server by either protocol."""
    if protocol == "graph store":
        return GraphStore(client, url + ("/store" if name == "oxigraph" else "/sparql-graph-crud-auth"))
    if name == "oxigraph":
        return UpdateEndpoint(client, url + "/update", url + "/query")
    return UpdateEndpoint(client, url + "/sparql-auth", url + "/sparql")
