"""How names are compared, kept from one build to the next, so that only new names are looked at.

``names.jsonl`` of an output folder has two lines of JSON: what the names were compared with and the SHA-256 of the
second line, and there the names of each thing of this build, sorted (:class:`dragoman.namekeys.Compared`). What was
compared with other words, by other code, or is damaged is not used, and all names are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

from dragoman.gazetteer import Gazetteer
from dragoman.namekeys import Compared
from dragoman.readings import hash_code

__all__ = ["CODE", "NAMES", "format_names", "read_names"]

NAMES = "names.jsonl"
"""The file of an output folder that holds how names are compared."""
CODE = (
    *("gazetteer.py", "keptnames.py", "lexicon.py", "namekeys.py", "ontology.py"),
    *("personkeys.py", "records.py", "slugs.py", "spelling.py"),
)
"""Modules that take part in comparing names."""


class _ComparedWith(msgspec.Struct, frozen=True):
    """What all that is kept depends on, and its SHA-256."""

    code: str  # SHA-256 of the modules that compare
    ontology: str  # SHA-256 of ontology, lexicon and names, the spelling of names among them
    sha256: str


def format_names(compared: Iterable[Compared], *, ontology_sha256: str) -> bytes:
    """What ``names.jsonl`` holds of these names."""
    body = msgspec.json.encode(sorted(compared))
    head = _ComparedWith(hash_code(CODE), ontology_sha256, sha256(body).hexdigest())
    return msgspec.json.encode(head) + b"\n" + body + b"\n"


def read_names(folder: Path, gazetteer: Gazetteer, *, ontology_sha256: str) -> list[Compared]:
    """What the build into `folder` kept of its names; nothing where they would be compared otherwise now."""
    try:
        head, body, _ = (folder / NAMES).read_bytes().split(b"\n")
        told = msgspec.json.decode(head, type=_ComparedWith)
        if told != _ComparedWith(hash_code(CODE), ontology_sha256, sha256(body).hexdigest()):
            return []
        compared = msgspec.json.decode(body, type=list[Compared])
    except (OSError, ValueError, RecursionError):  # msgspec's errors are of the latter
        return []
    return compared if all(not one.thing or one.thing in gazetteer.things for one in compared) else []
