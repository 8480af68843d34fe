"""Plain text and Markdown are their own text."""

from __future__ import annotations

from dragoman.reading.decoding import decode
from dragoman.reading.formats.parsed import Options, Parsed

__all__ = ["read"]


def read(data: bytes, _: Options) -> Parsed:
    """The text as it stands.

    :raises UndecodableError: for binary data, and where no encoding fits.
    """
    decoded = decode(data)
    return Parsed(decoded.text, notes=(decoded.note,) if decoded.note else ())
