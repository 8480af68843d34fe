"""HTTP for a pool of workers, as an ASGI application (https://asgi.readthedocs.io): who may ask, and how much.

A page on another site can make the browser of its reader ask this server. It learns nothing by that: a ``Host`` that is
not this server's own is refused, which ends DNS rebinding; so is what a browser marks as cross-site, unless somebody
follows a link. There is nothing to write, and what would write is refused by its method or media type.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dragoman.server.messages import SPARQL, Answer, Request, refusal
from dragoman.server.pool import Pool

__all__ = ["Application", "is_own_host"]

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = Mapping[str, str]

LONGEST = 1_000_000
"""Bytes of a body, and of a query string."""
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Pages run no script at all, and load nothing but the style sheet (https://www.w3.org/TR/CSP3/)."""
ALWAYS = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cache-control", "no-cache"),
    ("vary", "accept"),
)


@dataclass(frozen=True, slots=True)
class Application:
    """Answers from `pool` to those who ask under one of the names in `hosts`, or under an address in numbers."""

    pool: Pool
    hosts: frozenset[str]

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """One HTTP request, or the start and end of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            answer = self.refuse(scope["method"], scope["path"], headers) or await self._answer(scope, headers, receive)
            await _send(answer, send, head=scope["method"] == "HEAD")

    def refuse(self, method: str, path: str, headers: Headers) -> Answer | None:
        """Why a request is not answered, whatever it asks; None if it is."""
        host = headers.get("host", "")
        if not is_own_host(host, self.hosts):
            return refusal(
                421, f"this server is not {host or 'a host without name'}; ask it by its own name, or --allow-host"
            )
        if method not in {"GET", "HEAD", "POST"} or (method == "POST" and path != SPARQL):
            return refusal(
                405, "this server is read-only", ("allow", "GET, HEAD, POST" if path == SPARQL else "GET, HEAD")
            )
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return refusal(403, "asked by a page of another site")
        if headers.get("sec-fetch-site") in {"cross-site", "same-site"} and (
            method == "POST" or headers.get("sec-fetch-mode") != "navigate"
        ):
            return refusal(403, "asked by a page of another site")
        return None

    async def _answer(self, scope: Mapping[str, Any], headers: Headers, receive: Receive) -> Answer:
        texts = [scope["query_string"]]
        asked: list[tuple[str, str]] = []
        if len(texts[0]) > LONGEST:
            return refusal(414, f"the address is longer than {LONGEST:,} bytes; send the query with POST")
        if scope["method"] == "POST":
            media = headers.get("content-type", "").partition(";")[0].strip().lower()
            body = await _read(receive)
            if body is None:
                return refusal(413, f"the query is longer than {LONGEST:,} bytes")
            if media == UPDATE:
                return refusal(403, "updates are refused: this server is read-only")
            if media not in {FORM, QUERY}:
                return refusal(415, f"send a query as {FORM} or {QUERY}", ("accept-post", f"{FORM}, {QUERY}"))
            if media == FORM:
                texts.append(body)
            else:
                asked.append(("query", body.decode("utf-8", "replace")))
        for text in texts:
            asked += parse_qsl(text.decode("utf-8", "replace"), keep_blank_values=True)
        if any(name == "update" for name, _ in asked):
            return refusal(403, "updates are refused: this server is read-only")
        path = scope.get("raw_path") or scope["path"].encode()
        return await self.pool.ask(Request(path.decode("latin-1"), tuple(asked), headers.get("accept", "")))

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.pool.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.pool.stop()
        await send({"type": "lifespan.shutdown.complete"})


def is_own_host(host: str, names: Iterable[str]) -> bool:
    """Whether the ``Host`` header is one of `names` or an address in numbers, which no name can be rebound to.

    >>> is_own_host("localhost:8000", {"localhost"}), is_own_host("[::1]:8000", ()), is_own_host("evil.example", ())
    (True, True, False)
    """
    try:
        name = "" if "@" in host else urlsplit(f"//{host}").hostname or ""
    except ValueError:  # brackets that hold no address
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True


async def _read(receive: Receive) -> bytes | None:
    """The body of a request; None if it is too long."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LONGEST:
            return None
    return body


async def _send(answer: Answer, send: Send, *, head: bool) -> None:
    own = dict(answer.headers)
    headers = {"content-security-policy": POLICY, **dict(ALWAYS), **own}
    headers |= {"content-type": answer.media, "content-length": str(len(answer.body))}
    encoded = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    await send({"type": "http.response.body", "body": b"" if head else answer.body})
