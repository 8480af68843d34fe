"""Files and folders become :class:`~dragoman.records.Document` records, with a line for each file that was left out."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.reading.decoding import UndecodableError, decode
from dragoman.reading.formats.parsed import Options
from dragoman.reading.kinds import ARCHIVES, READERS, TABLES, describe_unread, is_leaving, list_kinds
from dragoman.reading.metadata import TABLE_NAME, Metadata, Table, parse_table
from dragoman.reading.opening import NOTHING_KEPT, Elsewhere, KeptParts, SourceFile, check_file, iter_opened, nowhere
from dragoman.reading.parts import PartResult, ReadResult, read_part
from dragoman.reading.stores import DISK, Objects, Store, StoreError, is_address
from dragoman.records import Document, Skipped

__all__ = [
    "DEFAULTS",
    "NOTHING_KEPT",
    "Finding",
    "KeptParts",
    "Options",
    "PartResult",
    "ReadResult",
    "ReadingError",
    "SourceFile",
    "find_files",
    "iter_documents",
    "read_document",
    "read_documents",
]

NO_METADATA = Metadata()
DEFAULTS = Options()
WITHIN = re.compile(r"(?i)(\.(?:" + "|".join(kind[1:] for kind in (*READERS, *ARCHIVES, *TABLES)) + r"))[#/].*")
"""The end of a file's name, and what a text within it has after that."""
LONGEST_NAME = 4000
"""Characters of a path that is looked for."""
NOTHING = f"no such file or folder; give files or folders with {list_kinds()} files"


class ReadingError(ValueError):
    """A fault in the call: a path that does not exist, or nothing to read at the paths given."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The files to read, in order of name; `skipped` are those of other kinds, `notes` faults of metadata files.

    `options` say how they are to be read.
    """

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()
    options: Options = DEFAULTS


def read_documents(paths: Sequence[Path | str], options: Options = DEFAULTS) -> ReadResult:
    """Every document at `paths`, files or folders with all that lies below them.

    Hidden files, and those that Word leaves beside an open one, are passed over in silence; a file of another kind, in
    another language, beyond a limit, or with the very bytes of another, is skipped with the reason.

    :raises ReadingError: for a path that does not exist, and where there is no file that could be read.
    """
    found = find_files(paths)
    result = ReadResult([], list(found.skipped), list(found.notes))
    for part in iter_documents(found.files, options):
        result.documents.extend(part.documents)
        result.skipped.extend(part.skipped)
        result.notes.extend(part.notes)
    result.skipped.sort(key=lambda line: (line.name, line.reason))
    return result


def iter_documents(
    files: Iterable[SourceFile],
    options: Options = DEFAULTS,
    *,
    is_english: Callable[[Document], bool] = lambda _: False,
    kept: KeptParts = NOTHING_KEPT,
    elsewhere: Elsewhere = nowhere,
    parsers: int = 1,
) -> Iterator[ReadResult]:
    """The result of each file, or of each text that a file holds, one in memory at a time; copies are skipped.

    :param is_english: says of which documents the language is known, and need not be found.
    :param kept: knows what some files hold, and is told what the others do, but for those with copies in them.
    :param elsewhere: opens some of the files before we do.
    :param parsers: processes that parse files at a time.
    """
    first: dict[str, str] = {}
    for file, content in iter_opened(files, options, kept=kept, elsewhere=elsewhere, parsers=parsers):
        whole, parts = True, []
        for part in content:
            if isinstance(part, Skipped):
                whole = False
                yield ReadResult([], [part], [])
            elif part.sha256 in first:
                whole = False
                reason = f"the same bytes as {first[part.sha256]}, which is read; counted once"
                yield ReadResult([], [Skipped(part.name, reason)], [])
            else:
                made = part if isinstance(part, PartResult) else read_part(part, is_english=is_english)
                parts.append(made)
                if made.result.documents:
                    first[part.sha256] = part.name
                yield made.result
        if whole:
            kept.keep(file, parts)


def read_document(
    file: SourceFile, options: Options = DEFAULTS, *, is_english: Callable[[Document], bool] = lambda _: False
) -> ReadResult:
    """All documents of a file, and the reasons why there are no more."""
    found = ReadResult([], [], [])
    for result in iter_documents([file], options, is_english=is_english):
        found.documents.extend(result.documents)
        found.skipped.extend(result.skipped)
        found.notes.extend(result.notes)
    return found


def find_files(paths: Sequence[Path | str]) -> Finding:
    """The files of a kind that can be read at `paths`, each once, with name and metadata.

    A path may also be the address of an object store, like ``s3://bucket/folder``, as :mod:`dragoman.reading.stores`
    has it.

    A name is the file's path below the folder that was given. Where files of two folders would have the same name, each
    has its folder's name in front.

    :raises ReadingError: for a path that does not exist, and where there is no file that could be read.
    """
    places: dict[str, _Place] = {}
    closed: list[Skipped] = []
    for path in paths:
        _refuse_broken(path, paths)
        for place in _find_places(path, closed):
            places.setdefault(place.key, place)
    names = _name_places(list(places.values()))
    readable = [(name, place) for name, place in names if _is_read(place.path)]
    if not readable:
        where = ", ".join(map(str, paths)) or "no path given"
        others = f"; {len(names)} {'file' if len(names) == 1 else 'files'} of other kinds" if names else ""
        raise ReadingError(f"{where}: no document to read; expected files that end in {list_kinds()}{others}")
    skipped = [Skipped(name, describe_unread(place.path.suffix)) for name, place in names if not _is_read(place.path)]
    tables = _read_tables(place for _, place in readable)
    files = tuple(
        SourceFile(place.path, name, _find_row(place, tables), tuple(_find_inner_rows(place, tables)), place.store)
        for name, place in readable
    )
    known = {place.path for _, place in readable}
    return Finding(files, (*skipped, *closed), tuple(_check_tables(tables, known)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A file and the folder below which its name counts."""

    root: Path
    path: Path
    store: Store = DISK

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return os.path.realpath(self.path) if self.store is DISK else str(self.path)

    def name(self, depth: int) -> str:
        """Its name with `depth` folders of the root's path in front."""
        parts = [*self.root.parts[len(self.root.parts) - depth :], *self.path.relative_to(self.root).parts]
        return unicodedata.normalize("NFC", "/".join(os.fsencode(part).decode("utf-8", "replace") for part in parts))


def _is_read(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in READERS or suffix in TABLES or suffix in ARCHIVES


def _refuse_broken(path: Path | str, paths: Sequence[Path | str]) -> None:
    """Tell of a name with blanks whose words came one by one, and of a page of the web, which is not fetched."""
    if str(path).startswith(("http://", "https://")):
        raise ReadingError(f"{path}: nothing is fetched from the web; save it as a file, and give that")
    first = list(paths).index(path)
    for end in range(first + 2, len(paths) + 1) if not is_address(path) and not os.path.lexists(path) else ():
        whole = " ".join(map(str, paths[first:end]))
        if len(whole) < LONGEST_NAME and os.path.lexists(whole):
            raise ReadingError(f"{path}: no such file or folder; if you mean {whole!r}, put it into quotes")


def _find_places(path: Path | str, closed: list[Skipped]) -> Iterator[_Place]:
    """The files at a path or an address; a folder that may not be entered is added to `closed`."""
    if is_address(path):
        yield from _find_objects(str(path))
        return
    path = Path(path)
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be entered
        raise ReadingError(f"{path}: {NOTHING}")
    path = path.absolute()
    if not path.is_dir():
        if path.name != TABLE_NAME:
            yield _Place(path.parent, path)
        return

    def close(error: OSError) -> None:
        folder = _Place(path.parent, Path(error.filename))
        closed.append(Skipped(folder.name(0), f"the folder cannot be entered: {error.strerror}"))

    for folder, subfolders, names in os.walk(path, onerror=close):
        subfolders[:] = sorted(name for name in subfolders if not is_leaving(name))
        for name in sorted(names):
            if not is_leaving(name) and name != TABLE_NAME:
                yield _Place(path, Path(folder) / name)


def _find_objects(address: str) -> Iterator[_Place]:
    try:
        store = Objects(address)
    except StoreError as cause:
        raise ReadingError(str(cause)) from cause
    if not store.paths:
        raise ReadingError(f"{address}: {NOTHING}")
    for path in store.paths:
        inner = path.relative_to(store.root).parts
        if path.name != TABLE_NAME and not any(map(is_leaving, inner)):
            yield _Place(store.root, path, store)


def _name_places(places: Sequence[_Place]) -> list[tuple[str, _Place]]:
    """Each place with a name of its own, sorted; alike names get folders in front until they differ."""
    depths = [0] * len(places)
    while True:
        names = [place.name(depth) for place, depth in zip(places, depths, strict=True)]
        counts = Counter(names)
        deepest = [len(place.root.parts) - 1 for place in places]
        alike = [at for at, name in enumerate(names) if counts[name] > 1 and depths[at] < deepest[at]]
        if not alike:
            return sorted(zip(names, places, strict=True), key=lambda pair: (pair[0], str(pair[1].path)))
        for at in alike:
            depths[at] += 1


def _read_tables(places: Iterable[_Place]) -> dict[Path, tuple[_Place, Table]]:
    """The metadata file of each folder from the places' own up to their roots, by folder."""
    tables: dict[Path, tuple[_Place, Table]] = {}
    for place in places:
        for folder in _folders(place):
            table = _Place(place.root, folder / TABLE_NAME, place.store)
            if folder not in tables and place.store.is_file(table.path):
                tables[folder] = (table, _read_table(table))
    return tables


def _folders(place: _Place) -> Sequence[Path]:
    """The folders that may hold a place's metadata file, its own first."""
    return _folders_up(place.path.parent, place.root)


@lru_cache(maxsize=1 << 12)
def _folders_up(folder: Path, root: Path) -> Sequence[Path]:
    """A folder and those above it, as far as `root`."""
    return [above for above in (folder, *folder.parents) if above.is_relative_to(root)]


def _read_table(place: _Place) -> Table:
    if reason := check_file(place.store, place.path, DEFAULTS.limits.bytes):
        return Table(notes=(reason,))
    try:
        with place.store.open(place.path) as stream:
            return parse_table(decode(stream.read()).text)
    except OSError as cause:
        return Table(notes=(f"cannot be read: {cause.strerror}",))
    except UndecodableError as cause:
        return Table(notes=(str(cause),))


def _find_row(place: _Place, tables: Mapping[Path, tuple[_Place, Table]]) -> Metadata:
    metadata = Metadata()
    for folder in _folders(place):
        if folder in tables:
            row = tables[folder][1].rows.get(_Place(folder, place.path).name(0))
            metadata = metadata.completed_by(row) if row else metadata
    return metadata


def _find_inner_rows(place: _Place, tables: Mapping[Path, tuple[_Place, Table]]) -> Iterator[tuple[str, Metadata]]:
    """Rows about texts within a file, those of the innermost folder last, which count first."""
    for folder in reversed(_folders(place)):
        if folder in tables:
            yield from tables[folder][1].inner.get(_Place(folder, place.path).name(0), ())


def _check_tables(tables: Mapping[Path, tuple[_Place, Table]], known: Container[Path]) -> Iterator[Skipped]:
    """A note for each thing that is wrong in a metadata file, rows for files that do not exist among them.

    :param known: files that do.
    """
    for folder in sorted(tables):
        place, table = tables[folder]
        yield from (Skipped(place.name(0), note) for note in table.notes)
        for name in table.rows:
            if folder / name not in known and not _exists(folder, name, place.store):
                reason = f"row {table.numbers[name]}: no file {name!r} beside it; the row is not used"
                yield Skipped(place.name(0), reason)


def _exists(folder: Path, name: str, store: Store) -> bool:
    path = folder / WITHIN.sub(r"\1", name)
    if len(os.fsencode(str(path))) > 4000 or any(len(os.fsencode(part)) > 255 for part in path.parts):
        return False
    return store.exists(path) or store.exists(Path(unicodedata.normalize("NFD", str(path))))
