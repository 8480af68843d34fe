"""A server that is killed, starting or under load: the folder stays as it is, nothing is left, and a new one starts.

Twelve servers are killed, or as many as the environment variable DRAGOMAN_KILLS says, at moments chosen at random from
a fixed seed; each takes the address of the one before it.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from question_record import RECORD
from small_record import write_output

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc that lists processes"),
]

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "12"))
LABELS = "SELECT ?label { ?x a dgm:State ; skos:prefLabel ?label } ORDER BY ?label"
FOREVER = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g LIMIT 1"
JSON = "application/sparql-results+json"
STATES = ["Norland", "Südmark"]


def files_in(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def living(group: int) -> list[str]:
    """Commands of the processes of a group that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of = (path / "stat").read_text().rsplit(")", 1)[1].split()[:3]
            if int(of) == group and state not in "ZX":
                found.append((path / "cmdline").read_text().replace("\0", " "))
        except OSError:  # it has ended meanwhile
            continue
    return found


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def fetch(place: str, query: str) -> bytes:
    address = f"{place}/sparql?query={urllib.parse.quote(query)}"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": JSON}), timeout=60) as answer:
        return answer.read()


def states(answer: bytes) -> list[str]:
    return [row["label"]["value"] for row in json.loads(answer)["results"]["bindings"]]


class Clients:
    """Four clients that ask without a pause, one of them what takes for ever, until the server is gone."""

    def __init__(self, place: str) -> None:
        self.wrong: list[bytes] = []
        self.answered = 0
        self._gone = threading.Event()
        queries = (LABELS, LABELS, LABELS, FOREVER)
        self._threads = [threading.Thread(target=self._ask, args=(place, query)) for query in queries]
        for thread in self._threads:
            thread.start()

    def _ask(self, place: str, query: str) -> None:
        while not self._gone.is_set():
            try:
                answer = fetch(place, query)
            except urllib.error.HTTPError:  # a worker is busy, or was ended
                continue
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
                continue
            self.answered += 1
            if query == LABELS and states(answer) != STATES:
                self.wrong.append(answer)

    def end(self) -> None:
        """Wait until they have seen that the server is gone."""
        self._gone.set()
        for thread in self._threads:
            thread.join(60)


def test_a_killed_server_leaves_the_folder_whole_and_its_address_free(tmp_path):
    chance, met = random.Random(2031), Counter()
    out, scratch = write_output(tmp_path / "out", RECORD), tmp_path / "scratch"
    scratch.mkdir()
    whole, port = files_in(out), free_port()
    command = [sys.executable, "-m", "dragoman", "serve", str(out), "--port", str(port), "--timeout", "30"]
    answered, place, seconds = 0, f"http://127.0.0.1:{port}", 1.0
    for number in range(KILLS):
        begun = time.monotonic()
        server = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(scratch)},
        )
        early = number % 4 == 3  # while it starts
        clients = None
        if early:
            time.sleep(chance.uniform(0, seconds))
        else:
            assert "Serving" in server.stdout.readline()
            assert states(fetch(place, LABELS)) == STATES, f"kill {number}: the next server answers"
            seconds = time.monotonic() - begun
            clients = Clients(place)
            time.sleep(chance.uniform(0, 1))
        server.kill()
        assert server.wait(60) == -9
        told = server.stdout.read()  # until its workers, who have the other end too, are gone
        assert "Traceback" not in told
        if clients:
            clients.end()
            answered += clients.answered
            assert clients.wrong == []
        deadline = time.monotonic() + 20
        while (left := living(server.pid)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert left == [], f"kill {number}: these run on"
        assert files_in(out) == whole
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "scratch"]
        assert list(scratch.iterdir()) == []
        met["starting" if early else "under load"] += 1
    assert answered > KILLS
    print(f"{KILLS} kills: {dict(met)}; {answered} answers, all right")
