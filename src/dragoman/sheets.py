"""Tables that people fill in with a spreadsheet, to rows: CSV, also with ``;`` or tabs, in UTF-8.

Rows that are empty or begin with ``#`` are passed over. An apostrophe before what would be a formula, which tells a
spreadsheet that a cell is text, is taken off again (:mod:`dragoman.cells` puts it there).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from dragoman.cells import harmless

__all__ = ["LARGEST", "format_sheet", "iter_rows", "read_sheet"]

LARGEST = 64_000_000
"""Bytes of a table; more are none that a person filled in."""
_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")


def read_sheet(path: Path, error: type[ValueError], what: str) -> str:
    """The text of the table at `path`.

    :param error: what is raised for a file that cannot be read, is no text, or is larger than :data:`LARGEST`.
    :param what: what the table is one of, as messages name it: "decisions".
    """
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise error(f"{path}: cannot be read: {cause.strerror}; give a table of {what}") from cause
    if len(data) > LARGEST:
        raise error(f"{path}: has {len(data):,} bytes, which is no table of {what} (at most {LARGEST:,})")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = data[: cause.start].count(b"\n") + 1
        raise error(f"{path}:{line}: is not UTF-8 text; save the table as CSV in UTF-8") from cause


def iter_rows(
    text: str, where: str, error: type[ValueError], to_columns: Callable[[Sequence[str], str], list[str]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows that say something, by column, with the line on which each begins.

    :param to_columns: makes column names of the cells of the first row, whose place it is given as well.
    """
    lines = text.replace("\0", "").splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if first is None:
        return
    delimiter = max(",;\t", key=lines[first].count)
    reader = csv.reader(StringIO("".join(lines[first:]), newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    line = first + 1
    try:
        for cells in reader:
            start, line = line, first + reader.line_num + 1
            if not columns:
                columns = to_columns(cells, f"{where}:{start}")
                continue
            if not any(map(str.strip, cells)) or cells[0].startswith("#"):
                continue
            if len(cells) > len(columns):
                raise error(
                    f"{where}:{start}: has {len(cells)} cells for {len(columns)} columns; "
                    'a cell with a comma stands in "quotation marks"'
                )
            yield start, dict(zip(columns, (_FORMULA.sub("", cell.strip()) for cell in cells), strict=False))
    except csv.Error as cause:
        raise error(f"{where}:{line}: is no table: {cause}; look for a quotation mark without its pair") from cause


def format_sheet(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A table as :func:`iter_rows` reads it and spreadsheets open it; columns that a row lacks are empty."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(row.get(column, "")) for column in columns] for row in rows)
    return text.getvalue()
