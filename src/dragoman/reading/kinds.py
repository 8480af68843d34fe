"""Which module reads which kind of file: by its first bytes where these tell it for certain, else by its suffix."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading.formats import epub, html, mail, opendocument, pdf, plain, rtf, word
from dragoman.reading.formats.parsed import Reader, UnreadableError

__all__ = ["ARCHIVES", "PLAIN", "READERS", "TABLES", "find_kind", "list_kinds"]

READERS: Mapping[str, Reader] = {
    ".docx": word.read,
    ".eml": mail.read,
    ".epub": epub.read,
    ".htm": html.read,
    ".html": html.read,
    ".md": plain.read,
    ".mht": mail.read,
    ".mhtml": mail.read,
    ".odt": opendocument.read,
    ".pdf": pdf.read,
    ".rtf": rtf.read,
    ".txt": plain.read,
    ".xhtml": html.read,
}
"""What turns a file's bytes into its text, by suffix in lower case."""
PLAIN = frozenset({".md", ".txt"})
"""Those of them that need no parser."""
ARCHIVES = (".gz", ".zip")
"""Files that hold files."""
TABLES = (".csv", ".jsonl", ".ndjson", ".tsv")
"""Files that hold a text in each row."""
SIGNS = (
    (b"%PDF-", 1024, ".pdf"),
    (b"{\\rtf", 64, ".rtf"),
    (b"mimetypeapplication/epub+zip", 128, ".epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", 128, ".odt"),
)
"""What stands within so many first bytes of a file of a kind."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def list_kinds() -> str:
    """The suffixes of the files that are read, for messages."""
    *most, last = sorted((*READERS, *ARCHIVES, *TABLES))
    return f"{', '.join(most)} or {last}"


def find_kind(suffix: str, data: bytes) -> str:
    """The suffix of the kind that `data` is, that of the file unless its bytes say otherwise.

    :raises UnreadableError: for a file of a kind that is not read, whatever its suffix.

    >>> find_kind(".txt", b"%PDF-1.7 ...")
    '.pdf'
    """
    if data.startswith(OLD_OFFICE):
        raise UnreadableError("a file of an old office program, or one with a password: save it as .docx or .pdf")
    return next((kind for sign, within, kind in SIGNS if sign in data[:within]), suffix)
