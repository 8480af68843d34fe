"""``dragoman help``: every topic is listed, and what it shows can be typed."""

import re

import pytest
from click.testing import CliRunner

from dragoman.additions import describe_additions
from dragoman.cli import main
from dragoman.commands.topics import _read_topics
from dragoman.decisions import Kind, parse_decisions
from dragoman.gazetteer import load_gazetteer
from dragoman.lexicon import load_lexicon
from dragoman.ontology import load_ontology
from dragoman.questions import parse_question
from dragoman.vocabulary import BASE

TOPICS = _read_topics()


def run(*arguments: str):
    return CliRunner().invoke(main, ["help", *arguments])


def test_topics_and_commands_are_listed():
    told = run().output
    assert all(name in told for name in (*TOPICS, "build", "serve"))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_printed_and_names_only_commands_and_options_that_there_are(topic):
    text = run(topic).output
    assert text == TOPICS[topic]
    assert max(map(len, text.splitlines())) <= 125
    for command, rest in re.findall(r"^  dragoman (\w+)(.*)", text, re.MULTILINE):
        options = {option for parameter in main.commands[command].params for option in parameter.opts}
        given = set(re.findall(r"(?<!\S)--?[a-z-]+", rest))
        assert command == "ask" or given <= options | {"--help"}


def test_the_question_that_is_shown_can_be_read():
    example = re.search(r"  # title: Who signs.*?ORDER BY[^\n]*", TOPICS["questions"], re.DOTALL)[0]
    assert [parameter.name for parameter in parse_question(example.replace("\n  ", "\n").strip(), "x").parameters] == [
        "who"
    ]


def test_the_decisions_that_are_shown_can_be_read(ontology):
    rows = re.search(r"  decision,.*?(?=\n\n)", TOPICS["decisions"], re.DOTALL)[0].replace("\n  ", "\n").strip()
    assert {decision.kind for decision in parse_decisions(rows, ontology, base=BASE)} == set(Kind)


def test_the_ontology_that_is_shown_is_used_as_a_whole(tmp_path):
    shown = re.search(r"  @prefix dgm:.*(?=\nClasses:)", TOPICS["ontology"], re.DOTALL)[0].replace("\n  ", "\n").strip()
    path = tmp_path / "mine.ttl"
    path.write_text(shown, encoding="utf-8")
    ontology = load_ontology(path)
    told = describe_additions([path], ontology, load_lexicon(ontology, path), load_gazetteer(ontology, path))
    assert [line.reason for line in told] == ["added 1 class, 1 property, 3 frames, 1 noun, 2 names"]


def test_a_command_s_help_is_printed_and_a_mistyped_topic_is_told():
    assert "Usage: dragoman query" in run("query").output.replace("main", "dragoman")
    wrong = run("sparkl")
    assert (wrong.exit_code, "did you mean sparql?" in wrong.output) == (2, True)
