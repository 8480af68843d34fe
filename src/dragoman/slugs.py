"""Names to the readable last part of an IRI: ASCII letters, digits and ``-``, and ``%XX`` for letters of other scripts.

Unicode: https://www.unicode.org/reports/tr15/ (accents), and the names of Latin letters (``Ø`` is an O with stroke).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

__all__ = ["slug", "to_ascii"]

LONGEST = 80
"""Characters of a slug; a longer one is cut between words."""
_LETTER = re.compile(r"LATIN (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH .*)?")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")


def slug(name: str) -> str:
    """`name` in lower case and ASCII, words joined by ``-``; never empty.

    >>> slug("Russia’s talks on the Đurđevac–Łódź line"), slug("Северный"), slug("…")
    ('russias-talks-on-the-durdevac-lodz-line', '%D1%81%D0%B5%D0%B2%D0%B5%D1%80%D0%BD%D1%8B%D0%B8', 'unnamed')
    """
    words = _WORD.findall(to_ascii(_APOSTROPHES.sub("", name)))
    whole = "-".join(words)
    if whole and len(whole) <= LONGEST and whole.isascii():  # as most
        return whole
    kept = ""
    for word in words:
        part = word[:LONGEST] if word.isascii() else quote(word[: LONGEST // len(quote("\uffff"))])
        if kept and len(kept) + 1 + len(part) > LONGEST:
            break
        kept = f"{kept}-{part}" if kept else part
    return kept or "unnamed"


def to_ascii(text: str) -> str:
    """`text` in lower case, Latin letters without what is put on, under or through them; other letters as they are.

    >>> to_ascii("Łódź"), to_ascii("Дон")
    ('lodz', 'дон')
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())  # "𝐀" is an A only then
    return "".join(map(_bare, (char for char in plain if not unicodedata.combining(char))))


def _bare(char: str) -> str:
    if char.isascii():
        return char
    found = _LETTER.fullmatch(unicodedata.name(char, ""))
    return found[1].lower() if found else char
