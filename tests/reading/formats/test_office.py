"""Word, OpenDocument, RTF and EPUB files, each made by hand."""

import pytest

from dragoman.reading.formats import epub, opendocument, pdf, rtf
from dragoman.reading.formats import word as docx
from dragoman.reading.formats.parsed import Limits, Options, UnreadableError
from sample_files import STYLES, W, book, open_document, pack, word, words

OPTIONS = Options()
CORE = '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>'
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def elements(parsed):
    """The first line of each place by its element."""
    return {place.element: parsed.text[place.start :].split("\n")[0] for place in parsed.places}


def test_word_headings_lists_tables_and_notes():
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>to keep the truce;</w:t></w:r></w:p>'
    cells = "".join(f"<w:tc>{words(text)}</w:tc>" for text in ("Norland", "200 | men"))
    body = (
        words("Vale Communique", "T")
        + words("Aims", "H")
        + words("The parties agreed:")
        + item
        + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
        + words("They met again.")
    )
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{words("In the spring.")}</w:footnote></w:footnotes>'
    parsed = docx.read(_with(body, notes), OPTIONS)
    assert parsed.text == (
        "# Vale Communique\n\n## Aims\n\nThe parties agreed:\n\n- to keep the truce;\n\n| Norland | 200 / men |\n"
        "| Norland | 200 / men |\n\nThey met again.\n\nIn the spring.\n"
    )
    assert elements(parsed)["paragraph 9"] == "They met again."
    assert elements(parsed)["footnote 2"] == "In the spring."


def _with(body: str, notes: str, core: str = "") -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    parts = {"word/document.xml": document, "word/styles.xml": STYLES, "word/footnotes.xml": notes}
    return pack({**parts, "docProps/core.xml": CORE.format(core)})


def test_word_takes_insertions_and_leaves_deletions_and_doubles():
    body = (
        '<w:p><w:r><w:t xml:space="preserve">They </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>met</w:t><w:tab/><w:t>again</w:t><w:noBreakHyphen/></w:r></w:ins>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:r><w:t>x</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>x</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    assert docx.read(word(body), OPTIONS).text == "They met again-x\n"


def test_word_properties_are_hints():
    core = "<dc:title>Vale Communique of May</dc:title><dc:creator>Ana Ruiz</dc:creator>"
    hints = docx.read(_with(words("Text."), f"<w:footnotes {W}/>", core), OPTIONS).hints
    assert (hints.title, hints.author) == ("Vale Communique of May", "Ana Ruiz")


def test_an_empty_word_document_has_no_text():
    assert docx.read(word(""), OPTIONS).text == ""


def test_open_document_headings_lists_tables_notes_and_blanks():
    body = (
        '<text:h text:outline-level="2">Aims</text:h><text:p>The parties<text:s text:c="3"/>agreed:'
        "<text:note><text:note-body><text:p>In the spring.</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>hm</text:p></office:annotation></text:p><text:list><text:list-item>"
        "<text:p>to keep the truce;</text:p><text:p>as before.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Norland</text:p></table:table-cell>"
        "<table:table-cell><text:p>200</text:p></table:table-cell></table:table-row></table:table>"
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    )
    parsed = opendocument.read(open_document(body, "<dc:title>Vale aims of May</dc:title>"), OPTIONS)
    assert parsed.text == (
        "## Aims\n\nThe parties agreed:\n\n- to keep the truce;\n\nas before.\n\n| Norland | 200 |\n\nIn the spring.\n"
    )
    assert elements(parsed)["paragraph 3"] == "- to keep the truce;"
    assert elements(parsed)["note 1"] == "In the spring."
    assert parsed.hints.title == "Vale aims of May"


def test_rtf_paragraphs_signs_and_info():
    data = (
        rb"{\rtf1\ansi{\info{\title Vale aims of May}{\author Ana Ruiz}}{\fonttbl\f0 Arial;}"
        rb"\f0 The \b parties\b0  of Yaound\'e9 met.\par They agreed \u8220?again\u8221?.\par}"
    )
    parsed = rtf.read(data, OPTIONS)
    assert parsed.text == "The parties of Yaoundé met.\n\nThey agreed “again”.\n"
    assert elements(parsed)["paragraph 2"] == "They agreed “again”."
    assert (parsed.hints.title, parsed.hints.author) == ("Vale aims of May", "Ana Ruiz")


def test_epub_chapters_in_the_order_of_the_spine():
    metadata = "<dc:title>A Year in the Vale</dc:title><dc:creator>Ana Ruiz</dc:creator><dc:date>2031-05-04</dc:date>"
    data = book([("z%20one.xhtml", "<p>The truce held.</p>"), ("a.xhtml", "<h1>May</h1><p>They met.</p>")], metadata)
    data = data.replace(b"OPS/z%20one.xhtml", b"OPS/z%20one.xhtml")
    parsed = epub.read(data, OPTIONS)
    assert parsed.text == "# May\n\nThey met.\n"
    assert parsed.notes == ("chapters that are not there: OPS/z one.xhtml",)
    assert elements(parsed)["a.xhtml /html/body/p[1]".replace("a.", "OPS/a.")] == "They met."
    found = parsed.metadata
    assert (found.title, found.author, found.date) == ("A Year in the Vale", "Ana Ruiz", "2031-05-04")


@pytest.mark.parametrize(
    ("read", "data", "reason"),
    [
        (docx.read, b"", "damaged or cut short, no Word document"),
        (docx.read, word(words("Text."))[:-40], "damaged or cut short, no Word document"),
        (docx.read, pack({"x.txt": "x"}), "it has no part word/document.xml"),
        (docx.read, pack({"word/document.xml": "<a><b></a>"}), "no well-formed XML"),
        (docx.read, pack({"word/document.xml": ""}), "no well-formed XML"),
        (docx.read, pack({"word/document.xml": BOMB + "<x>&b;</x>"}), "XML with entities of its own"),
        (docx.read, pack({"word/document.xml": '<!DOCTYPE x SYSTEM "file:///x"><x>&b;</x>'}), "XML"),
        (docx.read, pack({"word/document.xml": b"\0" * 5_000_000}), "more than 200 times its size, as a bomb does"),
        (docx.read, pack({"word/document.xml": "<a>" * 3000 + "</a>" * 3000}), "nested more than 2000 deep"),
        (opendocument.read, pack({"x": "x"}), "no OpenDocument text: it has no part content.xml"),
        (epub.read, pack({"META-INF/container.xml": "<a/>"}), "no EPUB: it has no part"),
        (rtf.read, b"The parties met.", "no RTF"),
        (rtf.read, b"{\\rtf1 " + b"{" * 5000, "groups nested more than 2000 deep"),
    ],
)
def test_a_file_that_is_damaged_or_dangerous_is_refused_with_the_reason(read, data, reason):
    with pytest.raises(UnreadableError, match=reason):
        read(data, OPTIONS)


def test_an_external_entity_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    xml = f"{entity}<w:document {W}><w:body><w:p>&e;</w:p></w:body></w:document>"
    with pytest.raises(UnreadableError, match="XML with entities of its own, which are not read"):
        docx.read(pack({"word/document.xml": xml}), OPTIONS)


def test_a_part_larger_than_the_limit_is_refused():
    with pytest.raises(UnreadableError, match="unpacks to more than the limit of 100 bytes"):
        docx.read(word(words("Text. " * 50)), Options(Limits(bytes=100)))


@pytest.mark.parametrize(
    ("module", "read", "data", "extra"),
    [
        ("defusedxml.ElementTree", docx.read, word(words("Text.")), "office"),
        ("striprtf.striprtf", rtf.read, b"{\\rtf1 Text.}", "office"),
        ("pypdfium2", pdf.read, b"%PDF", "pdf"),
        ("selectolax.lexbor", epub.read, book([("a.xhtml", "<p>Text.</p>")]), "html"),
    ],
)
def test_a_library_that_is_missing_is_named_with_the_extra_that_brings_it(monkeypatch, module, read, data, extra):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(UnreadableError, match=rf"pip install 'dragoman\[{extra}\]'"):
        read(data, OPTIONS)
