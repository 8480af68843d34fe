"""An e-mail (.eml), or a web page saved as one (.mht), becomes the text of its body; Python's own parser reads it.

Standards: RFC 5322 and MIME, https://www.rfc-editor.org/rfc/rfc5322. What is attached or quoted is read as files of
their own, see :mod:`dragoman.reading.containers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from dragoman.reading.decoding import Decoded, UndecodableError, decode, decode_as
from dragoman.reading.formats.html import parse_html
from dragoman.reading.formats.parsed import Options, Parsed, TextWriter, UnreadableError, tidy
from dragoman.reading.formats.replies import part_reply
from dragoman.reading.metadata import Metadata

__all__ = ["find_attachments", "read"]

ORIGIN = "e-mail headers"
QUOTED = "quoted.txt"
"""What the messages that an e-mail answers or passes on are called, as a text within it."""
BROKEN = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What Python's parser raises for headers that it breaks on."""


def read(data: bytes, options: Options) -> Parsed:
    """The text of an e-mail's body: the plain one, else that of its HTML.

    :raises UnreadableError: if it is no e-mail, or has no body of text.
    """
    with _told():
        return _read(_parse(data, options), options)


def _read(message: EmailMessage, options: Options) -> Parsed:
    headers = _read_headers(message)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise UnreadableError("an e-mail without a body of text")
    decoded = _decode(body)
    if body.get_content_subtype() == "html":
        page = parse_html(decoded, options.limits)
        return replace(page, metadata=headers.completed_by(page.metadata), origin=ORIGIN)
    writer = TextWriter()
    own, _ = part_reply(decoded.text)
    for number, paragraph in enumerate(own.split("\n\n"), 1):
        writer.add(paragraph, element=f"paragraph {number}")
    notes = (decoded.note,) if decoded.note else ()
    return Parsed(writer.text(), tuple(writer.places), headers, origin=ORIGIN, notes=notes)


def find_attachments(data: bytes, options: Options) -> list[tuple[str, bytes]]:
    """Name and bytes of each file that an e-mail brings along; "" for one without a name.

    What its text quotes from other messages is such a file, too, :data:`QUOTED`.

    :raises UnreadableError: if it is no e-mail.
    """
    found = []
    with _told():
        message = _parse(data, options)
        body = message.get_body(preferencelist=("plain",))
        if body is not None and (quoted := part_reply(_decode(body).text)[1]).strip():
            found.append((QUOTED, quoted.encode()))
        for part in message.iter_attachments():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                found.append((tidy(part.get_filename() or "").replace("\n", " "), content))
    return found


@contextmanager
def _told() -> Iterator[None]:
    """What Python's parser breaks on, such as headers within headers, is told as the fault of the file that it is."""
    try:
        yield
    except (UnreadableError, UndecodableError):
        raise
    except BROKEN as cause:
        raise UnreadableError("an e-mail with headers that are damaged, or made to break what reads them") from cause


def _parse(data: bytes, options: Options) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableError("no e-mail: it has no headers")
    if sum(1 for _ in message.walk()) > options.limits.files:
        raise UnreadableError(f"more than {options.limits.files} parts; raise --limit files=")
    return message


def _decode(body: MIMEPart) -> Decoded:
    content = body.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    declared = body.get_content_charset()
    return (decode_as(content, declared) if declared else None) or decode(content)


def _read_headers(message: EmailMessage) -> Metadata:
    def header(name: str) -> str:
        try:
            return tidy(str(message.get(name) or "")).replace("\n", " ")
        except BROKEN:
            return ""

    name, _ = parseaddr(header("From"))
    try:
        date = parsedate_to_datetime(header("Date")).date().isoformat()
    except (*BROKEN, OverflowError):
        date = ""
    return Metadata(
        title=header("Subject"),
        date=date,
        author=name,
        organization=header("Organization"),
        address=header("Snapshot-Content-Location"),
    )
