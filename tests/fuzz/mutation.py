"""Files to files that are almost the same: bytes turned, cut, doubled, swapped, words put in that break readers."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence

import pyoxigraph as ox

__all__ = ["mutate", "mutate_archive", "mutate_triples"]

WORDS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"\r",
    b"\r\n",
    b"\n---\n",
    b"\n\n",
    b'"',
    b"'",
    b'"""',
    b"\\",
    b"\\u0000",
    b"\\U00110000",
    b"<",
    b">",
    b"<!--",
    b"]]>",
    b"&#x0;",
    b"&a;",
    b"%00",
    b"../",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b",",
    b";",
    b"\t",
    b".",
    b"@",
    b"^^",
    b"=",
    b"#",
    b"|",
    b"*" * 40,
    b"(" * 400,
    b"[" * 400,
    b"<a>" * 400,
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e999",
    b"NaN",
    b"0000-00-00",
    b"2024-02-30",
    b"31 February 2024",
    b"\xd9\xa1",
    b"A" * 5000,
    b"a " * 3000,
    b"\xcc\x81" * 500,
    b"_:b0",
    b"<http://e.org/a>",
    b"<>",
    b"true",
)
"""What readers stumble over: marks, ends, numbers that are none, words without an end."""
MOST = 4
"""Changes that one file gets."""


def mutate(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """`data` with one to MOST changes; `others` are files whose parts it may get."""
    found = bytearray(data)
    for _ in range(chance.randint(1, MOST)):
        chance.choice(CHANGES)(found, others, chance)
    return bytes(found)


def mutate_archive(data: bytes, chance: random.Random) -> bytes:
    """A ZIP archive that can be opened, one of whose files has changed, in name or in content."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.randrange(len(parts))
    name, content = parts[at]
    if chance.random() < 0.1:
        name = mutate(name.encode(), [b"../../a", b"/a", b"a/" * 50], chance).decode("utf-8", "replace")[:500]
    parts[at] = (name, mutate(content, [content for _, content in parts], chance))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name.replace("\0", "") or "a"), content)
    return packed.getvalue()


def mutate_triples(data: bytes, form: ox.RdfFormat, chance: random.Random) -> bytes:
    """A graph or dataset that can be read, whose triples have lost, doubled or swapped their parts."""
    quads = sorted(ox.parse(data, format=form, rename_blank_nodes=True), key=str)
    terms = [term for quad in quads for term in (quad.subject, quad.predicate, quad.object)]
    for _ in range(chance.randint(1, MOST)):
        at = chance.randrange(len(quads))
        subject, predicate, object_, graph = quads[at]
        odd = ox.Literal(chance.choice(WORDS)[:200].decode("utf-8", "replace"))
        change = chance.randrange(6)
        if change == 0 and len(quads) > 1:
            del quads[at]
        elif change == 1:
            quads[at] = ox.Quad(subject, predicate, odd, graph)
        elif change == 2:
            quads[at] = ox.Quad(subject, predicate, chance.choice(terms), graph)
        elif change == 3:
            node = chance.choice([term for term in terms if not isinstance(term, ox.Literal)])
            quads[at] = ox.Quad(node, predicate, object_, graph)
        elif change == 4:
            node = chance.choice([term for term in terms if isinstance(term, ox.NamedNode)])
            quads[at] = ox.Quad(subject, node, object_, graph)
        else:
            quads.append(ox.Quad(subject, predicate, chance.choice(terms), graph))
    return ox.serialize(quads if form == ox.RdfFormat.N_QUADS else [quad.triple for quad in quads], format=form) or b""


def _turn(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        if found:
            found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)


def _replace(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    if found:
        found[chance.randrange(len(found))] = chance.randrange(256)


def _put_in(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randint(0, len(found))
    found[at:at] = chance.choice(WORDS)


def _take_out(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start, end = _piece(found, chance)
    del found[start:end]


def _double(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start, end = _piece(found, chance)
    found[end:end] = found[start:end] * chance.choice((1, 1, 2, 50))


def _cut(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    del found[chance.randint(0, len(found)) :]


def _swap(found: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    """Two lines change places."""
    lines = bytes(found).split(b"\n")
    if len(lines) > 1:
        left, right = chance.sample(range(len(lines)), 2)
        lines[left], lines[right] = lines[right], lines[left]
        found[:] = b"\n".join(lines)


def _splice(found: bytearray, others: Sequence[bytes], chance: random.Random) -> None:
    other = bytearray(chance.choice(others))
    start, end = _piece(other, chance)
    at = chance.randint(0, len(found))
    found[at:at] = other[start:end]


def _piece(found: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(found))
    return start, min(len(found), start + chance.choice((1, 2, 8, 64, 1000)))


CHANGES = (_turn, _replace, _put_in, _put_in, _take_out, _double, _cut, _swap, _splice)
