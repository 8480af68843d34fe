import ast
from collections import defaultdict
from pathlib import Path

import pytest

from dragoman.extraction.places import PLACES
from dragoman.language.tables import lemma_tables
from dragoman.lexicon import DEFAULT_PLACES, PARTS, load_lexicon
from dragoman.ontology import OntologyError
from dragoman.records import Modality

SOURCES = Path(__file__).parents[1] / "src"
MOST_WORDS = 6
"""Words that a literal in the code may list; more are knowledge, and belong to the lexicon."""
NOT_KNOWLEDGE = {
    ("additions.py", "class"),
    ("document.py", "document"),
    ("lexicon.py", "verb"),
    ("marks.py", "document"),
    ("marks.py", "mark"),
    ("times.py", "a"),
}
"""Module and first word of lists that are no knowledge of words: predicates of the file, columns of tables, digits."""
PREFIXES = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix lex: <https://w3id.org/dragoman/lexicon#> .
"""


def frames_of(lexicon):
    return {(frame.name, frame.part): frame for frames in lexicon.frames.values() for frame in frames}.values()


def test_each_property_has_three_frames(ontology, lexicon):
    names = defaultdict(set)
    for frame in frames_of(lexicon):
        names[frame.predicate].add(frame.name)
    assert {name: names[name] for name in ontology.properties if len(names[name]) < 3} == {}


def test_a_frame_is_named_after_what_it_states(lexicon):
    assert [frame.name for frame in frames_of(lexicon) if not frame.name.startswith(f"{frame.predicate}-")] == []


def test_the_classes_of_a_frame_exist_and_its_property_may_join_them(ontology, lexicon):
    for frame in frames_of(lexicon):
        assert (frame.subject_classes | frame.object_classes) <= ontology.classes.keys(), frame.name
        lefts, rights = (classes or ontology.classes for classes in (frame.subject_classes, frame.object_classes))
        assert any(ontology.admits(frame.predicate, left, right) for left in lefts for right in rights), frame.name


def test_places_of_frames_are_positions_or_prepositions(lexicon):
    ends = {"left", "right"}  # of a link
    prepositions = lexicon.words["linker"] | {
        "as",
        "by",
        "upon",
        "over",
        "into",
        "behind",
        "beside",
        "across",
        "up_to",
        "inside",
        "through",
    }
    prepositions |= {
        "alongside",
        "together_with",
        "side-by-side_with",
        "on_behalf_of",
        "regarding",
        "concerning",
        "targeting",
    }
    unknown = {
        (frame.name, place)
        for frame in frames_of(lexicon)
        for place in (*frame.subject, *frame.object)
        if place not in PLACES.keys() | ends | prepositions
    }
    assert unknown == set()


def test_frames_of_a_word_begin_with_the_narrowest(lexicon):
    for frames in lexicon.frames.values():
        assert list(frames) == sorted(frames, key=lambda frame: frame.precedence)
        assert all(0 < frame.confidence <= 1 for frame in frames)


def test_head_nouns_name_classes_of_the_ontology(ontology, lexicon):
    assert {head.cls for head in lexicon.heads.values()} <= ontology.classes.keys()
    assert lexicon.longest_head == max(len(phrase.split()) for phrase in lexicon.heads)
    assert [phrase for phrase in lexicon.heads if phrase != phrase.lower()] == []


@pytest.mark.parametrize(
    ("part", "lemma", "predicate"),
    [("verb", "condemn", "criticizes"), ("noun", "invasion", "attacks"), ("link", "pursuant_to", "basedOn")],
)
def test_frames_of_gives_what_a_word_states(lexicon, part, lemma, predicate):
    assert predicate in {frame.predicate for frame in lexicon.frames_of(part, lemma)}
    assert lexicon.frames_of(part, "xyzzy") == ()


def test_is_in_lists_the_words_there_are(lexicon):
    assert lexicon.is_in("negating", "never")
    assert not lexicon.is_in("negating", "always")
    with pytest.raises(OntologyError, match=r"no words lex:wizard; there are .*negating"):
        lexicon.is_in("wizard", "never")


def test_load_lexicon_adds_a_users_own(ontology, tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        PREFIXES
        + 'lex:supports-cheer lex:states dgm:supports ; lex:verb "cheer" ; lex:subjectClass dgm:Agent ;'
        + ' lex:modality "possible" ; lex:confidence 0.5 .\n'
        + 'lex:is-raft lex:names dgm:Plan ; lex:head "raft" ; lex:complement "of" ; lex:describes true .\n'
        + 'lex:negating lex:word "nix" .\n'
    )
    lexicon = load_lexicon(ontology, own)
    (frame,) = lexicon.frames_of("verb", "cheer")
    assert (frame.subject, frame.object) == DEFAULT_PLACES["verb"]
    assert (frame.modality, frame.confidence) == (Modality.POSSIBLE, 0.5)
    assert frame.subject_classes == {"Actor", "Post", "Mission"}
    assert (lexicon.heads["raft"].cls, lexicon.heads["raft"].describes) == ("Plan", True)
    assert lexicon.is_in("negating", "nix")
    assert lexicon.is_in("negating", "never")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('lex:x lex:states dgm:enchants ; lex:verb "enchant" .', "frame x states .*enchants, which is no property"),
        ('lex:x lex:states dgm:supports ; lex:verb "y" ; lex:objectClass dgm:Wizard .', "frame x: no class Wizard"),
        ('lex:x lex:names dgm:Wizard ; lex:head "wizard" .', "x names .*Wizard, which is no class"),
        ("lex:x lex:states", "own.ttl"),
    ],
)
def test_load_lexicon_says_which_entry_is_wrong(ontology, tmp_path, entry, message):
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + entry)
    with pytest.raises(OntologyError, match=message):
        load_lexicon(ontology, path)


def test_each_kind_of_word_has_places():
    assert set(DEFAULT_PLACES) == set(PARTS)


def test_no_list_of_words_stands_in_the_code():
    known = {word for words in lemma_tables().index.values() for word in words}
    found = []
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, (ast.Set, ast.List, ast.Tuple)):
                continue
            texts = [item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
            words = [text for text in texts if text.islower() and text in known]
            if len(words) > MOST_WORDS and (path.name, texts[0]) not in NOT_KNOWLEDGE:
                found.append(f"{path.name}:{node.lineno}: {', '.join(words)}")
    assert found == []
