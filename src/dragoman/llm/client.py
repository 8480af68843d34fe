"""One request to a language model: OpenAI's chat completions over HTTP, as servers of many makers speak them.

A server is trusted with nothing: its answer is bounded in bytes and in time, never followed elsewhere, and what it says
of an error is shown without the key, which is in no message and no cache.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from dragoman.llm.settings import Settings, is_loopback, place_of

__all__ = ["AskError", "Client", "Completion", "Fault"]

LARGEST = 4_000_000
"""Bytes of an answer above which it is not read on: many times what a model writes."""
CONNECT = 10.0
"""Seconds that a server may take to be reached."""
SHOWN = 200
"""Characters of a server's own words that a message shows."""
REPAIRS = {
    HTTPStatus.UNAUTHORIZED: "; look at DRAGOMAN_LLM_KEY",
    HTTPStatus.FORBIDDEN: "; look at DRAGOMAN_LLM_KEY, and its rights",
    HTTPStatus.PAYMENT_REQUIRED: "; the account has no money left",
    HTTPStatus.NOT_FOUND: "; look at DRAGOMAN_LLM_URL, which ends in /v1 for most servers, and DRAGOMAN_LLM_MODEL",
    HTTPStatus.METHOD_NOT_ALLOWED: "; look at DRAGOMAN_LLM_URL, which ends in /v1 for most servers",
}
"""What to do about a status after which no further request is made."""
SETTINGS = "; a server that knows no JSON Schema needs DRAGOMAN_LLM_FORM=json_object, one that knows no such \
temperature or limit DRAGOMAN_LLM_TEMPERATURE=none or DRAGOMAN_LLM_LIMIT=max_completion_tokens"


class Fault(StrEnum):
    """What follows from a request without an answer that can be used."""

    PASSING = "passing"  # it may be made again
    ANSWER = "answer"  # it may be made again, and the server is not at fault
    PIECE = "piece"  # this piece will get none
    SERVER = "server"  # no piece will


class AskError(Exception):
    """A request without an answer that can be used.

    `reason` holds no words of the server's, `message` does; `wait` is how many seconds it asks to be left alone, and
    `billed` says whether it may have worked for the request.
    """

    def __init__(
        self, reason: str, fault: Fault, *, message: str = "", wait: float = 0.0, billed: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.fault, self.message = reason, fault, message or reason
        self.wait, self.billed = wait, billed


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote; `is_cut` where it reached the limit of an answer. Tokens are none where they are not told."""

    content: str
    is_cut: bool
    tokens_in: int | None = None
    tokens_out: int | None = None


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Body(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class Client:
    """Requests to the server that `settings` name; use it in a ``with`` block, from any thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.place = place_of(settings.url)
        self._url = httpx.URL(settings.url)
        self._url = self._url.copy_with(path=f"{self._url.path.rstrip('/')}/chat/completions")
        headers = {"Accept-Encoding": "identity", "User-Agent": "dragoman"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key.reveal()}"
        self._client = httpx.Client(
            timeout=httpx.Timeout(settings.timeout, connect=min(CONNECT, settings.timeout)),
            headers=headers,
            limits=httpx.Limits(max_connections=settings.parallel),
            trust_env=not is_loopback(self._url.host),  # no proxy stands before this machine
        )
        self._answered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, instructions: str, text: str, schema: Mapping[str, Any]) -> Completion:
        """What the model writes when it is told `instructions` and then `text`.

        :raises AskError: if there is no such answer; it says whether to try again.
        """
        content = msgspec.json.encode(self._to_body(instructions, text, schema))
        try:
            status, headers, data = self._send(content)
        except httpx.TimeoutException as cause:
            raise AskError(f"no answer within {self.settings.timeout:g} seconds", Fault.PASSING, billed=True) from cause
        except httpx.TransportError as cause:
            unreached = isinstance(cause, httpx.ConnectError)
            message = f"no answer: {self.settings.key.hide_in(str(cause)) or type(cause).__name__}"
            fault = Fault.SERVER if unreached and not self._answered else Fault.PASSING
            raise AskError("no answer", fault, message=message, billed=not unreached) from cause
        self._answered = True
        if status != HTTPStatus.OK:
            raise self._explain(status, headers, data)
        return self._parse(data)

    def _to_body(self, instructions: str, text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        settings = self.settings
        body: dict[str, Any] = {
            "model": settings.model,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            settings.limit: settings.answer,
        }
        if settings.temperature is not None:
            body["temperature"] = settings.temperature
        if settings.form == "json_schema":
            named = {"name": "reading", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif settings.form == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _send(self, content: bytes) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and bytes of an answer, read as long as it is neither too long nor too late."""
        deadline = time.monotonic() + self.settings.timeout
        headers = {"Content-Type": "application/json"}
        with self._client.stream("POST", self._url, content=content, headers=headers) as answer:
            data = bytearray()
            for chunk in answer.iter_raw():
                data += chunk
                if len(data) > LARGEST:
                    raise AskError(f"an answer of more than {LARGEST:,} bytes", Fault.PASSING, billed=True)
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("too late")
            return answer.status_code, answer.headers, bytes(data)

    def _parse(self, data: bytes) -> Completion:
        try:
            body = msgspec.json.decode(data, type=_Body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
            raise AskError("an answer that is no chat completion", Fault.PASSING, billed=True) from cause
        if not body.choices:
            raise AskError("an answer without a choice", Fault.PASSING, billed=True)
        choice, usage = body.choices[0], body.usage or _Usage()
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise AskError("the model refused to read it", Fault.PIECE, billed=True)
        is_cut = choice.finish_reason == "length"
        return Completion(choice.message.content or "", is_cut, usage.prompt_tokens, usage.completion_tokens)

    def _explain(self, status: int, headers: httpx.Headers, data: bytes) -> AskError:
        reason = f"it answered {_name(status)}"
        words = _shorten(self.settings.key.hide_in(_words_of(data.decode("utf-8", "replace"), headers)))
        message = f"answered {_name(status)}{f' ({words})' if words else ''}"
        if status in {408, 409, 425, 429} or (status >= 500 and status not in {501, 505}):
            return AskError(reason, Fault.PASSING, message=message, wait=_asked_wait(headers))
        if status in REPAIRS:
            return AskError(reason, Fault.SERVER, message=message + REPAIRS[HTTPStatus(status)])
        if 300 <= status < 400:
            there = place_of(str(self._url.join(headers.get("Location", ""))))
            return AskError(reason, Fault.SERVER, message=f"{message}; give the address that it names: {there}")
        return AskError(reason, Fault.PIECE, message=message + SETTINGS)


def _name(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _words_of(text: str, headers: httpx.Headers) -> str:
    """What a server says of an error."""
    if "html" in headers.get("Content-Type", ""):
        return ""
    try:
        found = msgspec.json.decode(text)
        told = found["error"]["message"] if isinstance(found["error"], dict) else found["error"]
    except (msgspec.DecodeError, RecursionError, KeyError, TypeError):
        told = text
    return str(told)


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


def _asked_wait(headers: httpx.Headers) -> float:
    """Seconds from now that ``Retry-After`` asks for, in either of its forms (RFC 9110, 10.2.3)."""
    asked = headers.get("Retry-After", "").strip()
    if asked.replace(".", "", 1).isdecimal():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0
