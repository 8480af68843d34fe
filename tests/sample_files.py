"""Small files of every kind, made by hand: what a reader is given in tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HEIGHT = A4[1]
ROMAN = "Times-Roman"


@dataclass
class Sheets:
    """A PDF file that is set line by line, in points from the top left."""

    info: Mapping[str, str] = field(default_factory=dict)
    password: str = ""

    def __post_init__(self) -> None:
        self.buffer = io.BytesIO()
        encrypt = self.password or None
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1, encrypt=encrypt)
        self.canvas.setTitle(self.info.get("title", ""))
        self.canvas.setAuthor(self.info.get("author", ""))

    def line(self, x: float, y: float, text: str, *, size: float = 10, font: str = ROMAN, width: float = 0) -> None:
        """One line; set to `width` where that is given."""
        line = self.canvas.beginText(x, HEIGHT - y)
        line.setFont(font, size)
        if width and " " in text:
            gap = (width - self.canvas.stringWidth(text, font, size)) / text.count(" ")
            line.setWordSpace(gap)
        line.textLine(text)
        line.setWordSpace(0)
        self.canvas.drawText(line)

    def paragraph(self, x: float, y: float, text: str, *, width: float, indent: float = 0, size: float = 10) -> float:
        """Justified lines of words, the first further in; gives the `y` of the line below them."""
        words, first = text.split(), True
        while words:
            room = width - (indent if first else 0)
            count = 1
            while count < len(words) and self.canvas.stringWidth(" ".join(words[: count + 1]), ROMAN, size) <= room:
                count += 1
            last = count == len(words)
            shown = " ".join(words[:count])
            self.line(x + width - room, y, shown, size=size, width=0 if last else room)
            words, first, y = words[count:], False, y + 1.2 * size
        return y

    def end_page(self) -> None:
        self.canvas.showPage()

    def picture(self) -> None:
        """A page with a drawing alone."""
        self.canvas.rect(100, 100, 300, 300, fill=1)
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def pack(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of `parts` by name, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(info, content)
    return buffer.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def word(body: str, **parts: str) -> bytes:
    """A Word document with this body of WordprocessingML, and other parts by name, a dot written as two underscores."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return pack({"word/document.xml": document, **{f"{k.replace('__', '.')}": v for k, v in parts.items()}})


def words(text: str, style: str = "") -> str:
    """A paragraph of WordprocessingML."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


STYLES = (
    f'<w:styles {W}><w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style></w:styles>'
)


def open_document(body: str, meta: str = "") -> bytes:
    """An OpenDocument text with this body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content + "</office:document-content>",
        "meta.xml": f"<office:document-meta {spaces} {DC}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    return pack(parts)


def book(chapters: Sequence[tuple[str, str]], metadata: str = "") -> bytes:
    """An EPUB of chapters, each a file name and a body of HTML."""
    items = "".join(
        f'<item id="c{n}" href="{c[0]}" media-type="application/xhtml+xml"/>' for n, c in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" {DC}><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    pages = {f"OPS/{name}": f"<html><head><title>x</title></head><body>{body}</body></html>" for name, body in chapters}
    return pack(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/book.opf": package, **pages}
    )


def letter(body: str = "The parties met.\r\n\r\nThey agreed.\r\n", **headers: str) -> EmailMessage:
    """An e-mail with these headers, or others."""
    message = EmailMessage()
    known = {
        "Subject": "Talks in the Vale",
        "From": '"Ana Ruiz" <ana@example.org>',
        "Date": "Fri, 04 May 2032 10:00:00 +0200",
    }
    for name, value in {**known, **headers}.items():
        message[name] = value
    message.set_content(body)
    return message


SPEECHES = (
    ("The President", "The first item on our agenda is the situation in the Vale. I give the floor to Ms. Moreau."),
    (
        "Ms. Moreau",
        "Since our last meeting the ceasefire in the Vale has held. The two delegations met twice in the harbour town "
        "and agreed to open the crossing to food and medicine before the winter sets in.",
    ),
    (
        "Ms. Berg (Norland)",
        "Norland welcomes the agreement that Sudmark and Westmark signed last week. We call on both to carry it out in "
        "full, and we condemn the attack on the convoy.",
    ),
    (
        "Mr. Ruiz (Sudmark) (spoke in Spanish)",
        "My country stands by the agreement. We will open the crossing on Monday, and we thank Norland for its help.",
    ),
    (
        "The President",
        "I shall now make a statement in my capacity as the representative of Westmark.\nWestmark supports the "
        "agreement too. We urge the mission to send observers.\n"
        "I now resume my functions as President of the Council.\nThe meeting rose at noon.",
    ),
)


def meeting_record() -> bytes:
    """The record of a meeting: a first page, then two columns, with running heads, page numbers and a footnote."""
    sheets = Sheets()
    sheets.line(60, 60, "United Nations", size=16)
    sheets.line(420, 60, "S/PV.9999", size=18)
    sheets.line(60, 100, "Security Council", size=16)
    for number, words_ in enumerate(
        ("Eighty-seventh year", "9999th meeting", "Tuesday, 4 May 2032, 10 a.m.", "New York")
    ):
        sheets.line(60, 140 + 16 * number, words_)
    sheets.line(420, 60 + 14, "Provisional")
    sheets.line(60, 230, "President:")
    sheets.line(150, 230, "Mr. Okafor . . . . . . . . . . . . . . . . . . . . . . . . . . . (Westmark)")
    sheets.line(60, 250, "Members:")
    for number, member in enumerate(("Norland . . . . . . . Ms. Berg", "Sudmark . . . . . . . Mr. Ruiz")):
        sheets.line(150, 250 + 14 * number, member)
    sheets.line(60, 330, "Agenda")
    sheets.line(60, 346, "The situation in the Vale")
    note = "This record holds the speeches as they were given, and is subject to correction within a week of its date."
    sheets.paragraph(60, 700, note, width=470, size=8)
    sheets.line(60, 800, "32-00999 (E)")
    sheets.end_page()
    place = _Columns(sheets)
    place.add("The meeting was called to order at 10 a.m.")
    place.add(
        "I invite Ms. Ana Moreau, Special Envoy of the Secretary-General for the Vale, to take part.", "The President"
    )
    for speaker, text in SPEECHES:
        for number, paragraph in enumerate(text.split("\n")):
            place.add(paragraph, "" if number else speaker)
    place.end()
    return sheets.data()


class _Columns:
    """Sets paragraphs in two columns, page after page."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets, self.page, self.column, self.y = sheets, 1, 0, 90.0
        self._head()

    def add(self, text: str, speaker: str = "") -> None:
        words_ = f"{speaker}: {text}" if speaker else text
        x = 60 + 245 * self.column
        self.y = self.sheets.paragraph(x, self.y, words_, width=220, indent=18) + 4
        if self.y > 190:
            self.y, self.column = 90.0, self.column + 1
            if self.column == 2:
                self.end()
                self.column = 0
                self._head()

    def end(self) -> None:
        self.sheets.line(60, 800, f"{self.page}/3")
        self.sheets.line(480, 800, "32-00999")
        self.sheets.end_page()

    def _head(self) -> None:
        self.page += 1
        self.sheets.line(60, 45, "S/PV.9999", size=9)
        self.sheets.line(230, 45, "The situation in the Vale", size=9)
        self.sheets.line(470, 45, "04/05/2032", size=9)
