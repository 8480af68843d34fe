"""The folder of a build of an earlier contract becomes one of the present; no document is read for that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox

from dragoman.checks import TURTLE
from dragoman.contract import CONTRACT, ContractError, contract_of, migrate_quads
from dragoman.output import built_files, replaced_folder
from dragoman.record import DATASET, RecordError, find_base, read_quads
from dragoman.serialization import write_nquads, write_turtle

__all__ = ["migrate"]


def migrate(folder: Path) -> int:
    """Bring the build in `folder` up to the present contract, all at once; the number of the one that it was of.

    A build of the present contract is left as it is.

    :raises RecordError: if the build is missing, damaged, of a later contract or of none that can be brought up.
    :raises OutputError: if `folder` cannot be written, or holds what no build wrote.
    """
    quads = read_quads(folder)
    number = contract_of(quads)
    if number == CONTRACT:
        return number
    try:
        migrated = migrate_quads(quads)
    except ContractError as cause:
        raise RecordError(f"{folder}: {cause}") from cause
    subjects = (quad.subject.value for quad in migrated if isinstance(quad.subject, ox.NamedNode))
    with replaced_folder(folder) as new:
        for name in built_files(folder):
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, new / name)
        write_nquads(migrated, new / DATASET)
        write_turtle(migrated, new / TURTLE, base=find_base(subjects))
    return number
