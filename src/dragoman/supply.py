"""What is installed with this package: each library with its version, licence and size, as a list and as an SBOM.

All of it is read from the metadata that installers leave beside each library
(https://packaging.python.org/specifications/core-metadata/); nothing is fetched. The bill of materials is CycloneDX 1.5
(https://cyclonedx.org/docs/1.5/json/) without a time or a random number: two of the same installation are alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dragoman import __version__

__all__ = ["PACKAGE", "Component", "find_components", "format_sbom", "is_copyleft"]

PACKAGE = "dragoman"
DEFAULT = ""
"""The extra of what every user gets."""
NOT_TOLD = "not told"
LONGEST = 100
"""Characters of a licence's name; a longer one is the text of a licence."""

_COPYLEFT = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """A library: `extra` is that of ours which asks for it, "" if all users get it; `size` is bytes on the disk."""

    name: str
    version: str
    licence: str
    extra: str
    size: int
    needs: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """Its package URL, https://github.com/package-url/purl-spec."""
        return f"pkg:pypi/{self.name}@{self.version}"


def find_components(package: str = PACKAGE) -> list[Component]:
    """The libraries that are installed because `package` asks for them, by name; those of the default install first.

    What one of its extras asks for is among them if it is installed, whoever asked for it.

    :raises PackageNotFoundError: if `package` is not installed.
    """
    found: dict[str, Component] = {}
    own = distribution(package)
    for extra in (DEFAULT, *sorted(own.metadata.get_all("Provides-Extra") or ())):
        for name in _names(own, extra):
            _add(name, extra, found)
    return sorted(found.values(), key=lambda component: (component.extra != DEFAULT, component.name))


def is_copyleft(licence: str) -> bool:
    """Whether a licence asks that what is built on a library be under it, too; the LGPL does not.

    >>> is_copyleft("GPL-3.0-or-later"), is_copyleft("MIT OR GPL-2.0"), is_copyleft("LGPL-3.0")
    (True, False, False)
    """
    return all(_COPYLEFT.search(choice) for choice in re.split(r"\bOR\b", licence))


def format_sbom(components: Iterable[Component], *, package: str = PACKAGE, version: str = __version__) -> str:
    """The bill of materials of `package` with its `components`, as CycloneDX JSON."""
    parts = list(components)
    root = f"pkg:pypi/{package}@{version}"
    purls = {part.name: part.purl for part in parts}
    direct = sorted(purls[name] for name in set(_names(distribution(package), DEFAULT)) & purls.keys())
    depends = [{"ref": root, "dependsOn": direct}]
    depends += [
        {"ref": part.purl, "dependsOn": sorted(purls[name] for name in part.needs if name in purls)} for part in parts
    ]
    bill: Mapping[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": root, "name": package, "version": version}},
        "components": [_to_entry(part) for part in parts],
        "dependencies": depends,
    }
    return json.dumps(bill, indent=1) + "\n"


def _add(name: str, extra: str, found: dict[str, Component]) -> None:
    if name in found:
        return
    try:
        library = distribution(name)
    except PackageNotFoundError:
        return  # for another system than this one, or an extra that nobody asked for
    needs = tuple(sorted(set(_names(library, DEFAULT))))
    size = sum(file.size or 0 for file in library.files or ())
    found[name] = Component(name, library.version, _find_licence(library), extra, size, needs)
    for need in needs:
        _add(need, extra, found)


def _names(library: Distribution, extra: str) -> Iterator[str]:
    """Names of what `library` asks for on this system, or asks for besides with one of its extras."""
    for line in library.requires or ():
        need = Requirement(line)
        of_extra = need.marker is not None and "extra" in str(need.marker)
        if of_extra == bool(extra) and (need.marker is None or need.marker.evaluate({"extra": extra})):
            yield canonicalize_name(need.name)


def _find_licence(library: Distribution) -> str:
    """What the library's metadata call its licence: an SPDX expression, else its classifiers, else its own words."""
    told = library.metadata
    if expressions := told.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = (line.split(" :: ") for line in told.get_all("Classifier") or ())
    if named := [parts[-1] for parts in classifiers if parts[0] == "License" and parts[-1] != "OSI Approved"]:
        return " AND ".join(sorted(named))
    words = next(iter(told.get_all("License") or ()), "").strip()
    return words if words and len(words) <= LONGEST and "\n" not in words else NOT_TOLD


def _to_entry(part: Component) -> dict[str, Any]:
    licence = {"license": {"name": part.licence}}
    scope = "required" if part.extra == DEFAULT else "optional"
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "scope": scope,
        "licenses": [licence],
        "purl": part.purl,
    }
