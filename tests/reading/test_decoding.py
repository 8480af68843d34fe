import codecs

import pytest

from dragoman.reading.decoding import UndecodableError, decode

TEXT = "The Envoy’s visit to Yaoundé – “a first step” – was welcomed in São Tomé.\nBoth sides agreed.\n"


def test_decode_reads_utf8_and_drops_its_mark():
    assert decode(TEXT.encode()).text == TEXT
    assert decode(codecs.BOM_UTF8 + TEXT.encode()).text == TEXT
    assert decode(TEXT.encode()).note == ""


def test_decode_makes_line_ends_as_read_text_does(tmp_path):
    data = b"one\r\ntwo\rthree\n\r\n\x0bfour\x0c\xc2\x85five"
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert decode(data).text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_decode_reads_marked_utf16_and_utf32_with_a_note(encoding):
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert encoding in decoded.note


def test_decode_reads_windows_1252_with_a_note():
    decoded = decode(TEXT.encode("cp1252"))
    assert decoded.text == TEXT
    assert decoded.note.startswith("read as cp1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Посредники заявили, что оба правительства согласились открыть пограничные переходы. " * 5, "cp1251"),
        ("The envoy’s visit was short; the minister’s wasn’t. " * 5, "mac_roman"),
    ],
)
def test_decode_tells_other_encodings_from_windows_1252(text, encoding):
    assert decode(text.encode(encoding)).text == text


def test_decode_keeps_utf8_with_a_bad_byte_and_says_so():
    data = TEXT.encode()
    decoded = decode(b"\x80" + data)
    assert decoded.text == "�" + TEXT
    assert "1 bytes of it are not" in decoded.note


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\0\0\1\2", "binary"),
        (bytes(range(1, 9)) * 50 + b"abc", "binary"),
        (codecs.BOM_UTF16_LE + b"a", "begins as utf-16-le but is not"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", "binary"),
    ],
)
def test_decode_refuses_what_is_no_text(data, reason):
    with pytest.raises(UndecodableError, match=reason):
        decode(data)


def test_decode_refuses_bytes_of_no_encoding(monkeypatch):
    class Nothing(list):
        def best(self):
            return None

    monkeypatch.setattr("dragoman.reading.decoding.from_bytes", lambda data: Nothing())
    with pytest.raises(UndecodableError, match="cannot be told; save it as UTF-8"):
        decode(b"\x81\x8d\x8f\xff\xfe" * 20)
