"""What passes between the part of the server that speaks HTTP and a worker that has the graph."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SPARQL", "STYLE", "Answer", "Request", "refusal"]

SPARQL = "/sparql"
STYLE = "/style.css"


@dataclass(frozen=True, slots=True)
class Request:
    """A request that may be answered: `path` as it was sent, percent-encoded, `values` of its query and form."""

    path: str
    values: tuple[tuple[str, str], ...] = ()
    accept: str = ""

    def value(self, name: str) -> str:
        """The first value of this name; empty where there is none."""
        return next((value for key, value in self.values if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of this name."""
        return tuple(value for key, value in self.values if key == name)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, media type, body, and the headers that are this answer's own."""

    status: int
    media: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def refusal(status: int, message: str, *headers: tuple[str, str]) -> Answer:
    """An answer that says in one line of plain text why there is no other."""
    return Answer(status, "text/plain; charset=utf-8", f"{' '.join(message.split())}\n".encode(), headers)
