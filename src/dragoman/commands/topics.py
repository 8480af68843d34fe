"""The command ``help``: texts on what several commands have in common, and the help of each command."""

from __future__ import annotations

from importlib.resources import files

import click

from dragoman.commands.terminal import for_terminal

__all__ = ["help_on"]

FOLDER = "topics"
SUFFIX = ".txt"


@click.command(
    "help",
    short_help="Read about questions, SPARQL, Python …",
    epilog="Example: dragoman help sparql",
)
@click.argument("topic", required=False)
@click.pass_context
def help_on(ctx: click.Context, topic: str | None) -> None:
    """Print the text on TOPIC, or the help of the command of that name; without one, list the topics."""
    topics = _read_topics()
    group = ctx.parent.command if ctx.parent else None
    commands = group.commands if isinstance(group, click.Group) else {}
    if topic is None:
        for name, text in topics.items():
            click.echo(f"{name:<12} {text.splitlines()[0]}")
        click.echo(f"\nor a command: {', '.join(sorted(commands))}")
    elif topic in topics:
        click.echo(for_terminal(topics[topic]), nl=False)
    elif topic in commands and ctx.parent:
        with click.Context(commands[topic], info_name=topic, parent=ctx.parent) as inner:
            click.echo(commands[topic].get_help(inner))
    else:
        from difflib import get_close_matches

        near = get_close_matches(topic, [*topics, *commands], n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; one of: {', '.join(topics)}"
        raise click.BadParameter(f"there is no topic {topic!r}{hint}", param_hint="TOPIC")


def _read_topics() -> dict[str, str]:
    found = {
        path.name.removesuffix(SUFFIX): path.read_text(encoding="utf-8")
        for path in files("dragoman").joinpath(FOLDER).iterdir()
        if path.name.endswith(SUFFIX)
    }
    return dict(sorted(found.items()))
