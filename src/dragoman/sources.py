"""Paths and addresses to the files that a build reads: all that lies there but for what a build wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.output import REPORT, is_build, is_report
from dragoman.reading.documents import DEFAULTS, Finding, Options, ReadingError, SourceFile, find_files
from dragoman.reading.stores import DISK, Store, is_address
from dragoman.records import Skipped

__all__ = ["find_sources"]


def find_sources(paths: Sequence[Path | str], *, output: Path | None = None, options: Options = DEFAULTS) -> Finding:
    """The files to read as `options` say, without those in the folder of a build, `output` or any other, below `paths`.

    :raises ReadingError: for a path that does not exist, or without a file that could be read.
    """
    found = replace(find_files(paths), options=options)
    roots = {Path(path).absolute() for path in paths if not is_address(path)}
    target = output.absolute() if output else None
    made: dict[Path, bool] = {}

    def within_build(file: SourceFile) -> Path | None:
        for folder in file.path.parents:
            if folder in roots or folder == file.store.root:
                return None
            if folder not in made:
                made[folder] = folder == target or _is_build(folder, file.store)
            if made[folder]:
                return folder
        return None

    left_out = {file: folder for file in found.files if (folder := within_build(file))}
    kept = tuple(file for file in found.files if file not in left_out)
    if not kept:
        where = ", ".join(map(str, paths))
        raise ReadingError(f"{where}: no document to read but what a build wrote; give the folder of the documents")
    if not left_out:
        return found
    folders = sorted(set(left_out.values()))
    notes = [Skipped(folder.name, "was written by a build, and is not read") for folder in folders]
    return Finding(kept, found.skipped, (*found.notes, *notes), options)


def _is_build(folder: Path, store: Store) -> bool:
    if store is DISK:
        return is_build(folder)
    path = folder / REPORT
    if not store.is_file(path):
        return False
    try:
        with store.open(path) as stream:
            return is_report(stream.read())
    except OSError:
        return False
