"""The command ``licences``: what is installed with this package, under which licences; and a bill of materials."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import OUT, complain

__all__ = ["licences"]

MEGABYTE = 1e6


@click.command(
    short_help="List the licences of all that is installed with dragoman.",
    epilog="Example: dragoman licences --sbom dragoman.cdx.json",
)
@click.option("--sbom", "target", type=OUT, metavar="FILE", help="Write a bill of materials, too: CycloneDX 1.5, JSON.")
def licences(target: Path | None) -> None:
    """List each library that dragoman needs, with its version, licence and size on the disk.

    What only an extra asks for is told with it. Exit status is 1 if a library that every user gets is under the GPL or
    AGPL, as nobody could then build on dragoman under its own licence.
    """
    from dragoman.report import plain
    from dragoman.supply import find_components, format_sbom, is_copyleft

    components = find_components()
    for part in components:
        extra = f"  only with [{part.extra}]" if part.extra else ""
        name = f"{part.name} {part.version}"
        click.echo(plain(f"{name:<32} {part.size / MEGABYTE:7.1f} MB  {part.licence}{extra}"))
    default = [part for part in components if not part.extra]
    total = sum(part.size for part in default) / MEGABYTE
    click.echo(f"{len(default)} libraries in the default install, {total:.0f} MB; {len(components)} in all")
    if target is not None:
        target.write_text(format_sbom(components), encoding="utf-8", newline="\n")
        click.echo(plain(f"Written: {target}"))
    if bound := [f"{part.name} ({part.licence})" for part in default if is_copyleft(part.licence)]:
        complain(f"under the GPL or AGPL in the default install: {', '.join(bound)}")
        click.get_current_context().exit(1)
