"""A build sent to a store: whole, again, after a break, with a password, and to stores that refuse."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import httpx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from dragoman import endpoint
from dragoman.cli import main
from dragoman.endpoint import Client, GraphStore, PushError, UpdateEndpoint, is_exposed, open_client
from dragoman.push import push
from dragoman.record import DATASET, RecordError, read_quads
from small_record import RECORD, trap_record, write_output

STORE, UPDATE, QUERY = "https://store.example/graphs", "https://store.example/update", "https://store.example/query"
STATE = RECORD.base + "graph/pushed"


class FakeStore:
    """A store behind HTTP, with both protocols; `refuse` may answer a request before the store does."""

    def __init__(self, refuse=lambda request: None):
        self.store, self.refuse, self.requests, self.told = ox.Store(), refuse, [], []

    def __call__(self, request):
        self.requests.append(request)
        self.told.append("Authorization" in request.headers)  # the request itself is used again
        refused = self.refuse(request)
        if refused is not None:
            return refused
        if request.url.path == "/update":
            self.store.update(request.content.decode())
            return httpx.Response(204)
        if request.url.path == "/query":
            rows = self.store.query(request.url.params["query"])
            return httpx.Response(200, content=rows.serialize(format=ox.QueryResultsFormat.JSON))
        graph = ox.NamedNode(request.url.params["graph"])
        if request.method == "GET":
            quads = [quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)]
            content = ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES)
            headers = {"Content-Type": "application/n-triples"}
            return httpx.Response(200 if quads else 404, content=content, headers=headers)
        if request.method in {"PUT", "DELETE"}:
            self.store.remove_graph(graph)
        if request.method in {"PUT", "POST"}:
            self.store.load(request.content, format=ox.RdfFormat.TURTLE, to_graph=graph)
        return httpx.Response(204)

    def client(self, **more):
        return Client(httpx.Client(transport=httpx.MockTransport(self), **more))

    def quads(self):
        """All but the state of pushes."""
        return {quad for quad in self.store if quad.graph_name.value != STATE}

    def writes(self):
        return [request for request in self.requests if request.method != "GET"]


def stored(folder):
    """What a store makes of the dataset in a folder: Oxigraph takes a whole number of any type for an xsd:integer."""
    store = ox.Store()
    store.extend(read_quads(folder))
    return set(store)


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch):
    monkeypatch.setattr(endpoint, "WAITS", (0.0, 0.0))


@pytest.fixture(params=["graph store", "update"])
def protocol(request):
    """A function from a fake store to an endpoint of either protocol."""
    if request.param == "update":
        return lambda fake: UpdateEndpoint(fake.client(), UPDATE, QUERY)
    return lambda fake: GraphStore(fake.client(), STORE)


@pytest.mark.parametrize("record", [RECORD, trap_record()], ids=["small", "hostile"])
@pytest.mark.parametrize("chunk", [1, 2000, 10**6])
def test_a_store_holds_the_same_graphs(protocol, record, chunk, tmp_path):
    folder = write_output(tmp_path / "out", record)
    fake = FakeStore()
    done = push(folder, protocol(fake), chunk=chunk)
    assert fake.quads() == stored(folder)
    assert done.triples == len(fake.quads())
    assert set(done.sent) == {quad.graph_name.value for quad in fake.quads()}


def test_a_second_push_sends_nothing_and_one_with_all_everything(protocol, tmp_path):
    folder, fake = write_output(tmp_path / "out"), FakeStore()
    first = push(folder, protocol(fake))
    written = len(fake.writes())
    again = push(folder, protocol(fake))
    assert (again.sent, again.kept, len(fake.writes())) == ((), first.sent, written)
    assert push(folder, protocol(fake), every=True).sent == first.sent


def test_a_push_sends_what_changed_and_takes_away_what_is_gone(protocol, tmp_path):
    folder, fake = write_output(tmp_path / "out"), FakeStore()
    push(folder, protocol(fake))
    fake.store.add(ox.Quad(*[ox.NamedNode("http://e.org/other")] * 4))
    fewer = replace(
        RECORD, documents=RECORD.documents[:2], claims=tuple(claim for claim in RECORD.claims if claim.date != "2023")
    )
    entities = tuple(replace(entity, documents=entity.documents[:2]) for entity in RECORD.entities)
    write_output(folder, replace(fewer, entities=entities))
    done = push(folder, protocol(fake))
    assert done.dropped == (f"{RECORD.base}document/third.txt",)
    assert f"{RECORD.base}graph/measures" in done.kept
    other = {quad for quad in fake.quads() if quad.graph_name.value == "http://e.org/other"}
    assert len(other) == 1
    assert fake.quads() - other == stored(folder)


def test_a_push_broken_off_at_any_request_goes_on(protocol, tmp_path):
    folder = write_output(tmp_path / "out")
    whole = FakeStore()
    push(folder, protocol(whole), chunk=2000)
    for stop in range(1, len(whole.requests) + 1):
        fake = FakeStore()
        fake.refuse = lambda _, fake=fake, stop=stop: httpx.Response(400) if len(fake.requests) == stop else None
        with pytest.raises(PushError, match="answered 400"):
            push(folder, protocol(fake), chunk=2000)
        done = push(folder, protocol(fake), chunk=2000)
        assert fake.quads() == stored(folder)
        assert len(done.sent) + len(done.kept) == 8
    assert len(done.kept) == 7, "what was sent before the last request was not known"


def test_a_request_that_is_too_large_is_cut(protocol, tmp_path):
    folder = write_output(tmp_path / "out")
    fake = FakeStore(lambda request: httpx.Response(413) if len(request.content) > 1500 else None)
    push(folder, protocol(fake))
    assert fake.quads() == stored(folder)
    fake = FakeStore(lambda request: httpx.Response(413) if request.content else None)
    with pytest.raises(PushError, match=r"store\.example/\w+: takes no request of \d+ bytes"):
        push(folder, protocol(fake))


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.Response(429, headers={"Retry-After": "0"}), None])
def test_a_request_that_fails_for_a_while_is_made_again(protocol, answer, tmp_path):
    folder = write_output(tmp_path / "out")

    def every_other(request):
        if len(fake.requests) % 2 == 0:
            if answer is None:
                raise httpx.ReadError("broken pipe")
            return answer
        return None

    fake = FakeStore(every_other)
    push(folder, protocol(fake))
    assert fake.quads() == stored(folder)


def test_a_store_that_stays_away_is_told_with_the_way_on(tmp_path):
    folder = write_output(tmp_path / "out")
    fake = FakeStore(lambda request: httpx.Response(503, text="no space") if request.method == "PUT" else None)
    with pytest.raises(
        PushError, match=r"answered 503 Service Unavailable \(no space\), 3 times; .*goes on where it stopped"
    ):
        push(folder, GraphStore(fake.client(), STORE))
    assert len(fake.writes()) == 1 + 3


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (httpx.Response(401), "answered 401 Unauthorized; set DRAGOMAN_USER and DRAGOMAN_PASSWORD"),
        (httpx.Response(403), "answered 403 Forbidden; set DRAGOMAN_USER and DRAGOMAN_PASSWORD, and its rights"),
        (httpx.Response(405), "this is no Graph Store that can be written"),
        (
            httpx.Response(301, headers={"Location": "/here?x=1"}),
            "the address that it names: https://store.example/here",
        ),
        (httpx.Response(400, text="line 1:\n\nno"), r"answered 400 Bad Request \(line 1: no\)"),
        (httpx.Response(200, html="<p>hello"), "answers with text/html, not with triples"),
        (httpx.Response(200, text="<a", headers={"Content-Type": "text/turtle"}), "triples that cannot be read"),
    ],
)
def test_a_store_that_refuses_is_told_with_what_to_do(answer, message, tmp_path):
    with pytest.raises(PushError, match=rf"^https://store\.example/graphs: .*{message}"):
        push(write_output(tmp_path / "out"), GraphStore(FakeStore(lambda _: answer).client(), STORE))


def test_an_endpoint_that_answers_no_query_is_told(tmp_path):
    fake = FakeStore(lambda _: httpx.Response(200, html="<p>hello"))
    with pytest.raises(PushError, match=r"/query: answers no SPARQL query; .* --query"):
        push(write_output(tmp_path / "out"), UpdateEndpoint(fake.client(), UPDATE, QUERY))


@pytest.mark.parametrize(
    ("challenges", "scheme", "unasked"),
    [
        (['Basic realm="s"'], "Basic", 1),
        (['Digest realm="s", nonce="n", qop="auth"'], "Digest", 2),
        (['Basic realm="s"', 'Digest realm="s", nonce="n", qop="auth"'], "Digest", 2),
    ],
)
def test_user_and_password_are_sent_once_the_store_asks(challenges, scheme, unasked, tmp_path):
    def refuse(request):
        told = request.headers.get("Authorization", "")
        fits = told.startswith("Digest ") and 'username="ann"' in told and "s3cret" not in told
        if scheme == "Basic":
            fits = told == "Basic " + base64.b64encode(b"ann:s3cret").decode()
        return None if fits else httpx.Response(401, headers=[("WWW-Authenticate", line) for line in challenges])

    fake = FakeStore(refuse)
    folder = write_output(tmp_path / "out")
    auth = open_client("ann", "s3cret")._client.auth
    push(folder, GraphStore(fake.client(auth=auth), STORE))
    assert fake.quads() == stored(folder)
    assert fake.told == [False] * unasked + [True] * (len(fake.told) - unasked)
    fake = FakeStore(lambda _: httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="s"'}))
    with pytest.raises(PushError, match="answered 401 Unauthorized; look at DRAGOMAN_USER and DRAGOMAN_PASSWORD"):
        push(folder, GraphStore(fake.client(auth=open_client("ann", "wrong")._client.auth), STORE))


@pytest.mark.parametrize(
    ("url", "exposed"),
    [
        ("https://store.example/", False),
        ("http://localhost:1/", False),
        ("http://127.0.0.1/", False),
        ("http://[::1]:7/", False),
        ("http://store.example/", True),
        ("http://192.0.2.7/", True),
    ],
)
def test_an_address_where_a_password_can_be_read_is_told(url, exposed):
    assert is_exposed(url) == exposed


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("store.example/graphs", "is no http.s. address of a store"),
        ("ftp://store.example/", "is no http.s. address of a store"),
        ("http://", "is no http.s. address of a store"),
        ("https://ann:s3cret@store.example/", "holds a user or password; set DRAGOMAN_USER"),
        ("http://a:port/", "is no URL"),
        ("http://127.0.0.1:1/", r"^dragoman: http://127\.0\.0\.1:1/: no answer: .*see that the store runs there"),
    ],
)
def test_command_tells_a_wrong_address_in_one_line(url, message, tmp_path):
    told = CliRunner().invoke(main, ["push", str(write_output(tmp_path / "out")), "--to", url])
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert "s3cret" not in told.stderr
    assert re.search(message, told.stderr)


def test_a_build_that_is_missing_or_holds_triples_outside_graphs_is_an_error(tmp_path):
    endpoint_ = GraphStore(FakeStore().client(), STORE)
    with pytest.raises(RecordError, match="no such folder"):
        push(tmp_path / "none", endpoint_)
    folder = write_output(tmp_path / "out")
    (folder / DATASET).write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .\n")
    with pytest.raises(RecordError, match="damaged: triples stand in no named graph"):
        push(folder, endpoint_)


def test_the_state_in_the_store_names_each_graph(tmp_path):
    fake = FakeStore()
    done = push(write_output(tmp_path / "out"), GraphStore(fake.client(), STORE))
    state = fake.store.quads_for_pattern(None, None, None, ox.NamedNode(STATE))
    assert sorted(quad.subject.value for quad in state) == list(done.sent)
