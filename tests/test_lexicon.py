import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from dragoman.extraction.places import PLACES
from dragoman.extraction.times import TimeFinder
from dragoman.language.tables import lemma_tables
from dragoman.lexicon import COUNTED, DEFAULT_PLACES, PARTS, load_lexicon
from dragoman.ontology import OntologyError
from dragoman.records import Modality

SOURCES = Path(__file__).parents[1] / "src"
OF_OTHER_WORDS = {
    *("audit", "commands", "coverage", "findings", "measures", "page", "review", "server"),
    *("decisions.py", "shapes.py"),
}
"""Modules of the package, and folders of them, that name columns, fields and the words of standards by small words."""
SMALL_WORDS = (
    *("article", "definite", "owningDeterminer", "relativePronoun", "listLink", "twoWord", "negating", "possible"),
    *("firstSingular", "firstPlural", "humanPronoun", "thingPronoun", "pluralPronoun", "reflexive"),
    *("afterPerson", "placePreposition", "relatingPreposition", "calledPreposition", "lookedThrough", "compoundEnd"),
    *(
        "alongPreposition",
        "meetingPreposition",
        "sequencing",
        "deadline",
        "sameTime",
        "perfectAuxiliary",
        "futureAuxiliary",
    ),
    *("partOfTime", "monthPreposition", "yearPreposition", "rangeLink", "roughly"),
    *("nameLink", "alternative", "officePreposition", "compoundStart", "meantByWhere", "once", "honorific"),
)
"""Names of the lexicon's words that belong to the grammar of English: no others are as likely to be listed in code."""
LABELS = {"mark", "case", "verb", "noun", "right"}
"""Words that are labels of a parse, or of what the lexicon tells apart."""
FEW_WORDS = 1
"""Small words that a literal in the code may list: what one of them does is grammar, which ones do so is knowledge."""
ALTERNATIVES = re.compile(r"[A-Za-z]+ ?(?:\| ?[A-Za-z]+ ?)+")
MOST_WORDS = 6
"""Words that a literal in the code may list; more are knowledge, and belong to the lexicon."""
NOT_KNOWLEDGE = {
    ("additions.py", "class"),
    ("document.py", "document"),
    ("lexicon.py", "verb"),
    ("marks.py", "document"),
    ("marks.py", "mark"),
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
        "on_the_basis_of",
        "in_accordance_with",
        "in_line_with",
        "in_keeping_with",
        "in_conformity_with",
        "in_compliance_with",
        "within_the_framework_of",
        "pursuant_to",
        "consistent_with",
        "based_on",
        "according_to",
        "regarding",
        "concerning",
        "targeting",
        "during",
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
        ('lex:x lex:month 13 ; lex:spelt "y" .', "x: lex:month '13' is not a whole number from 1 to 12"),
        ('lex:x lex:count "many" ; lex:spelt "y" .', "x: lex:count 'many' is not a whole number from 1 to 999"),
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


def test_what_steers_the_reading_stands_in_the_lexicon_alone(lexicon):
    small = small_words(lexicon)
    found = []
    for path in sorted(SOURCES.rglob("*.py")):
        if path.relative_to(SOURCES / "dragoman").parts[0] in OF_OTHER_WORDS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            words = listed_words(node) & small
            if len(words) > FEW_WORDS:
                found.append(f"{path.name}:{node.lineno}: {', '.join(sorted(words))}")
    assert found == []


def small_words(lexicon):
    """Words of grammar and of time."""
    counted = {word for numbers in lexicon.numbers.values() for word in numbers}
    return (counted | {word for name in SMALL_WORDS for word in lexicon.words[name]}) - LABELS


def listed_words(node):
    """The strings of a set, list, tuple or dictionary, and the alternatives of a pattern."""
    if isinstance(node, ast.Dict):
        items = [*node.keys, *node.values]
    elif isinstance(node, (ast.Set, ast.List, ast.Tuple)):
        items = node.elts
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        runs = ALTERNATIVES.findall(node.value.replace(r"\s+", " "))
        return {word.strip() for run in runs for word in run.split("|")}
    else:
        return set()
    return {item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)}


@pytest.mark.parametrize(
    "code",
    [
        'X = {"the", "a", "an"}',
        'X = {"may": 5, "june": 6, "july": 7}',
        r'X = r"\b(?:in|of|by)\s"',
        r'X = r"[,;](?: and| or)?$"',
        r'X = rf"(?:of\s+|in\s+)?{YEAR}"',
        'f(("to", "by", "of"))',
        'if token.lower_ in {"then", "former"}: pass',
    ],
)
def test_a_list_of_small_words_in_code_is_found(lexicon, code):
    assert any(len(listed_words(node) & small_words(lexicon)) > FEW_WORDS for node in ast.walk(ast.parse(code)))


def test_words_of_time_tell_a_number(lexicon):
    assert lexicon.numbers["month"]["sept"] == 9
    assert lexicon.numbers["fromToday"]["last night"] == -1
    assert set(lexicon.numbers) == set(COUNTED)
    assert {kind: set(numbers.values()) - set(COUNTED[kind]) for kind, numbers in lexicon.numbers.items()} == {
        kind: set() for kind in COUNTED
    }


def test_a_user_adds_words_of_time(ontology, tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        PREFIXES
        + 'lex:fortnight lex:daysLong 14 ; lex:spelt "fortnight", "fortnights" .\n'
        + 'lex:dozen lex:count 12 ; lex:spelt "a dozen" .\nlex:mai lex:month 5 ; lex:spelt "mai" .\n'
    )
    times = TimeFinder(load_lexicon(ontology, own))
    found = times.find("Met on 3 Mai 2020, a dozen days ago; then, a fortnight ago, not in May.", "2020-12-20")
    assert [time.iso for time in found] == ["2020-05-03", "2020-12-08", "2020-12", "2020-05"]
