"""Who may ask the server: its own pages and programs, not pages of other sites, and nobody to change anything."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from dragoman.server.app import LONGEST, Application, is_own_host
from dragoman.server.messages import Answer, Request

OWN = {"host": "localhost:7878"}


@dataclass
class Echo:
    """A pool that remembers what it was asked."""

    asked: list[Request] = field(default_factory=list)

    async def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        return Answer(200, "text/plain", b"answered")


def send(
    method="GET", path="/", query=b"", body=b"", **headers: str
) -> tuple[int, dict[str, str], bytes, list[Request]]:
    pool, sent = Echo(), []
    given = OWN | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def keep(message):
        sent.append(message)

    asyncio.run(Application(pool, frozenset({"localhost"}))(scope, receive, keep))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"], pool.asked


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True), ("LOCALHOST:80", True), ("127.0.0.1:7878", True), ("[::1]:7878", True), ("10.0.0.3", True),
        ("", False), ("evil.example", False), ("localhost.evil.example", False), ("localhost@evil.example", False),
        ("evil@127.0.0.1", False), ("[localhost]", False), ("[", False), ("127.0.0.1.evil.example:80", False),
    ],
)  # fmt: skip
def test_a_host_is_our_own_by_name_or_by_number(host, own):
    assert is_own_host(host, {"localhost"}) is own


def test_a_name_rebound_to_this_machine_learns_nothing():
    status, _, body, asked = send(host="evil.example:7878")
    assert (status, asked) == (421, [])
    assert b"this server is not evil.example" in body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_nothing_can_be_written(method):
    status, headers, _, asked = send(method)
    assert (status, headers["allow"], asked) == (405, "GET, HEAD", [])


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
        (b"CLEAR ALL", "application/sparql-update", 403),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (b"query=" + b"a" * LONGEST, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_post_that_is_no_query_is_refused(body, media, status):
    found, _, _, asked = send("POST", "/sparql", body=body, content_type=media)
    assert (found, asked) == (status, [])
    assert send(query=b"update=CLEAR+ALL", path="/sparql")[0] == 403


def test_a_query_arrives_by_each_way_of_the_protocol():
    query = (("query", "ASK { ?é ?b ?c }"),)
    form = b"query=ASK+%7B+?%C3%A9+?b+?c+%7D"
    ways = [
        send(path="/sparql", query=form),
        send("POST", "/sparql", body=form, content_type="application/x-www-form-urlencoded; charset=utf-8"),
        send("POST", "/sparql", body=query[0][1].encode(), content_type="application/sparql-query"),
    ]
    assert [asked[0].values for *_, asked in ways] == [query] * 3
    both = send(
        "POST", "/sparql", query=b"default-graph-uri=a:b", body=b"ASK {}", content_type="application/sparql-query"
    )
    assert both[3][0].values == (("query", "ASK {}"), ("default-graph-uri", "a:b"))


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"origin": "https://evil.example"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": "http://localhost:7878"}, 200),
        ("POST", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 403),
        ("GET", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, 403),
        ("GET", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 200),
        ("GET", {"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors"}, 200),
        ("GET", {"origin": "http://localhost:9999"}, 403),
    ],
)
def test_a_page_of_another_site_cannot_ask(method, headers, status):
    assert send(method, "/sparql", body=b"ASK {}", content_type="application/sparql-query", **headers)[0] == status


def test_every_answer_says_that_it_runs_no_script_and_stands_in_no_frame():
    for answer in (send(), send(host="evil.example"), send("PUT")):
        headers = answer[1]
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert "script" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert "access-control-allow-origin" not in headers


def test_head_has_the_length_of_the_body_and_no_body():
    _, headers, body, _ = send("HEAD")
    assert (headers["content-length"], body) == ("8", b"")
