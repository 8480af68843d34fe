"""What a language model answered: taken from its words, kept from one build to the next, and saved as it comes.

``answers.jsonl`` of an output folder is JSON, one object a line: the key of what was asked, sorted, with the SHA-256 of
the answer and the answer. It holds what this build used and nothing else, so that it hangs on documents and answers
alone. While a build runs, each answer is also added to a hidden file beside the output folder, as it has been paid for:
a build that is stopped loses none, and the next one takes them up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

__all__ = ["ANSWERS", "Answer", "Journal", "MalformedError", "Named", "Said", "hash_asked", "parse_answer"]

ANSWERS = "answers.jsonl"
"""The file of an output folder that holds the answers."""


class MalformedError(ValueError):
    """An answer that is no JSON of the form that was asked for."""


class Named(msgspec.Struct, frozen=True):
    """An entity, as the model gives it; nothing here has been checked."""

    id: str
    cls: str = msgspec.field(name="class")
    names: tuple[str, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """A claim, as the model gives it; the ends and the speaker are ids of entities."""

    subject: str
    property: str
    object: str
    modality: str
    quote: str
    date: str | None = ""
    speaker: str | None = ""


class Answer(msgspec.Struct, frozen=True):
    """All that was answered about a piece; `cut` where the answer was too long, and halves were asked about instead."""

    entities: tuple[Named, ...]
    claims: tuple[Said, ...]
    cut: bool = False


class _Line(msgspec.Struct):
    key: str
    sha256: str
    answer: msgspec.Raw


def parse_answer(content: str) -> Answer:
    """The answer in the words of a model, with or without a fence or thoughts around the JSON.

    :raises MalformedError: if there is none.

    >>> parse_answer('```json\\n{"entities": [], "claims": []}\\n```')
    Answer(entities=(), claims=(), cut=False)
    """
    start, end = content.find("{", content.rfind("</think>") + 1), content.rfind("}") + 1
    if not 0 <= start < end:
        raise MalformedError("it holds no JSON object")
    try:
        found = msgspec.json.decode(content[start:end].encode("utf-8", "surrogatepass"), type=Answer)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as cause:
        raise MalformedError(f"it is not of the form that was asked for: {cause}") from cause
    return Answer(found.entities, found.claims)


def hash_asked(asked: Mapping[str, Any]) -> str:
    """SHA-256 of all of a request that its answer hangs on."""
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


class Journal:
    """Answers by key: those of earlier builds, and each new one as soon as it comes.

    :param output: the folder that the build writes; without one, nothing is kept.
    :param fresh: leave aside what the folder keeps; what a stopped build left beside it is taken up nonetheless.
    """

    def __init__(self, output: Path | None, *, fresh: bool = False) -> None:
        self._beside = output.resolve().with_name(f".{output.resolve().name}.{ANSWERS}") if output else None
        self._lock = Lock()
        self._begun = False
        self.damaged = 0
        self._answers: dict[str, Answer] = {}
        for path in (output / ANSWERS if output and not fresh else None, self._beside):
            if path and path.is_file():
                self._read(path)

    def get(self, key: str) -> Answer | None:
        """The answer to what was asked under `key`, where there is one."""
        return self._answers.get(key)

    def add(self, key: str, answer: Answer) -> None:
        """Take in a new answer; from any thread."""
        with self._lock:
            self._answers[key] = answer
            if self._beside:
                self._beside.parent.mkdir(parents=True, exist_ok=True)
                with self._beside.open("ab") as file:  # what a killed build left may end within a line
                    file.write((b"" if self._begun else b"\n") + _format_line(key, answer))
                self._begun = True

    def format(self, keys: Iterable[str]) -> bytes:
        """The lines of ``answers.jsonl`` with the answers of these keys, whatever their order."""
        return b"".join(_format_line(key, self._answers[key]) for key in sorted({*keys} & self._answers.keys()))

    def close(self) -> None:
        """Remove what lies beside the output folder, as the folder itself now holds it."""
        if self._beside:
            self._beside.unlink(missing_ok=True)

    def _read(self, path: Path) -> None:
        for line in path.read_bytes().split(b"\n"):
            if line:
                pair = _parse_line(line)
                self.damaged += pair is None
                if pair:
                    self._answers.setdefault(*pair)


def _format_line(key: str, answer: Answer) -> bytes:
    body = msgspec.json.encode(answer)
    return msgspec.json.encode(_Line(key, sha256(body).hexdigest(), msgspec.Raw(body))) + b"\n"


def _parse_line(line: bytes) -> tuple[str, Answer] | None:
    try:
        parts = msgspec.json.decode(line, type=_Line)
        if sha256(bytes(parts.answer)).hexdigest() != parts.sha256:
            return None
        return parts.key, msgspec.json.decode(bytes(parts.answer), type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
