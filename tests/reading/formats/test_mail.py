import pytest

from dragoman.reading.documents import read_documents
from dragoman.reading.formats.mail import QUOTED, find_attachments, read
from dragoman.reading.formats.parsed import Options, UnreadableError
from dragoman.reading.formats.replies import part_reply
from sample_files import letter

OPTIONS = Options()


def test_the_body_and_the_headers():
    parsed = read(letter(Organization="Norland Press").as_bytes(), OPTIONS)
    assert parsed.text == "The parties met.\n\nThey agreed.\n"
    found = parsed.metadata
    assert (found.title, found.author, found.date) == ("Talks in the Vale", "Ana Ruiz", "2032-05-04")
    assert found.organization == "Norland Press"
    assert [place.element for place in parsed.places] == ["paragraph 1", "paragraph 2"]


def test_the_html_of_a_letter_that_has_no_plain_text():
    message = letter()
    message.set_content("<h1>Talks</h1><p>They met.</p>", subtype="html")
    parsed = read(message.as_bytes(), OPTIONS)
    assert parsed.text == "# Talks\n\nThey met.\n"
    assert parsed.metadata.title == "Talks in the Vale"


def test_what_is_attached_is_found_with_its_name():
    message = letter()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../notes.pdf")
    assert find_attachments(message.as_bytes(), OPTIONS) == [("../notes.pdf", b"%PDF")]


def test_what_is_quoted_is_a_text_of_its_own():
    body = "We agree.\n\nOn 3 May 2032 at 10:00, Bo Tan wrote:\n> The parties met.\n>\n>> Earlier.\n\nYours\n"
    message = letter(body)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="notes.pdf")
    assert read(message.as_bytes(), OPTIONS).text == "We agree.\n\nYours\n"
    quoted = b"On 3 May 2032 at 10:00, Bo Tan wrote:\n\nThe parties met.\n\nEarlier.\n"
    assert find_attachments(message.as_bytes(), OPTIONS) == [(QUOTED, quoted), ("notes.pdf", b"%PDF")]


def test_a_message_under_a_line_of_dashes_is_quoted():
    message = letter("For you.\n\n-----Original Message-----\nFrom: Bo Tan\n\nThey met.\n")
    assert read(message.as_bytes(), OPTIONS).text == "For you.\n"
    assert find_attachments(message.as_bytes(), OPTIONS) == [(QUOTED, b"From: Bo Tan\n\nThey met.\n")]
    ruled = letter("Terms\n-----\nThe parties: both.\n--- \nAna Ruiz\n")
    assert find_attachments(ruled.as_bytes(), OPTIONS) == []


def test_what_is_quoted_has_neither_date_nor_author_of_the_e_mail(tmp_path):
    (tmp_path / "a.eml").write_bytes(
        letter(f"We agree with all of it.\n\n> {'The two ministers met. ' * 3}\n").as_bytes()
    )
    documents = read_documents([tmp_path]).documents
    assert [(document.name, document.date, document.author) for document in documents] == [
        ("a.eml", "2032-05-04", "Ana Ruiz"),
        ("a.eml/quoted.txt", "", ""),
    ]


def test_encoded_headers_and_bodies():
    message = letter("Yaoundé’s envoy met them.", Subject="Talks in Yaoundé")
    message.set_content("Yaoundé’s envoy met them.", charset="windows-1252", cte="quoted-printable")
    parsed = read(message.as_bytes(), OPTIONS)
    assert (parsed.text, parsed.metadata.title) == ("Yaoundé’s envoy met them.\n", "Talks in Yaoundé")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no e-mail: it has no headers"),
        (b"\0\1\2", "no e-mail: it has no headers"),
        (b"Subject: x\nContent-Type: image/png\n\nxx", "without a body of text"),
    ],
)
def test_what_is_no_letter_is_refused(data, reason):
    with pytest.raises(UnreadableError, match=reason):
        read(data, OPTIONS)


@pytest.mark.parametrize("value", ["soon", "Fri, 99 May 2032 10:00:00 +0200", "4"])
def test_a_date_that_is_none_is_left_out(value):
    data = f"Date: {value}\nSubject: x\n\nThey met.".encode()
    assert read(data, OPTIONS).metadata.date == ""


@pytest.mark.parametrize(
    "headers",
    [
        f"Content-Type: text/plain; {'(' * 3000}",
        f"Content-Disposition: attachment; filename={'(' * 3000}",
        f"Content-Type: multipart/mixed; boundary=b; {'(' * 3000}\r\nSubject: {'(' * 3000}",
        f"From: {'(' * 3000}a@example.org\r\nDate: {'(' * 3000}",
    ],
)
def test_headers_that_break_the_parser_are_a_fault_of_the_file(tmp_path, headers):
    path = tmp_path / "a.eml"
    path.write_bytes(f"Subject: Talks\r\n{headers}\r\n\r\nThe two ministers met in the harbour town.\r\n".encode())
    result = read_documents([path])
    assert len(result.documents) + len(result.skipped) > 0
    assert all("a.eml" in line.name for line in result.skipped)


def test_a_year_that_no_calendar_has_is_no_date():
    parsed = read(b"Subject: a\r\nDate: Sat, 4 May 99999999999999999999 10:00:00 +0000\r\n\r\nThey met.\r\n", Options())
    assert parsed.metadata.date == ""


def test_a_reply_of_many_quotes_and_long_lines_is_parted_line_by_line():
    digits = "7" * 300_000
    own, quoted = part_reply(f"{digits}\n> They met.\n" + "\n> All is well.\n" * 30_000)
    assert own == f"{digits}\n" + "\n" * 30_000
    assert quoted == "They met.\n" + "All is well.\n" * 30_000
