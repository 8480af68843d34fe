"""The command ``explain``: why a claim is in a graph, from its sentence to its confidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.commands.terminal import MODALITIES, OUT, complain, for_terminal

if TYPE_CHECKING:
    from dragoman.built import Build
    from dragoman.records import Claim

__all__ = ["explain"]

FORMS = ("text", "json")


@click.command(
    short_help="Tell why a claim is in a graph, and how sure it is.",
    epilog="Example: dragoman explain graph --subject OIC --property participatesIn",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.argument("claim", required=False)
@click.option("--subject", metavar="ENTITY", default="", help="Claims of this entity, by any of its names.")
@click.option("--property", "property_", metavar="PROPERTY", default="", help="Claims of this property.")
@click.option("--object", "object_", metavar="ENTITY", default="", help="Claims about this entity.")
@click.option("--modality", type=click.Choice(MODALITIES), help="Claims of this modality.")
@click.option(
    "--limit", type=click.IntRange(1), default=5, show_default=True, help="Claims that are explained of those found."
)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the text.")
def explain(
    folder: Path,
    claim: str | None,
    subject: str,
    property_: str,
    object_: str,
    modality: str | None,
    limit: int,
    form: str,
) -> None:
    """Tell why CLAIM is in the graph in OUT, the folder of a build.

    CLAIM is the IRI of a claim, its id, or the beginning of one that no other claim has; or else its ends and property
    are given by name. For each piece of evidence: the sentence with what means the two ends, the frame of the lexicon
    that read it, the path through the parse that joins them, and the factors of its confidence. The document is parsed
    again for that.
    """
    from dragoman.built import open_build

    built = open_build(folder)
    found = _find(built, claim, subject=subject, property=property_, object=object_, modality=modality or "")
    if len(found) > limit:
        complain(f"{len(found) - limit} more of {len(found)} claims; name them more closely, or give --limit")
    explanations = [built.explain(claim) for claim in found[:limit]]
    if form == "json":
        import json

        from dragoman.telling import to_json

        text = json.dumps([to_json(explanation) for explanation in explanations], ensure_ascii=False, indent=1) + "\n"
    else:
        text = "\n".join(map(str, explanations))
    click.echo(for_terminal(text), nl=False)


def _find(built: Build, claim: str | None, **ends: str) -> list[Claim]:
    """The claims that are meant.

    :raises click.UsageError: if nothing is given, or both a claim and ends, or if what is given means no claim.
    """
    from dragoman.naming import NamingError

    given = [f"--{name} {value!r}" for name, value in ends.items() if value]
    if bool(claim) == bool(given):
        raise click.UsageError("give the IRI or id of a claim, or else --subject, --property, --object or --modality")
    try:
        found = [built.claim(claim)] if claim else list(built.find_claims(**ends))
    except NamingError as cause:
        raise click.UsageError(str(cause)) from cause
    if not found:
        raise click.UsageError(f"no claim in this graph with {' '.join(given)}")
    return sorted(found, key=lambda one: (-one.confidence, one.id))
