"""The command ``doctor``: whether this installation works, and what a report of a fault should tell."""

from __future__ import annotations

import json

import click

from dragoman.commands.terminal import complain

__all__ = ["doctor"]

FORMS = ("text", "json")


@click.command(
    short_help="Tell whether dragoman works here, with all versions.",
    epilog="Example: dragoman doctor > doctor.txt",
)
@click.option(
    "--model", default="dragoman", show_default=True, help="Language model to try: ours, or a spaCy pipeline."
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the answer."
)
def doctor(model: str, form: str) -> None:
    """Tell versions, what the ontology holds and which optional parts are there, and try a small build.

    The build is made in a temporary folder, which is removed. Exit status is 1 if something keeps dragoman from
    working; missing optional parts do not. Add what is printed to the report of a fault.
    """
    from dataclasses import asdict

    from dragoman.diagnosis import diagnose
    from dragoman.report import plain

    found = diagnose(model=model)
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in found.findings], indent=1))
    else:
        last = ""
        for finding in found.findings:
            name = finding.part if finding.part != last else ""
            click.echo(plain(f"{name:<10} {finding.found}"))
            last = finding.part
    for finding in found.faults:
        complain(f"{finding.part}: {finding.found}: {finding.fault}")
    if found.faults:
        click.get_current_context().exit(1)
