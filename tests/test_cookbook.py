"""The cookbook of the example: its page holds each query with the answer that the graph gives now.

Run as a program, this writes the page anew: ``python tests/test_cookbook.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.answers import format_result
from dragoman.query import load_store, run_query

EXAMPLE = Path(__file__).parents[1] / "graphs" / "un-oic"
PAGE = EXAMPLE / "cookbook" / "README.md"
HEAD = """# Ten queries, and what they find

Each is a file here, which `dragoman query graphs/un-oic/graph FILE` answers. This page is made by
`python tests/test_cookbook.py`, and a test holds it against the graph.
"""


def make_page() -> str:
    store = load_store(EXAMPLE / "graph")
    parts = [HEAD]
    for path in sorted(PAGE.parent.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        title, _, query = text.removeprefix("# ").partition("\n")
        answer = format_result(run_query(store, text))
        parts.append(f"## {title}\n\n[`{path.name}`]({path.name})\n```sparql\n{query}```\n```text\n{answer}```\n")
    return "\n".join(parts)


def test_the_cookbook_holds_true_answers():
    assert PAGE.read_text(encoding="utf-8") == make_page()


def test_each_of_ten_queries_finds_something():
    store = load_store(EXAMPLE / "graph")
    found = {
        path.name: len(run_query(store, path.read_text(encoding="utf-8")).rows) for path in PAGE.parent.glob("*.rq")
    }
    assert len(found) == 10
    assert {name for name, rows in found.items() if not rows} == set()


def test_the_page_of_the_examples_leads_to_each_query():
    text = (EXAMPLE.parent / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^1\. \[(.+)\]\(un-oic/cookbook/(.+)\)$", text, re.MULTILINE)
    titles = [(path.read_text(encoding="utf-8").split("\n")[0][2:], path.name) for path in PAGE.parent.glob("*.rq")]
    assert told == sorted(titles, key=lambda pair: pair[1])


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8", newline="\n")
