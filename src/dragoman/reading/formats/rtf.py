"""A Rich Text file (.rtf) becomes its text, paragraph by paragraph; striprtf takes the commands out.

Source: https://github.com/joshy/striprtf.
"""

from __future__ import annotations

import re

from dragoman.reading.formats.parsed import Options, Parsed, TextWriter, UnreadableError, load_library
from dragoman.reading.metadata import Metadata

__all__ = ["read"]

ORIGIN = "RTF properties"
INFO = re.compile(r"\{\\(title|author) ([^{}\\]{1,500})\}")


def read(data: bytes, options: Options) -> Parsed:
    """The text of a Rich Text file.

    :raises UnreadableError: if it is none, or nests groups deeper than the limit.
    """
    library = load_library("striprtf.striprtf", "office", "RTF files")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("no RTF: it does not begin as such a file does; save it anew")
    source = data.decode("latin-1")
    if _measure_depth(source) > options.limits.nesting:
        raise UnreadableError(f"groups nested more than {options.limits.nesting} deep; --limit nesting=")
    writer = TextWriter()
    text = library.rtf_to_text(source, errors="replace")
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.split("|")]
        row = len(cells) > 2 and not cells[-1]
        writer.add(f"| {' | '.join(cells[:-1])} |" if row else line, element=f"paragraph {number}")
    info = dict(INFO.findall(source[:20_000]))
    hints = Metadata(title=info.get("title", "").strip(), author=info.get("author", "").strip())
    return Parsed(writer.text(), tuple(writer.places), hints=hints, origin=ORIGIN)


def _measure_depth(source: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"(?<!\\)[{}]", source):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest
