"""Triplestores and readers that other people run, each behind the same few functions: load files, tell quads, answer.

A store that is not installed skips the test with the reason. Servers listen on loopback alone, keep their data in a
folder of the test's, and are stopped with it.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import httpx
import pyoxigraph as ox
import pytest

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "nonNegativeInteger", "decimal", "double")}
DIGITS = 6
"""Significant digits of a double that Virtuoso tells."""
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
TYPES = {".ttl": "text/turtle", ".nq": "application/n-quads", ".trig": "application/trig"}
MERGED = "http://example.org/merged"
"""The graph that Turtle is loaded into where a store wants one."""
OWN = "http://www.w3.org/2002/07/owl#Ontology"
"""The class of the one node that Owlready2 adds."""
PATIENCE = 60
"""Seconds in which a server must have started."""

Row = tuple[str, ...]
Quads = set[tuple[str, ...]]


class Store(Protocol):
    """A store that holds what one file told it."""

    def load(self, path: Path) -> None:
        """Load a file of Turtle, N-Quads or TriG."""

    def quads(self) -> Quads:
        """All that it holds of ours, as :func:`normal` makes it."""

    def select(self, query: str) -> list[Row]:
        """The rows of a query over all graphs, "" where nothing is bound, numbers as :func:`number` makes them."""


def needed(*programs: str) -> None:
    """Skip the test where one of `programs` is not installed."""
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")


def normal(quads: Iterable[Any]) -> Quads:
    """Quads as texts that are the same for the same values: numbers to six digits, language tags in lower case."""
    return {
        tuple(map(_term, (quad.subject, quad.predicate, quad.object, getattr(quad, "graph_name", ""))))
        for quad in quads
    }


def parse(data: bytes, form: ox.RdfFormat) -> Quads:
    """Quads of a file as :func:`normal` makes them."""
    return normal(ox.parse(data, format=form))


def triples(quads: Quads) -> Quads:
    """The same without the graphs."""
    return {quad[:3] for quad in quads}


def number(text: str) -> str:
    """A number to six significant digits, any other text as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:.{DIGITS - 1}e}" if math.isfinite(value) else text


def _term(term: Any) -> str:
    if isinstance(term, ox.Literal):
        if term.datatype.value in NUMBERS:
            return f"number {number(term.value)}"
        return f"{term.value}@{term.language.lower()}" if term.language else f"{term.value}^^{term.datatype.value}"
    return "" if isinstance(term, ox.DefaultGraph) else str(getattr(term, "value", term))


def rows_of(answer: bytes) -> list[Row]:
    """Rows of an answer in JSON."""
    told = json.loads(answer)
    names = told["head"]["vars"]
    return [
        tuple(number(row[name]["value"]) if name in row else "" for name in names)
        for row in told["results"]["bindings"]
    ]


def free_port() -> int:
    """A port of the loopback interface that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], url: str, folder: Path) -> Iterator[None]:
    """`command` while it runs, from when it answers at `url` on."""
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as running,
    ):
        try:
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    httpx.get(url, timeout=5)
                    break
                except httpx.TransportError:
                    told = (folder / "server.log").read_text(errors="replace")[-500:]
                    assert running.poll() is None, f"{command[0]} ended at once: {told}"
                    assert time.monotonic() < until, f"{command[0]} did not start: {told}"
                    time.sleep(0.1)
            yield
        finally:
            running.terminate()
            try:
                running.wait(30)
            except subprocess.TimeoutExpired:
                running.kill()


class OxigraphServer:
    """The server of the package ``oxigraph``, over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url

    def load(self, path: Path) -> None:
        target = "/store?default" if path.suffix == ".ttl" else "/store"
        answer = httpx.post(self.url + target, content=path.read_bytes(), headers={"Content-Type": TYPES[path.suffix]})
        assert answer.status_code == 204, answer.text

    def quads(self) -> Quads:
        answer = httpx.get(self.url + "/store", headers={"Accept": "application/n-quads"}).raise_for_status()
        return parse(answer.content, ox.RdfFormat.N_QUADS)

    def select(self, query: str) -> list[Row]:
        headers = {"Accept": "application/sparql-results+json"}
        parameters = {"query": query, "union-default-graph": ""}
        return rows_of(httpx.get(self.url + "/query", params=parameters, headers=headers).raise_for_status().content)

    def clear(self) -> None:
        httpx.post(self.url + "/update", content="DROP ALL", headers={"Content-Type": "application/sparql-update"})


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[OxigraphServer]:
    """A server that holds nothing yet, in memory."""
    needed("oxigraph")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with server(["oxigraph", "serve", "--bind", f"127.0.0.1:{port}"], url, folder):
        yield OxigraphServer(url)


class Virtuoso:
    """Virtuoso 7 as Debian has it: the bulk loader by its SQL port, questions over HTTP."""

    USER = PASSWORD = "dba"
    """Of a database that was just made, on loopback."""

    def __init__(self, url: str, sql: str, folder: Path) -> None:
        self.url, self._sql, self._folder = url, sql, folder
        self._own = {quad[3] for quad in self._select_quads()}

    def load(self, *paths: Path) -> None:
        folder = self._folder / f"load-{time.monotonic_ns()}"
        folder.mkdir()
        for path in paths:
            shutil.copy(path, folder)
        self._run(f"ld_dir('{folder}', 'graph*', '{MERGED}');\nrdf_loader_run();\ncheckpoint;")
        told = self._run(f"select ll_state, ll_error from DB.DBA.load_list where ll_file like '{folder}%';")
        states = [line.split() for line in told.splitlines() if line[:1].isdigit()][: len(paths)]
        assert states == [["2", "NULL"]] * len(paths), told
        self._graphs = sorted({quad[3] for quad in self.quads()})

    def quads(self) -> Quads:
        return {quad for quad in self._select_quads() if quad[3] not in self._own}

    def select(self, query: str) -> list[Row]:
        return rows_of(self._ask(query, self._graphs))

    def clear(self) -> None:
        for graph in sorted({quad[3] for quad in self.quads()}):
            self._run(f"sparql clear graph <{graph}>;")

    def _select_quads(self) -> Quads:
        answer = self._ask("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }", [])
        rows = ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
        assert not isinstance(rows, ox.QueryBoolean)
        return {tuple(_term(row[name]) for name in "spog") for row in rows}

    def _ask(self, query: str, graphs: list[str]) -> bytes:
        headers = {"Accept": "application/sparql-results+json"}
        told = {"query": query, "default-graph-uri": graphs}
        answer = httpx.post(self.url + "/sparql", data=told, headers=headers, timeout=60)
        assert answer.is_success, answer.text
        return answer.content

    def _run(self, sql: str) -> str:
        command = ["isql-vt", self._sql, self.USER, self.PASSWORD, "VERBOSE=OFF", "PROMPT=OFF", "BANNER=OFF"]
        told = subprocess.run(command, input=f"{sql}\n", capture_output=True, text=True, check=False)
        assert (told.returncode, "Error" in told.stderr) == (0, False), told.stderr
        return told.stdout


VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/data.db
ErrorLogFile = {folder}/errors.log
LockFile = {folder}/data.lck
TransactionFile = {folder}/data.trx
xa_persistent_file = {folder}/data.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
FileExtend = 200
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """A server with a database of its own."""
    needed("virtuoso-t", "isql-vt")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(folder=folder, sql=sql, http=http))
    command = ["virtuoso-t", "+configfile", str(folder / "virtuoso.ini"), "+foreground"]
    url = f"http://127.0.0.1:{http}"
    with server(command, url + "/sparql?query=ASK%7B%7D", folder):
        yield Virtuoso(url, f"127.0.0.1:{sql}", folder)


class Jena:
    """TDB2 of Jena 4.5 as Debian has it, by its commands."""

    LIBRARIES = (
        *(f"jena-{name}" for name in ("arq", "base", "cmds", "core", "dboe-base", "dboe-index", "dboe-storage")),
        *(f"jena-{name}" for name in ("dboe-trans-data", "dboe-transaction", "iri", "rdfconnection", "shacl", "shex")),
        *(f"commons-{name}" for name in ("cli", "codec", "compress", "csv", "io", "lang3")),
        *(f"jackson-{name}" for name in ("core", "databind", "annotations")),
        *("jena-tdb", "jena-tdb2", "slf4j-api", "slf4j-nop", "dexx.collection", "gson", "guava", "httpclient"),
        *("httpcore", "jsonld-java", "jakarta.json-api", "protobuf", "thrift", "titanium-json-ld"),
    )
    """What the commands need; all that Debian has in that folder would bring two bridges of slf4j that collide."""

    def __init__(self, folder: Path) -> None:
        needed("java")
        libraries = Path("/usr/share/java")
        if not (libraries / "jena-cmds.jar").is_file():
            pytest.skip("libapache-jena-java is not installed")
        self._folder, self._data = folder, folder / "data"
        with zipfile.ZipFile(libraries / "jena-core.jar") as packed:
            # Debian moved the classes of xerces, and left the files that they read where they were.
            for name in packed.namelist():
                if name.startswith("org/apache/jena/ext/xerces/") and not name.endswith("/"):
                    target = folder / "repair" / name.removeprefix("org/apache/jena/ext/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(packed.read(name))
        jars = [str(libraries / f"{name}.jar") for name in self.LIBRARIES]
        self._path = os.pathsep.join([str(folder / "repair"), *jars])

    def load(self, path: Path) -> None:
        self._union = [] if path.suffix == ".ttl" else ["--set", "tdb:unionDefaultGraph=true"]
        self._run("tdb2.tdbloader", "--loc", str(self._data), str(path))

    def quads(self) -> Quads:
        return parse(self._run("tdb2.tdbdump", "--loc", str(self._data)), ox.RdfFormat.N_QUADS)

    def select(self, query: str) -> list[Row]:
        path = self._folder / "query.rq"
        path.write_text(query, encoding="utf-8")
        arguments = ["--loc", str(self._data), *self._union, "--results=json", "--query", str(path)]
        return rows_of(self._run("tdb2.tdbquery", *arguments))

    def clear(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> bytes:
        command = ["java", "-cp", self._path, program, *arguments]
        told = subprocess.run(command, capture_output=True, check=False)
        assert told.returncode == 0, told.stderr.decode(errors="replace")
        return told.stdout


class Rdflib:
    """A dataset of rdflib, whose default graph is the union of all."""

    def __init__(self) -> None:
        self.clear()

    def load(self, path: Path) -> None:
        self._dataset.parse(path, format={".nq": "nquads", ".ttl": "turtle"}.get(path.suffix, "trig"))

    def quads(self) -> Quads:
        return parse(self._dataset.serialize(format="nquads", encoding="utf-8"), ox.RdfFormat.N_QUADS)

    def select(self, query: str) -> list[Row]:
        return [tuple("" if term is None else number(str(term)) for term in row) for row in self._dataset.query(query)]

    def clear(self) -> None:
        import rdflib

        self._dataset = rdflib.Dataset(default_union=True)


class Owlready:
    """The quadstore of Owlready2, which reads N-Triples alone, and answers through rdflib."""

    def __init__(self) -> None:
        self._owl = pytest.importorskip("owlready2", reason="owlready2 is not installed")
        self.clear()

    def load(self, path: Path) -> None:
        parsed = ox.parse(path=path, format=FORMATS[path.suffix])
        lines = ox.serialize({quad.triple for quad in parsed}, format=ox.RdfFormat.N_TRIPLES)
        empty = self._world.get_ontology(MERGED + "#")
        empty.load(only_local=True, fileobj=BytesIO(lines or b""), format="ntriples")

    def quads(self) -> Quads:
        lines = self._world.as_rdflib_graph().serialize(format="nt", encoding="utf-8")
        return {quad for quad in parse(lines, ox.RdfFormat.N_TRIPLES) if quad[2] != OWN}

    def select(self, query: str) -> list[Row]:
        found = self._world.as_rdflib_graph().query(query)
        return [tuple("" if term is None else number(str(term)) for term in row) for row in found]

    def clear(self) -> None:
        self._world = self._owl.World()
