"""Which language model is meant, to the byte, without loading it or the library that runs it."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

__all__ = ["OWN_MODEL", "hash_files", "hash_model", "model_folder", "own_model_folder"]

OWN_MODEL = "dragoman"
"""The name of the model that ships with the package."""
PROSE = frozenset({"LICENSE", "LICENSES_SOURCES", "NOTICE", "README.md"})
"""Files that tell people of what lies beside them: no word in them changes what a model says. ``meta.json`` is not
one of them, as spaCy and a model's own code may go by it."""


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def hash_model(name: str = OWN_MODEL) -> str:
    """SHA-256 of the name and the files of a model but for its :data:`PROSE`; of the name alone where there is none.

    :param name: `dragoman` for ours, else an installed spaCy pipeline or the path of one.
    """
    digest = sha256(name.encode())
    folder = model_folder(name)
    if folder:
        hash_files(digest, folder)
    return digest.hexdigest()


def model_folder(name: str) -> Path | None:
    """The folder of a model: ours, one given by its path, or an installed spaCy pipeline; nothing if there is none."""
    if name == OWN_MODEL:
        return own_model_folder()
    if Path(name).is_dir():
        return Path(name)
    found = find_spec(name) if name.isidentifier() else None
    return Path(found.origin).parent if found and found.origin else None


def own_model_folder() -> Path:
    """The folder of the model that ships with the package."""
    return Path(str(files("dragoman.language").joinpath("model")))


def hash_files(digest: _Digest, folder: Path, *, without: Path | None = None) -> None:
    """Add the names and bytes of all files below `folder` to `digest`, by name, but for those below `without`.

    :data:`PROSE` is left out, and what Python compiles beside its modules.
    """
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if not path.is_file() or path.name in PROSE or "__pycache__" in path.parts:
            continue
        if without and path.is_relative_to(without):
            continue
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
