"""README tells the truth: commands are those that CI runs, answers those of the example, and links lead somewhere.

Run as a script, ``python tests/test_readme.py`` writes the true answers into README.
"""

import re
from pathlib import Path

import pytest

from dragoman.answers import format_result
from dragoman.ontology import load_ontology
from dragoman.query import run_query

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
EXAMPLE = ROOT / "graphs" / "un-oic" / "graph"
ASKED = re.compile(
    r"(?P<question>```sh\n\.venv/bin/dragoman query out '(?P<query>[^']+)'\n```\n)```text\n(?P<answer>.*?)```",
    re.DOTALL,
)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
LONGEST = 235


def true_answer(query: str) -> str:
    return format_result(run_query(EXAMPLE, query))


def with_true_answers(readme: str) -> str:
    return ASKED.sub(lambda found: f"{found['question']}```text\n{true_answer(found['query'])}```", readme)


def commands() -> list[str]:
    return [text for language, text in BLOCK.findall(README.read_text()) if language == "sh"]


def test_answers_are_those_of_the_example():
    text = README.read_text()
    assert ASKED.search(text), "README asks nothing"
    assert with_true_answers(text) == text, "run: python tests/test_readme.py"


def test_an_example_with_its_answer_stands_in_the_first_lines():
    text = README.read_text()
    asked = ASKED.search(text)
    assert asked
    assert text[: asked.end("question")].count("\n") < 30


def test_the_two_commands_of_a_newcomer_are_those_that_ci_runs():
    first, second = commands()[:2]
    ran = (ROOT / ".ci" / "run").read_text().splitlines()
    assert first.strip() in ran
    assert second.strip() in ran
    assert first.count("\n") == second.count("\n") == 1


def test_each_command_is_shown():
    from dragoman.cli import main

    shown = " ".join(commands()) + README.read_text()
    assert [name for name in main.commands if f"dragoman {name}" not in shown] == []


@pytest.mark.slow
def test_python_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (program,) = (text for language, text in BLOCK.findall(README.read_text()) if language == "python")
    names = {}
    exec(program, names)
    assert "asserted" in capsys.readouterr().out
    assert len(names["graph"]) > len(names["network"]) > 0
    assert names["answer"].rows


def test_links_lead_to_files():
    missing = [
        link for link in LINK.findall(README.read_text()) if not link.startswith("http") and not (ROOT / link).exists()
    ]
    assert missing == []


def test_paths_in_the_table_of_places_are_there():
    named = re.findall(r"`((?:src|ontology|tests|graphs|\.ci)/[\w./*-]*)`", README.read_text())
    assert named
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


def test_properties_are_those_of_the_ontology():
    text = README.read_text()
    listed = re.search(r"The properties: (.*?)\. Terms", text, re.DOTALL)
    assert listed
    assert set(re.findall(r"`(\w+)`", listed[1])) == set(load_ontology().properties)


def test_readme_is_short_and_filled_in():
    text = README.read_text()
    assert text.count("\n") <= LONGEST
    assert "FILL" not in text


if __name__ == "__main__":
    README.write_text(with_true_answers(README.read_text()), encoding="utf-8", newline="\n")
