"""The command ``explain``, on the example that ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import dragoman
from dragoman.cli import main
from dragoman.commands import explain as module
from dragoman.records import Modality
from small_record import COOPERATE

EXAMPLE = Path(__file__).parents[2] / "graphs" / "un-oic"


def run(*words: object):
    return CliRunner().invoke(main, ["explain", *map(str, words)])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "out"
    dragoman.build(EXAMPLE / "documents", folder, page=False)
    return folder


def test_words_of_the_command_are_those_of_the_modules():
    assert tuple(Modality) == module.MODALITIES


@pytest.mark.parametrize("words", [[], [COOPERATE.id, "--subject", "OIC"]])
def test_a_claim_is_given_in_one_way(words):
    result = run(EXAMPLE / "graph", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("dragoman: give the IRI or id of a claim, or else --subject")
    assert result.stderr.count("\n") == 1


def test_an_unknown_claim_or_name_is_an_error_with_what_comes_near():
    claim = dragoman.open(EXAMPLE / "graph").claims[0]
    wrong = claim.id[:-1] + ("0" if claim.id[-1] != "0" else "1")
    for words, said in (
        ([wrong], rf"no claim '{wrong}' in this graph; did you mean {claim.id} ("),
        (["--subject", "Untied Nations"], "did you mean United Nations"),
        (["--property", "helps"], "no property 'helps'"),
        (["--subject", "OIC", "--modality", "negated"], "no claim in this graph with --subject 'OIC' --modality"),
    ):
        result = run(EXAMPLE / "graph", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_folder_that_no_build_wrote_is_an_error(tmp_path):
    result = run(tmp_path / "nowhere", "abc")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


@pytest.mark.slow
def test_a_claim_is_explained_by_iri_id_and_beginning(out):
    built = dragoman.open(out)
    claim = built.find_claims(subject="OIC", property="addresses")[0]
    texts = {run(out, f"{before}{claim.id}").stdout for before in ("", "claim:", "https://w3id.org/dragoman/id/claim/")}
    assert len(texts) == 1
    (text,) = texts
    assert text == str(built.explain(claim))
    assert text.startswith("Organization of Islamic Cooperation addresses Islamophobia (asserted")
    assert "[subject: OIC]" in text
    assert "← subject" in text
    assert "frame       addresses-" in text
    assert "\n   confidence  " in text


@pytest.mark.slow
def test_claims_are_found_by_names_the_surest_first_up_to_the_limit(out):
    built = dragoman.open(out)
    claims = built.find_claims(subject="OIC")
    result = run(out, "--subject", "the oic", "--limit", 2)
    assert result.exit_code == 0
    assert result.stdout.count("/claim/") == 2
    surest = sorted(claims, key=lambda claim: (-claim.confidence, claim.id))[:2]
    assert [claim.id for claim in surest] == [
        line.rsplit("/", 1)[1] for line in result.stdout.splitlines() if line.startswith("https://")
    ]
    assert f"{len(claims) - 2} more of {len(claims)} claims" in result.stderr


@pytest.mark.slow
def test_json_is_a_list_of_what_was_explained_and_the_same_each_time(out):
    words = (out, "--subject", "OIC", "--object", "Islamophobia", "--property", "addresses", "--format", "json")
    first, second = run(*words), run(*words)
    assert first.stdout == second.stdout
    (found,) = json.loads(first.stdout)
    assert (found["property"], found["subject"]["id"]) == ("addresses", "organization-of-islamic-cooperation")
    for piece in found["evidence"]:
        text = (out / "documents" / f"{piece['document']}.txt").read_text(encoding="utf-8")
        derivation = piece["derivation"]
        ends = [derivation[end]["words"] for end in ("subject", "object")]
        for told in (derivation["sentence"], derivation["word"], *ends):
            assert text[told["start"] : told["end"]] == told["text"]
