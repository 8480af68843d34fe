"""Which module reads which kind of file: by its first bytes where these tell it for certain, else by its suffix."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading.formats import epub, html, mail, opendocument, pdf, plain, rtf, word
from dragoman.reading.formats.parsed import Reader, UnreadableError

__all__ = ["ARCHIVES", "PLAIN", "READERS", "TABLES", "describe_unread", "find_kind", "is_leaving", "list_kinds"]

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
ADVICE = {
    ".7z .bz2 .rar .tar .tgz .xz": "unpack it, or pack it as .zip",
    ".bmp .gif .heic .jpeg .jpg .png .tif .tiff .webp": "make a PDF file of it, and build with --ocr",
    ".doc .docm .dot .dotx .odg .ott .pages .wpd .wps": "save it as .docx or .pdf",
    ".key .odp .ppt .pptx": "save it as .pdf",
    ".m4a .mov .mp3 .mp4 .ogg .wav": "write down what is said in it",
    ".mbox .msg .pst": "save its e-mails as .eml",
    ".numbers .ods .xls .xlsm .xlsx": "save it as .csv",
}
"""What to do about files of kinds that people often have, and that are not read."""
LEAVINGS = ("~$", ".")
"""How the names of files begin that programs and systems leave for themselves: Word's, beside a file that is open."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def list_kinds() -> str:
    """The suffixes of the files that are read, for messages."""
    *most, last = sorted((*READERS, *ARCHIVES, *TABLES))
    return f"{', '.join(most)} or {last}"


def describe_unread(suffix: str) -> str:
    """Why files that end in `suffix` are not read, and what to do.

    >>> describe_unread(".XLSX")
    "files that end in '.xlsx' are not read: save it as .csv"
    """
    suffix = suffix.lower()
    advice = next((what for kinds, what in ADVICE.items() if suffix in kinds.split()), "see dragoman help formats")
    which = f"files that end in {suffix!r}" if suffix else "files whose names have no suffix"
    return f"{which} are not read: {advice}"


def is_leaving(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or a program's own: no document of anybody's."""
    return name.startswith(LEAVINGS)


def find_kind(suffix: str, data: bytes) -> str:
    """The suffix of the kind that `data` is, that of the file unless its bytes say otherwise.

    :raises UnreadableError: for a file of a kind that is not read, whatever its suffix.

    >>> find_kind(".txt", b"%PDF-1.7 ...")
    '.pdf'
    """
    if data.startswith(OLD_OFFICE):
        raise UnreadableError("a file of an old office program, or one with a password: save it as .docx or .pdf")
    return next((kind for sign, within, kind in SIGNS if sign in data[:within]), suffix)
