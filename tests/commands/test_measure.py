"""The command ``measure``."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.commands import measure as module
from dragoman.measures.periods import PERIODS
from dragoman.measures.sensitivity import DRAWN
from dragoman.networks import View
from dragoman.records import Modality
from question_record import RECORD
from small_record import write_output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_output(tmp_path_factory.mktemp("built") / "out", RECORD)


def run(*words: object):
    return CliRunner().invoke(main, ["measure", *map(str, words)])


def test_words_of_the_command_are_those_of_the_modules():
    assert tuple(PERIODS) == module.PERIODS
    assert tuple(View) == module.VIEWS
    assert tuple(Modality) == module.MODALITIES
    assert module.MEASURES == DRAWN


def test_measure_shows_a_ranking_with_intervals_and_what_follows(folder):
    result = run(folder, "--by", "betweenness", "--top", 3, "--draws", 20)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].endswith("entities: asserted claims")
    assert lines[2].split()[:3] == ["place", "entity", "class"]
    assert len(lines[4:7]) == 3
    assert "Between actors: " in result.stdout


def test_measure_writes_table_rdf_report_and_figures(folder, tmp_path):
    pytest.importorskip("matplotlib", reason="Matplotlib is not installed")
    for name in ("m.csv", "m.ttl", "m.nq"):
        assert run(folder, "--draws", 5, "-o", tmp_path / name).exit_code == 0
    result = run(folder, "--draws", 5, "--report", tmp_path / "r.html", "--figures", tmp_path / "figures")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "figures" / "rankings.svg").exists()
    assert f"Written: {tmp_path / 'r.html'}" in result.stderr
    assert "Written" not in result.stdout


def test_measure_over_time_goes_into_a_table(folder, tmp_path):
    assert run(folder, "--draws", 5, "--over-time", "--per", "month", "-o", tmp_path / "m.csv").exit_code == 0
    assert (tmp_path / "m.csv").read_text(encoding="utf-8").startswith("month,id,label,class,degree")
    assert run(folder, "--draws", 5, "--over-time", "--per", "decade", "-o", tmp_path / "m.csv").exit_code == 0
    assert "\n2020s,norland,Norland,State," in (tmp_path / "m.csv").read_text(encoding="utf-8")


def test_measure_of_nothing_says_so(folder):
    result = run(folder, "--since", "2090")
    assert result.exit_code == 0
    assert result.stdout == f"0 of {len(RECORD.claims)} claims, 0 entities: asserted claims, from 2090 on\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--property", "likes"], "no property 'likes'; one of: addresses"),
        (["--class", "Planet"], "no class 'Planet'; one of: Actor"),
        (["--since", "soon"], "date 'soon' is not YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--over-time"], "--over-time goes with -o"),
        (["-o", "m.xlsx"], "no format for .xlsx; one of: .csv, .ttl, .nq"),
        (["--report", "none/r.html"], "none: no such folder; make it first"),
        (["--by", "fame"], "'fame' is not one of"),
    ],
)
def test_a_fault_in_the_call_is_one_line(folder, options, message):
    result = run(folder, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_folder_that_is_no_build_is_told(tmp_path):
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "build the graph first" in result.stderr


def test_figures_without_matplotlib_are_a_fault_in_the_call(folder, tmp_path, monkeypatch):
    from dragoman.findings import figures

    monkeypatch.setattr(figures, "find_spec", lambda _: None)
    result = run(folder, "--figures", tmp_path / "f")
    assert result.exit_code == 2
    assert "pip install 'dragoman[figures]'" in result.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--report", "report.pdf"), "--report: report.pdf: give a name that ends in .html or .htm"),
        (("--report", "gone/report.html"), "--report: gone: no such folder; make it first"),
        (("-o", "gone/m.csv"), "-o: gone: no such folder; make it first"),
        (("--figures", "gone/figures"), "--figures: gone: no such folder; make it first"),
    ],
)
def test_measure_refuses_what_it_cannot_write_before_it_measures(folder, tmp_path, monkeypatch, options, told):
    monkeypatch.chdir(tmp_path)
    result = run(folder, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
