"""Looking for who does what to whom in parses made by hand: a word, its tag, its relation, its head, one to a line."""

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.extraction.syntax import Syntax, conjuncts, governors, is_passive, preposition_of

PARTS = {
    "V": "VERB",
    "N": "NOUN",
    "P": "ADP",
    "I": "ADP",
    "D": "DET",
    "M": "AUX",
    "W": "PRON",
    "T": "PART",
    "C": "CCONJ",
}
VOCAB = spacy.blank("en").vocab


def parsed(rows: str) -> Doc:
    words, tags, relations, heads = zip(*(row.split() for row in rows.strip().splitlines()), strict=True)
    parts = [
        "PROPN" if tag.startswith("NNP") else "AUX" if "aux" in relation else PARTS[tag[0]]
        for tag, relation in zip(tags, relations, strict=True)
    ]
    lemmas = [word.lower().removesuffix("ed") for word in words]
    return Doc(
        VOCAB,
        words=list(words),
        tags=list(tags),
        pos=parts,
        lemmas=lemmas,
        deps=list(relations),
        heads=[words.index(head) for head in heads],
    )


ACTIVE = """
Ghana  NNP nsubj called
called VBD ROOT  called
on     IN  case  Togo
Togo   NNP obl   called
to     TO  mark  help
help   VB  xcomp called
Benin  NNP obj   help
"""
PASSIVE = """
Togo   NNP nsubj:pass attacked
was    VBD aux:pass   attacked
attacked VBN ROOT     attacked
and    CC  cc         robbed
robbed VBN conj       attacked
by     IN  case       Ghana
Ghana  NNP obl:agent  attacked
"""
RELATIVE = """
Togo   NNP nsubj     left
which  WDT obj       attacked
Ghana  NNP nsubj     attacked
attacked VBD acl:relcl Togo
left   VBD ROOT      left
"""
PARTICIPLE = """
Attacking VBG advcl left
Benin  NNP obj   Attacking
Ghana  NNP nsubj left
left   VBD ROOT  left
Togo   NNP obj   left
attacked VBN acl Togo
by     IN  case  Chad
Chad   NNP obl:agent attacked
"""
TOLD = """
Ghana  NNP nsubj asked
asked  VBD ROOT  asked
Togo   NNP obj   asked
to     TO  mark  help
help   VB  xcomp asked
Benin  NNP obj   help
"""
WANTED = """
Ghana  NNP nsubj wanted
and    CC  cc    Togo
Togo   NNP conj  Ghana
wanted VBD ROOT  wanted
to     TO  mark  try
try    VB  xcomp wanted
to2    TO  mark  help
help   VB  xcomp try
Benin  NNP obj   help
"""


@pytest.mark.parametrize(
    ("rows", "verb", "subjects", "objects"),
    [
        (ACTIVE, "called", ["Ghana"], []),
        (ACTIVE, "help", ["Togo"], ["Benin"]),
        (PASSIVE, "attacked", ["Ghana"], ["Togo"]),
        (PASSIVE, "robbed", ["Ghana"], ["Togo"]),
        (RELATIVE, "attacked", ["Ghana"], ["Togo"]),
        (PARTICIPLE, "Attacking", ["Ghana"], ["Benin"]),
        (PARTICIPLE, "attacked", ["Chad"], ["Togo"]),
        (TOLD, "help", ["Togo"], ["Benin"]),
        (WANTED, "help", ["Ghana"], ["Benin"]),
    ],
)
def test_subjects_and_objects_of_a_verb(lexicon, rows, verb, subjects, objects):
    syntax, token = Syntax(lexicon), next(token for token in parsed(rows) if token.text == verb)
    assert [subject.text for subject in syntax.subjects(token)] == subjects
    assert [object_.text for object_ in syntax.objects(token)] == objects


@pytest.mark.parametrize(
    ("rows", "verb", "passive"),
    [(PASSIVE, "attacked", True), (PASSIVE, "robbed", True), (PARTICIPLE, "attacked", True), (ACTIVE, "called", False)],
)
def test_is_passive_sees_participles_and_coordination(rows, verb, passive):
    assert is_passive(next(token for token in parsed(rows) if token.text == verb)) is passive


NOUN = """
Ghana  NNP nmod:poss support
support NN nsubj     grew
for    IN  case      Togo
Togo   NNP nmod      support
grew   VBD ROOT      grew
"""
CARRIED = """
Ghana  NNP nsubj gave
gave   VBD ROOT  gave
support NN obj   gave
"""
BY = """
attacks NNS nsubj   grew
by     IN  case    Ghana
Ghana  NNP nmod    attacks
grew   VBD ROOT    grew
"""


@pytest.mark.parametrize(("rows", "noun"), [(NOUN, "support"), (BY, "attacks")])
def test_noun_agents_are_owners_or_stand_after_by(lexicon, rows, noun):
    token = next(token for token in parsed(rows) if token.text == noun)
    assert [agent.text for agent in Syntax(lexicon).noun_agents(token)] == ["Ghana"]


def test_noun_agents_are_the_subjects_of_a_light_verb(lexicon):
    doc = parsed(CARRIED)
    doc[1].lemma_ = "give"
    syntax = Syntax(lexicon)
    assert syntax.carrier(doc[2]) == doc[1]
    assert syntax.noun_agents(doc[2]) == [doc[0]]


def test_antecedent_is_what_a_relative_pronoun_stands_for(lexicon):
    doc = parsed(RELATIVE)
    assert Syntax(lexicon).antecedent(doc[1]) == doc[0]
    assert Syntax(lexicon).antecedent(doc[2]) == doc[2]


def test_conjuncts_are_all_members_in_text_order():
    doc = parsed(WANTED)
    assert [token.text for token in conjuncts(doc[0])] == ["Ghana", "Togo"]


def test_preposition_of_a_phrase_is_known_by_each_of_its_words():
    doc = parsed("""
        met      VBD ROOT  met
        together IN  case  Togo
        with     IN  fixed together
        Togo     NNP obl   met
    """)
    assert preposition_of(doc[3]) == {"together_with", "together", "with"}
    assert preposition_of(doc[0]) == set()


def test_governors_run_up_to_the_root():
    assert [token.text for token in governors(parsed(WANTED)[8])] == ["help", "try", "wanted"]
