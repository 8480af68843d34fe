"""A server on this machine that speaks chat completions, as well or as badly as a test tells it to."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

KEY = "sk-loopback-0123456789"
MODEL = "small-model"


@dataclass
class Asked:
    """A request: its headers, its JSON, and the text of the document that it holds."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return self.body["messages"][1]["content"]


@dataclass
class Reply:
    """What the server sends; `slow` seconds before, `trickle` seconds between bytes, or nothing but a broken line."""

    data: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    trickle: float = 0.0
    drop: bool = False


def completion(content: Any, *, finish: str = "stop", usage: tuple[int, int] | None = (100, 20), **message) -> Reply:
    """A chat completion with this content: text, or what is to be JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    body: dict[str, Any] = {
        "id": "x",
        "object": "chat.completion",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
        ],
    }
    if usage:
        body["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
    return Reply(json.dumps(body).encode())


def error(status: int, message: str = "no", **headers: str) -> Reply:
    """An error as OpenAI's servers tell it."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message, "type": "x"}}).encode(), status, told)


def answer(*claims: tuple[str, ...], entities: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """An answer: `entities` are class and names by id, a claim is subject, property, object, quote and what follows."""
    keys = ("subject", "property", "object", "quote", "modality", "date", "speaker")
    defaults = {"modality": "asserted", "date": "", "speaker": ""}
    return {
        "entities": [{"id": id_, "class": cls, "names": names} for id_, (cls, *names) in entities.items()],
        "claims": [{**defaults, **dict(zip(keys, claim, strict=False))} for claim in claims],
    }


Behaviour = Callable[[Asked], Reply]


class ModelServer:
    """The running server: what it was asked, and how it behaves."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour, self.asked, self.lock = behaviour, [], Lock()
        self.url = ""

    def settings(self, **more: Any) -> dict[str, str]:
        """Settings that lead to it."""
        own = {"url": self.url, "model": MODEL, "key": KEY, "timeout": 5, **more}
        return {f"DRAGOMAN_LLM_{name.upper()}": str(value) for name, value in own.items() if value is not None}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, dict(self.headers), body)
        with self.model.lock:
            self.model.asked.append(asked)
            reply = self.model.behaviour(asked)
        time.sleep(reply.slow)
        try:
            self._send(reply)
        except OSError:
            self.close_connection = True  # who asked has gone

    def _send(self, reply: Reply) -> None:
        if reply.drop:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        if "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.data)))
        self.end_headers()
        if not reply.trickle:
            self.wfile.write(reply.data)
            if "Content-Length" in reply.headers:
                self.close_connection = True
            return
        for byte in reply.data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(reply.trickle)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def model_server(behaviour: Behaviour) -> Iterator[ModelServer]:
    """A server that behaves so, while the block runs."""
    model = ModelServer(behaviour)
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
