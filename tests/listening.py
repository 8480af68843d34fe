"""A machine that nobody should reach: it counts who connects, whatever library or process it was that did."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

__all__ = ["Listener", "listening"]


class Listener:
    """A port of this machine, and the first bytes that each who connected sent."""

    def __init__(self, server: socket.socket) -> None:
        self.url = f"http://127.0.0.1:{server.getsockname()[1]}"
        self.heard: list[bytes] = []
        self._server = server
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return  # closed
            with connection:
                connection.settimeout(2)
                try:
                    self.heard.append(connection.recv(4096))
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    self.heard.append(b"")


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener for as long as the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Listener(server)
