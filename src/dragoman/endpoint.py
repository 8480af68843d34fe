"""A triplestore over HTTP: its graphs replaced, added to, dropped and read, by one of the two protocols of SPARQL 1.1.

``GraphStore`` speaks the Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/): a graph is
``URL?graph=IRI``. ``UpdateEndpoint`` sends SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/) and reads through
a query endpoint. Triples travel as N-Triples, told as Turtle, which every store takes.

A request that fails for a while (no answer, 429, 5xx) is made again; one that is too large (413) is cut in two. User
and password are sent only after the store has asked for them, by digest where it takes that, and are in no message.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Generator, Mapping
from types import TracebackType
from typing import Protocol, Self

import httpx
import pyoxigraph as ox

__all__ = [
    "CHUNK",
    "PASSWORD",
    "USER",
    "Client",
    "Endpoint",
    "GraphStore",
    "PushError",
    "TooLargeError",
    "UpdateEndpoint",
    "is_exposed",
    "open_client",
]

CHUNK = 1_000_000
"""Bytes of N-Triples that one request carries at most, but for a triple that is longer by itself."""
TIMEOUT = httpx.Timeout(10.0, read=300.0, write=300.0)
"""Seconds that a store may take to be reached, and to take in or give back a part of one request."""
WAITS = (1.0, 3.0, 9.0)
"""Seconds before each further try of a request that failed for a while."""
LONGEST_WAIT = 60.0
"""Seconds that a store may ask to be left alone by ``Retry-After``."""
SHOWN = 200
"""Characters of a store's own words that a message shows."""
USER, PASSWORD = "DRAGOMAN_USER", "DRAGOMAN_PASSWORD"
"""Names of the variables that hold them."""
AGAIN = "run the same command again: it goes on where it stopped"

_TURTLE = "text/turtle; charset=utf-8"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ROWS = "application/sparql-results+json"


class PushError(ValueError):
    """A store that cannot be reached, or that does not take what it is sent; the message says what to do."""


class TooLargeError(PushError):
    """A request that the store will not take for its size."""


class Endpoint(Protocol):
    """Graphs of a store, each under its IRI; `triples` are lines of N-Triples."""

    def replace(self, graph: str, triples: bytes) -> None:
        """Make `triples` all that `graph` holds."""

    def add(self, graph: str, triples: bytes) -> None:
        """Add `triples` to `graph`."""

    def drop(self, graph: str) -> None:
        """Take `graph` away, where it is there."""

    def read(self, graph: str) -> list[ox.Triple]:
        """What `graph` holds; nothing where it is not there."""


class Client:
    """Requests to one store, made again where they fail for a while; use it in a ``with`` block."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._answered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(
        self, method: str, url: httpx.URL, *, missing_ok: bool = False, headers: Mapping[str, str], content: bytes = b""
    ) -> httpx.Response:
        """The answer of the store, whose status is 2xx, or 404 where `missing_ok`.

        A store that has not answered once is not asked again: its address is wrong, or it does not run.

        :raises TooLargeError: for 413.
        :raises PushError: for any other status, or no answer at all.
        """
        problem, asked = "", 0.0
        for wait in (0.0, *WAITS):
            time.sleep(max(wait, asked))
            try:
                answer = self._client.request(method, url, headers=headers, content=content)
            except httpx.TransportError as cause:
                if not self._answered:
                    raise PushError(f"{_place(url)}: no answer: {cause}; see that the store runs there") from cause
                problem, asked = f"no answer: {cause}", 0.0
                continue
            self._answered = True
            if answer.is_success or (missing_ok and answer.status_code == httpx.codes.NOT_FOUND):
                return answer
            if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
                raise TooLargeError(f"{_place(url)}: takes no request of {len(content):,} bytes")
            if not _is_passing(answer.status_code):
                raise PushError(_explain(url, answer))
            problem, asked = f"answered {_status(answer)}", _asked_wait(answer)
        raise PushError(f"{_place(url)}: {problem}, {len(WAITS) + 1} times; see that the store runs, and {AGAIN}")


class GraphStore:
    """An endpoint of the SPARQL 1.1 Graph Store HTTP Protocol."""

    def __init__(self, client: Client, url: str) -> None:
        self._client, self._url = client, _parse_url(url)

    def replace(self, graph: str, triples: bytes) -> None:
        """Make `triples` all that `graph` holds."""
        self._send("PUT", graph, triples)

    def add(self, graph: str, triples: bytes) -> None:
        """Add `triples` to `graph`."""
        self._send("POST", graph, triples)

    def drop(self, graph: str) -> None:
        """Take `graph` away, where it is there."""
        self._client.send("DELETE", self._of(graph), missing_ok=True, headers={})

    def read(self, graph: str) -> list[ox.Triple]:
        """What `graph` holds; nothing where it is not there."""
        answer = self._client.send("GET", self._of(graph), missing_ok=True, headers={"Accept": _TRIPLES})
        if answer.status_code == httpx.codes.NOT_FOUND:
            return []
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in {"application/n-triples", "text/turtle", "text/plain", "application/x-turtle"}:
            raise PushError(
                f"{_place(self._url)}: answers with {kind or 'no type'}, not with triples, so it is no Graph Store; "
                "give the address of one, or that of an Update endpoint together with --query"
            )
        try:
            return [quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)]
        except SyntaxError as cause:
            raise PushError(f"{_place(self._url)}: answers with triples that cannot be read: {cause.msg}") from cause

    def _of(self, graph: str) -> httpx.URL:
        return self._url.copy_merge_params({"graph": graph})

    def _send(self, method: str, graph: str, triples: bytes) -> None:
        try:
            self._client.send(method, self._of(graph), headers={"Content-Type": _TURTLE}, content=triples)
        except TooLargeError:
            first, second = _halves(triples)
            if not second:
                raise
            self._send(method, graph, first)
            self._send("POST", graph, second)


class UpdateEndpoint:
    """An endpoint of SPARQL 1.1 Update, and the query endpoint of the same store."""

    def __init__(self, client: Client, url: str, query_url: str) -> None:
        self._client, self._url, self._query_url = client, _parse_url(url), _parse_url(query_url)

    def replace(self, graph: str, triples: bytes) -> None:
        """Make `triples` all that `graph` holds."""
        self.drop(graph)
        self.add(graph, triples)

    def add(self, graph: str, triples: bytes) -> None:
        """Add `triples` to `graph`."""
        if not triples:
            return  # braces with nothing between are refused by Virtuoso
        try:
            self._send(b"INSERT DATA { GRAPH <%s> {\n%s} }" % (graph.encode(), triples))
        except TooLargeError:
            first, second = _halves(triples)
            if not second:
                raise
            self.add(graph, first)
            self.add(graph, second)

    def drop(self, graph: str) -> None:
        """Take `graph` away, where it is there."""
        self._send(b"DROP SILENT GRAPH <%s>" % graph.encode())

    def read(self, graph: str) -> list[ox.Triple]:
        """What `graph` holds; nothing where it is not there."""
        query = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        url = self._query_url.copy_merge_params({"query": query})
        answer = self._client.send("GET", url, headers={"Accept": _ROWS})
        try:
            rows = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
        except SyntaxError as cause:
            raise PushError(
                f"{_place(self._query_url)}: answers no SPARQL query; give the store's query endpoint with --query"
            ) from cause
        return [] if isinstance(rows, ox.QueryBoolean) else [ox.Triple(row["s"], row["p"], row["o"]) for row in rows]

    def _send(self, update: bytes) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._client.send("POST", self._url, headers=headers, content=update)


def open_client(user: str = "", password: str = "") -> Client:
    """A client that answers with `user` and `password` where a store asks who is there."""
    auth = _AskedAuth(user, password) if user else None
    return Client(httpx.Client(auth=auth, timeout=TIMEOUT, headers={"User-Agent": "dragoman"}))


def is_exposed(url: str) -> bool:
    """Whether what is sent to `url` can be read on its way: it is not encrypted, and leaves this machine."""
    parsed = _parse_url(url)
    if parsed.scheme == "https" or parsed.host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(parsed.host).is_loopback
    except ValueError:
        return True


class _AskedAuth(httpx.Auth):
    """Basic or digest authentication, whichever the store asks for; digest where it asks for both."""

    requires_response_body = False

    def __init__(self, user: str, password: str) -> None:
        self._kinds: dict[str, httpx.Auth] = {
            "digest": httpx.DigestAuth(user, password),
            "basic": httpx.BasicAuth(user, password),
        }
        self._kind = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._kind:
            yield from self._kinds[self._kind].auth_flow(request)
            return
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        asked = [line.partition(" ")[0].lower() for line in response.headers.get_list("WWW-Authenticate")]
        self._kind = next((kind for kind in self._kinds if kind in asked), "")
        if self._kind:
            yield from self._kinds[self._kind].auth_flow(request)


def _parse_url(text: str) -> httpx.URL:
    """`text` as a URL that may be shown.

    :raises PushError: if it is none of http(s), or holds a user or password.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as cause:
        raise PushError("the address of the store is no URL") from cause
    if url.userinfo:
        raise PushError(f"{_place(url)}: holds a user or password; set {USER} and {PASSWORD}, and leave them out there")
    if url.scheme not in {"http", "https"} or not url.host:
        raise PushError(f"{text}: is no http(s) address of a store")
    return url.copy_with(fragment=None)


def _place(url: httpx.URL) -> str:
    """`url` without what should not be shown, or is too long to."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _is_passing(status: int) -> bool:
    return status in {408, 425, 429} or (status >= 500 and status not in {501, 505})


def _asked_wait(answer: httpx.Response) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else 0.0


def _status(answer: httpx.Response) -> str:
    words = " ".join(answer.text.split()) if "html" not in answer.headers.get("Content-Type", "") else ""
    words = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    return f"{answer.status_code} {answer.reason_phrase}".strip() + (f" ({words})" if words else "")


def _explain(url: httpx.URL, answer: httpx.Response) -> str:
    status = answer.status_code
    todo = ""
    if status in {401, 403}:
        told = "Authorization" in answer.request.headers
        todo = f"; {'look at' if told else 'set'} {USER} and {PASSWORD}" + ("" if status == 401 else ", and its rights")
    elif status in {404, 405, 501}:
        todo = (
            "; this is no Graph Store that can be written: look up its address, or give an Update endpoint and --query"
        )
    elif answer.has_redirect_location:
        todo = f"; give the address that it names: {_place(url.join(answer.headers['Location']))}"
    return f"{_place(url)}: answered {_status(answer)}{todo}"


def _halves(triples: bytes) -> tuple[bytes, bytes]:
    """`triples` cut at the line end nearest after their middle; the second is empty where there is one line alone."""
    cut = triples.find(b"\n", len(triples) // 2, len(triples) - 1) + 1 or triples.rfind(b"\n", 0, len(triples) - 1) + 1
    return (triples[:cut], triples[cut:]) if cut else (triples, b"")
