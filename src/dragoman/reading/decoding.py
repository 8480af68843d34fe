"""Bytes of a text file become its text, as ``Path.read_text(encoding="utf-8")`` gives it, without a byte-order mark.

Line ends become ``\\n`` (universal newlines) and nothing else changes, so that offsets count the same for everyone who
opens the file. What is not UTF-8 is read as UTF-16 or UTF-32 where a mark says so, else as charset-normalizer
(https://charset-normalizer.readthedocs.io) guesses.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

__all__ = ["Decoded", "UndecodableError", "decode", "decode_as"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the start of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BINARY_SHARE = 0.01
"""A text with more control characters than this share of it is no text."""
SAMPLE = 65_536
"""Bytes with anything else than ASCII that the guess of an encoding looks at."""
WESTERN = ("cp1252", "mac_roman")
"""Tried before any guess: English that is not UTF-8 is mostly Windows' or an old Mac's, too few of whose characters are
beyond ASCII for statistics to tell."""
WESTERN_SHARE = 0.1
LIKELY_SHARE = 0.9
"""Of a Western text, at most so much is beyond ASCII, and at least so much of that stands where it would in a word."""


class UndecodableError(ValueError):
    """Bytes that are no text in any encoding that can be told; the message is the reason, in one line."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and in `note` how it was read where that was not plain UTF-8."""

    text: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    r"""The text of a file's bytes.

    :raises UndecodableError: for binary data, and where no encoding fits.

    >>> decode(b"Geneva,\r\n4 May").text
    'Geneva,\n4 May'
    """
    decoded = _decode(data)
    text = decoded.text
    if "\0" in text or len(CONTROL.findall(text)) > BINARY_SHARE * len(text):
        raise UndecodableError("binary data, not text; give the text itself")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), decoded.note)


def decode_as(data: bytes, encoding: str) -> Decoded | None:
    r"""The text of bytes that say themselves in which `encoding` they are; None where they are not, or not in text.

    >>> decode_as(b"Yaound\xe9", "iso-8859-1").text
    'Yaoundé'
    """
    try:
        name = codecs.lookup(encoding).name
        text = data.decode("cp1252" if name in {"iso8859-1", "ascii"} else name)
    except (LookupError, ValueError):
        return None
    if not isinstance(text, str) or "\0" in text:
        return None
    return Decoded(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _decode(data: bytes) -> Decoded:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            if encoding == "utf-8":
                return _decode_unmarked(body)
            try:
                return Decoded(body.decode(encoding), f"read as {encoding}")
            except UnicodeDecodeError as cause:
                raise UndecodableError(f"begins as {encoding} but is not: {cause.reason}; save it as UTF-8") from cause
    if b"\0" in data:
        raise UndecodableError("binary data, not text; give the text itself")
    return _decode_unmarked(data)


def _decode_unmarked(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as cause:
        damaged = _decode_damaged(data)
        if damaged is not None:
            return damaged
        return _guess(data, cause)


def _decode_damaged(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes, as when a text is cut within a character; None where it is not UTF-8 at all."""
    good = len(data.decode("utf-8", errors="ignore").encode())
    bad = len(data) - good
    beyond_ascii = sum(byte >= 0x80 for byte in data)
    if bad * 5 > beyond_ascii:
        return None
    return Decoded(data.decode("utf-8", errors="replace"), f"read as UTF-8, but {bad} bytes of it are not; shown as �")


def _guess(data: bytes, cause: UnicodeDecodeError) -> Decoded:
    encoding = next((name for name in WESTERN if _fits(data, name) and _is_western(data.decode(name))), "")
    if not encoding:
        best = from_bytes(data if len(data) <= SAMPLE else _telling_part(data)).best()
        if best is None:
            raise UndecodableError("its encoding cannot be told; save it as UTF-8") from cause
        encoding = best.encoding
    if not _fits(data, encoding):
        raise UndecodableError(f"not UTF-8, and only in part {encoding}; save it as UTF-8") from cause
    name = codecs.lookup(encoding).name
    return Decoded(data.decode(encoding), f"read as {name}, as it is not UTF-8; save it as UTF-8 if words look wrong")


def _is_western(text: str) -> bool:
    """Whether the characters beyond ASCII are few and stand as they would: capitals not after small letters, say."""
    found = [match.start() for match in BEYOND_ASCII.finditer(text)]
    likely = sum(_is_likely(text, at) for at in found)
    return len(found) <= max(10.0, WESTERN_SHARE * len(text)) and likely >= LIKELY_SHARE * len(found)


def _is_likely(text: str, at: int) -> bool:
    before, character, after = text[at - 1 : at], text[at], text[at + 1 : at + 2]
    if character.isupper():
        return not before.islower() and (after.isalpha() or before.isalpha())
    return not character.isalpha() or before.isalpha() or after.isalpha()


def _telling_part(data: bytes) -> bytes:
    """The lines that hold more than ASCII, up to `SAMPLE` bytes: only they tell one encoding from another."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[: SAMPLE - size])
            size += len(lines[-1])
            if size >= SAMPLE:
                break
    return b"".join(lines)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
