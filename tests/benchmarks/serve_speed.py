"""How soon ``dragoman serve`` listens and answers on a large graph, and how many simple queries it holds.

    .venv/bin/python tests/benchmarks/serve_speed.py [CLAIMS]

38000 claims, which are made up, are 1.1 million triples. One worker answers one client, which asks over one
connection. Requests are told for each second of a processor that the server and its worker take together, so that
other work on the machine, and the client, do not count.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox
from large_record import make_record

from dragoman.record import DATASET
from small_record import quads_of

CLAIMS = 38_000
REQUESTS = 300
QUERIES = {
    "one label": "SELECT ?l {{ <{iri}> skos:prefLabel ?l }}",
    "ASK": "ASK {{ <{iri}> a dgm:State }}",
    "ten claims": "SELECT ?c ?o {{ ?c rdf:subject <{iri}> ; rdf:object ?o }} LIMIT 10",
    "twenty labels": "SELECT ?x ?l {{ ?x a dgm:State ; skos:prefLabel ?l }} LIMIT 20",
}
"""Simple queries; `iri` is a state."""


def main(claims: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        quads = list(quads_of(make_record(claims)))
        with (Path(folder) / DATASET).open("wb") as file:
            ox.serialize(quads, file, format=ox.RdfFormat.N_QUADS)
        print(f"{claims:,} claims, {len(quads):,} quads")
        measure(folder)
    return 0


def measure(folder: str) -> None:
    """Print the times of a server on the graph in `folder`."""
    began = time.monotonic()
    command = [sys.executable, "-m", "dragoman", "serve", folder, "--port", "0", "--workers", "1", "--timeout", "300"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            port = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline())[1]
            print(f"listens after {time.monotonic() - began:.2f} s", end="")
            client = http.client.HTTPConnection("127.0.0.1", int(port))
            answer = ask(client, "SELECT ?x { ?x a dgm:State } LIMIT 1")
            processes = [server.pid, *children(server.pid)]
            print(f", answers after {time.monotonic() - began:.1f} s ({taken(processes):.1f} s of the processor)")
            iri = json.loads(answer)["results"]["bindings"][0]["x"]["value"]
            for name, query in QUERIES.items():
                before = taken(processes)
                for _ in range(REQUESTS):
                    ask(client, query.format(iri=iri))
                print(f"{name:<14} {REQUESTS / (taken(processes) - before):6.0f} requests a second of one core")
        finally:
            server.terminate()


def ask(client: http.client.HTTPConnection, query: str) -> bytes:
    address = f"/sparql?query={urllib.parse.quote(query)}"
    client.request("GET", address, headers={"Accept": "application/sparql-results+json"})
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {body[:200]!r}")
    return body


def children(process: int) -> list[int]:
    """Numbers of the processes that `process` started."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def taken(processes: list[int]) -> float:
    """Seconds that `processes` took of the processor."""
    fields = [Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split() for number in processes]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS))
