"""Nothing is fetched unless the user asks: commands over inputs that name remote things, with the network watched.

The remote things lie on a machine that counts who reaches it, whatever library it was. Beside that, every process that
a command starts loads a guard, which notes each try to look up or reach another machine and ends the process; and where
the system permits it, the commands run once more where there is no network at all.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from listening import listening

pytestmark = pytest.mark.slow

GUARD = """
import os, sys
REACHING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto",
            "socket.sendmsg", "urllib.Request", "http.client.connect", "ftplib.connect"}
def watch(event, arguments):
    if event in REACHING and not (event == "socket.connect" and isinstance(arguments[1], (str, bytes))):
        with open(os.environ["GUARD_NOTES"], "a") as notes:
            notes.write(f"{event} {arguments!r}\\n")
        os._exit(77)
sys.addaudithook(watch)
"""
REMOTE = "http://192.0.2.1"  # https://www.rfc-editor.org/rfc/rfc5737: stands for no machine
TEXT = "Ghana condemned terrorism. Togo signed an agreement on fishing with Ghana in Accra."
MARKUP = (
    f'<p>{TEXT}</p><img src="{REMOTE}/a.png"><iframe src="{REMOTE}/b"></iframe><script src="{REMOTE}/c.js"></script>'
    f'<link rel="stylesheet" href="{REMOTE}/d.css"><object data="{REMOTE}/e"></object>'
    f'<svg><image href="{REMOTE}/f"/></svg>'
)
FRONT = f'---\ntitle: "{REMOTE}/title"\nauthor: {REMOTE}/author\n---\n\n'
ENTITIES = f'<!DOCTYPE x SYSTEM "{REMOTE}/x.dtd" [<!ENTITY e SYSTEM "{REMOTE}/e">]>'
HEAD = f'<head><base href="{REMOTE}/"><title>Talks</title></head>'
DOCUMENTS = {
    "remarks.md": f"{FRONT}{TEXT} ![]({REMOTE}/g.png)\n\n{MARKUP}\n",
    "data.txt": f'{TEXT}\n\n{{"@context": "{REMOTE}/context.jsonld", "@id": "x"}}\n',
    "typed.txt": f"{ENTITIES}\n\n{TEXT} &e;\n",
    "page.html": f"<!DOCTYPE html><html>{HEAD}<body>{MARKUP}</body></html>",
    "feed.xml": f'<?xml version="1.0"?>{ENTITIES}<x>&e; {TEXT}</x>',
    "linked.jsonld": f'{{"@context": "{REMOTE}/context.jsonld", "name": "{TEXT}"}}',
    "metadata.csv": f"file,title,author\ndata.txt,{REMOTE}/title,{REMOTE}/author\n",
}
ONTOLOGY = f"""@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<{REMOTE}/mine> a owl:Ontology ; owl:imports <{REMOTE}/imported.ttl> ; rdfs:seeAlso <{REMOTE}/more> ;
    sh:shapesGraph <{REMOTE}/shapes.ttl> ; sh:entailment <{REMOTE}/regime> .
dgm:Ferry a owl:Class ; rdfs:subClassOf dgm:Place ; rdfs:isDefinedBy <{REMOTE}/mine> .
dgm:FerryShape a sh:NodeShape ; sh:targetClass dgm:Ferry ;
    sh:not [ sh:property [ sh:path dgm:iso3 ; sh:hasValue "{REMOTE}" ] ] .
"""
COMMANDS = (
    ("build", "documents", "-o", "out", "--ontology", "mine.ttl", "--infer"),
    ("build", "documents", "-o", "out", "--ontology", "mine.ttl"),
    ("check", "out", "--documents", "documents"),
    ("query", "out", f"SELECT ?s FROM <{REMOTE}/graph> {{ ?s ?p ?o }}"),
    ("query", "out", "SELECT ?title { ?document dcterms:title ?title }", "-o", "titles.csv"),
    ("ask", "out", "disputed"),
    ("verify", "out", "--documents", "documents"),
    ("measure", "out", "--report", "report.html"),
    ("review", "out"),
    ("diff", "out", "out"),
    *(("export", "out", "--to", f"x.{suffix}") for suffix in ("ttl", "nq", "trig", "jsonld", "rdf", "gexf", "zip")),
    ("migrate", "out"),
    ("licences",),
)
REFUSED = (
    ("query", "out", f"SELECT ?s {{ SERVICE <{REMOTE}/sparql> {{ ?s ?p ?o }} }}"),
    ("query", "out", f"SELECT ?s {{ SERVICE SILENT <{REMOTE}/sparql> {{ ?s ?p ?o }} }}"),
    ("query", "out", f"LOAD <{REMOTE}/data.ttl>"),
)
WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")


def has_namespaces() -> bool:
    """Whether this system lets us run a program without a network."""
    if shutil.which(WITHOUT_NETWORK[0]) is None:
        return False
    return subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def remote():
    """The machine on which the remote things lie."""
    with listening() as listener:
        yield listener


@pytest.fixture(scope="module")
def folder(tmp_path_factory, remote):
    """The input, and the guard."""
    place = tmp_path_factory.mktemp("remote")
    (place / "documents").mkdir()
    for name, text in DOCUMENTS.items():
        (place / "documents" / name).write_text(text.replace(REMOTE, remote.url))
    (place / "mine.ttl").write_text(ONTOLOGY.replace(REMOTE, remote.url))
    (place / "guard").mkdir()
    (place / "guard" / "sitecustomize.py").write_text(GUARD)
    return place


def run(folder: Path, *arguments: str, program: tuple[str, ...] = ("-m", "dragoman"), before: tuple[str, ...] = ()):
    """A command in `folder` under the guard, and what the guard noted."""
    notes = folder / "notes.txt"
    notes.unlink(missing_ok=True)
    path = os.pathsep.join(filter(None, (str(folder / "guard"), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "GUARD_NOTES": str(notes)}
    done = subprocess.run(
        [*before, sys.executable, *program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return done, notes.read_text() if notes.exists() else ""


@pytest.mark.parametrize(
    "code",
    [
        f"import urllib.request; urllib.request.urlopen('{REMOTE}/')",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import httpx; httpx.get('http://127.0.0.1:9/')",
        "import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', \"import socket; "
        "socket.create_connection(('127.0.0.1', 9))\"]))",
    ],
)
def test_the_guard_sees_who_reaches_out(folder, code):
    done, notes = run(folder, program=("-c", code))
    assert done.returncode == 77
    assert notes


def test_no_command_reaches_out_whatever_its_input_names(folder, remote):
    remote.heard.clear()
    for command in COMMANDS:
        done, notes = run(folder, *(word.replace(REMOTE, remote.url) for word in command))
        assert (done.returncode, notes) == (0, ""), f"{command}: {done.stderr}"
    for command in REFUSED:
        done, notes = run(folder, *(word.replace(REMOTE, remote.url) for word in command))
        assert (done.returncode, notes) == (2, ""), f"{command}: {done.stderr}"
        assert "is refused" in done.stderr
    assert remote.heard == []
    for path in (folder / "out" / "graph.html", folder / "report.html"):
        assert not re.search(f"=[\"']?{remote.url}", path.read_text(encoding="utf-8"))


def test_a_store_is_reached_where_the_user_names_one(folder, remote):
    run(folder, *COMMANDS[0])
    done, notes = run(folder, "push", "out", "--to", f"{remote.url}/store")
    assert done.returncode == 77
    assert "127.0.0.1" in notes


@pytest.mark.skipif(not has_namespaces(), reason="this system does not let us run a program without a network")
def test_commands_run_where_there_is_no_network(folder):
    for command in COMMANDS[1:4]:
        done, _ = run(folder, *command, before=WITHOUT_NETWORK)
        assert done.returncode == 0, f"{command}: {done.stderr}"
