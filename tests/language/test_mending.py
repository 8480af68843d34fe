"""Trees that no sentence has, made by hand, and how they are mended; right trees, and any tree at all, stay trees.

A word is written "word/TAG/relation>head"; a tree names each head by its word, a root names itself.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from dragoman.language import tokens
from dragoman.language.mending import RULES, mend

VOCAB = English().vocab
PARTS = {
    "NNP": "PROPN",
    "NN": "NOUN",
    "NNS": "NOUN",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WDT": "PRON",
    "WP": "PRON",
    "VB": "VERB",
    "VBD": "VERB",
    "VBG": "VERB",
    "VBN": "VERB",
    "VBP": "VERB",
    "VBZ": "VERB",
    "MD": "AUX",
    "RB": "ADV",
    "JJ": "ADJ",
    "DT": "DET",
    "IN": "ADP",
    "TO": "PART",
    "POS": "PART",
    "CC": "CCONJ",
    "CD": "NUM",
    ",": "PUNCT",
}
MENDED = {
    "infinitive_of_list": (
        "asked/VBD/ROOT>asked Chad/NNP/obj>asked to/TO/mark>help help/VB/xcomp>asked Niger/NNP/obj>help "
        ",/,/punct>respect To/TO/mark>respect respect/VB/xcomp>help Mali/NNP/obj>respect and/CC/cc>leave "
        "TO/TO/mark>leave leave/VB/conj>respect",
        "respect/VB/conj>help",
    ),
    "verb_as_object": (
        "a/DT/det>report report/NN/nsubj>released released/VBD/ROOT>released Thursday/NNP/compound>states "
        "states/VBZ/obj>released that/IN/mark>fell Togo/NNP/nsubj>fell fell/VBD/acl>states",
        "states/VBZ/ROOT>states report/NN/nsubj>states released/VBN/acl>report Thursday/NNP/obl:unmarked>released "
        "fell/VBD/ccomp>states",
    ),
    "verb_of_its_form": (
        "asks/VBZ/ROOT>asks Chad/NNP/obj>asks to/TO/mark>end end/VB/xcomp>asks the/DT/det>siege siege/NN/obj>end "
        "and/CC/cc>lauds lauds/VBZ/conj>end Togo/NNP/obj>lauds",
        "lauds/VBZ/conj>asks",
    ),
    "verb_of_its_form, after a relative clause": (
        "hailed/VBD/ROOT>hailed Chad/NNP/obj>hailed ,/,/punct>fell which/WDT/nsubj>fell fell/VBD/acl:relcl>Chad "
        ";/,/punct>fell ,/,/punct>lauded and/CC/cc>lauded lauded/VBD/conj>fell Togo/NNP/obj>lauded",
        "lauded/VBD/conj>hailed",
    ),
    "infinitive_after_adjunct": (
        "asks/VBZ/ROOT>asks Chad/NNP/obj>asks ,/,/punct>accord in/IN/case>accord accord/NN/obl>asks with/IN/case>Togo "
        "Togo/NNP/nmod>accord ;/,/punct>accord ,/,/punct>end to/TO/mark>end end/VB/acl>accord it/PRP/obj>end",
        "end/VB/xcomp>asks",
    ),
    "noun_with_object": (
        "Chad/NNP/nsubj>thanks ,/,/punct>Chad thanks/NN/ROOT>thanks our/DT/det>guests guests/NNS/iobj>thanks",
        "thanks/VBZ/ROOT>thanks guests/NNS/obj>thanks",
    ),
    "verb_of_attribution": (
        "Chad/NNP/nsubj>hosts hosts/VBZ/ROOT>hosts talks/NNS/obj>hosts ,/,/punct>said Togo/NNP/nsubj>said "
        "said/VBD/conj>hosts",
        "said/VBD/parataxis>hosts",
    ),
    "clause_after_comma": (
        "Chad/NNP/nsubj>shelved shelved/VBD/ROOT>shelved plans/NNS/obj>shelved to/TO/mark>meet meet/VB/acl>plans "
        "Mali/NNP/obj>meet ,/,/punct>blaming blaming/VBG/advcl>meet Togo/NNP/obj>blaming",
        "blaming/VBG/advcl>shelved",
    ),
    "clause_of_said": (
        "Chad/NNP/nsubj>hosts hosts/VBZ/advcl>said talks/NNS/obj>hosts ,/,/punct>hosts Togo/NNP/nsubj>said "
        "said/VBD/ROOT>said",
        "hosts/VBZ/ccomp>said",
    ),
    "doer_in_phrase": (
        "On/IN/case>rebels Monday/NNP/compound>rebels rebels/NNS/obl>attacked attacked/VBD/ROOT>attacked "
        "Chad/NNP/obj>attacked",
        "On/IN/case>Monday Monday/NNP/obl>attacked rebels/NNS/nsubj>attacked",
    ),
    "clause_in_report": (
        "Chad/NNP/nsubj>said said/VBD/ROOT>said in/IN/case>report a/DT/det>report report/NN/obl>said "
        "that/WDT/obj>hosts Togo/NNP/nsubj>hosts hosts/VBZ/acl:relcl>report talks/NNS/obj>hosts",
        "that/IN/mark>hosts hosts/VBZ/ccomp>said",
    ),
    "infinitive_as_subject": (
        "Chad/NNP/nsubj>asks asks/VBZ/ROOT>asks Togo/NNP/obj>asks to/TO/mark>help help/VB/csubj>asks Mali/NNP/obj>help",
        "help/VB/xcomp>asks",
    ),
    "subjects_after_phrase": (
        "Under/IN/case>eyes the/DT/det>eyes eyes/NNS/obl>met of/IN/case>Chad Chad/NNP/nmod>eyes ,/,/punct>Togo "
        "Togo/NNP/conj>Chad and/CC/cc>Mali Mali/NNP/conj>Chad met/VBD/ROOT>met",
        "Togo/NNP/nsubj>met Mali/NNP/conj>Togo",
    ),
    "phrase_with_its_like": (
        "help/NN/ROOT>help for/IN/case>kin the/DT/det>kin kin/NNS/nmod>help of/IN/case>Berg Berg/NNP/nmod>kin "
        "and/CC/cc>Togo For/IN/case>Togo Togo/NNP/conj>Berg",
        "Togo/NNP/conj>kin",
    ),
    "subject_as_compound": (
        "Norway/NNP/compound>funds funds/VBZ/ROOT>funds schools/NNS/obj>funds",
        "Norway/NNP/nsubj>funds",
    ),
    "apposition_as_address": (
        "thanked/VBD/ROOT>thanked the/DT/det>mediators mediators/NNS/obj>thanked Chad/NNP/vocative>thanked "
        "and/CC/cc>Togo Togo/NNP/conj>Chad",
        "Chad/NNP/appos>mediators",
    ),
    "purpose_twice": (
        "pressed/VBD/ROOT>pressed for/IN/case>justice justice/NN/obl>pressed For/IN/case>victims "
        "the/DT/det>victims victims/NNS/obl>pressed",
        "victims/NNS/nmod>justice",
    ),
    "object_after_preposition": (
        "works/NNS/nsubj>went went/VBD/ROOT>went on/RB/advmod>went despite/IN/case>Accord the/DT/det>Accord "
        "Accord/NNP/obj>went",
        "Accord/NNP/obl>went",
    ),
    "member_as_apposition": (
        "praised/VBD/ROOT>praised the/DT/det>efforts efforts/NNS/obj>praised of/IN/case>Chad Chad/NNP/nmod>efforts "
        ",/,/punct>Togo Togo/NNP/appos>efforts and/CC/cc>neighbours neighbours/NNS/conj>Togo",
        "Togo/NNP/conj>Chad Chad/NNP/nmod>efforts",
    ),
    "member_with_joint": (
        "Berg/NNP/nsubj>met and/CC/cc>King King/NNP/nmod>Aziz Aziz/NNP/appos>Berg met/VBD/ROOT>met Togo/NNP/obj>met",
        "Aziz/NNP/conj>Berg and/CC/cc>Aziz Berg/NNP/nsubj>met",
    ),
    "member_after_pair": (
        "war/NN/ROOT>war between/IN/case>Chad Chad/NNP/nmod>war and/CC/cc>Togo Togo/NNP/conj>Chad ,/,/punct>Mali "
        "Mali/NNP/conj>Chad",
        "Mali/NNP/conj>war",
    ),
    "member_as_subject": (
        "Berg/NNP/nsubj>met and/CC/cc>King King/NNP/nmod:desc>Aziz Aziz/NNP/nsubj>met met/VBD/ROOT>met",
        "Aziz/NNP/conj>Berg and/CC/cc>Aziz",
    ),
    "member_as_subject, after a title": (
        "Berg/NNP/nsubj>met and/CC/cc>King King/NNP/conj>Berg Aziz/NNP/nsubj>met met/VBD/ROOT>met Togo/NNP/obj>met",
        "Aziz/NNP/conj>Berg King/NNP/nmod:desc>Aziz and/CC/cc>Aziz",
    ),
    "name_as_subject": (
        "The/DT/det>leader leader/NN/nsubj>met Berg/NNP/nsubj>met met/VBD/ROOT>met Togo/NNP/obj>met",
        "Berg/NNP/appos>leader",
    ),
    "name_as_member": (
        "leader/NN/nsubj>met of/IN/case>Chad Chad/NNP/nmod>leader ,/,/punct>Berg Berg/NNP/conj>Chad ,/,/punct>leader "
        "met/VBD/ROOT>met Togo/NNP/obj>met",
        "Berg/NNP/appos>leader",
    ),
    "gerund_as_noun": (
        "Fighting/VBG/nsubj>erupted erupted/VBD/ROOT>erupted between/IN/case>Chad Chad/NNP/obl>erupted",
        "Fighting/NN/nsubj>erupted",
    ),
    "gerund_between": (
        "months/NNS/ROOT>months of/IN/mark>fighting fighting/VBG/acl>months between/IN/case>Chad Chad/NNP/obl>fighting",
        "fighting/NN/nmod>months of/IN/case>fighting Chad/NNP/nmod>fighting",
    ),
    "thanked_besides": (
        "thanked/VBD/ROOT>thanked Chad/NNP/obj>thanked for/IN/case>aid its/PRP$/nmod:poss>aid aid/NN/obl>thanked "
        "to/IN/case>Mali Mali/NNP/nmod>aid and/CC/cc>Togo Togo/NNP/conj>Mali for/IN/case>work its/PRP$/nmod:poss>work "
        "work/NN/nmod>aid",
        "Togo/NNP/obj>thanked work/NN/obl>thanked",
    ),
    "member_in_turn": (
        "took/VBD/ROOT>took Goma/NNP/obj>took in/IN/case>May May/NNP/obl>took and/CC/cc>Kivu Kivu/NNP/conj>May "
        "in/IN/case>June June/NNP/obl>took",
        "Kivu/NNP/conj>Goma June/NNP/nmod>Kivu",
    ),
    "subject_said_before": (
        "Chad/NNP/nsubj>left ,/,/punct>Chad which/WDT/obj>says Togo/NNP/nsubj>says says/VBZ/acl:relcl>Chad "
        "is/VBZ/aux:pass>backed backed/VBN/ccomp>says ,/,/punct>Chad left/VBD/ROOT>left",
        "which/WDT/nsubj:pass>backed",
    ),
    "clause_around_said": (
        "Chad/NNP/nsubj>said ,/,/punct>Berg Berg/NNP/appos>Chad said/VBD/ROOT>said ,/,/punct>said backs/VBZ/ccomp>said "
        "Togo/NNP/obj>backs",
        "backs/VBZ/ROOT>backs Chad/NNP/nsubj>backs said/VBD/parataxis>backs Berg/NNP/nsubj>said",
    ),
    "verb_after_phrase": (
        "Mali/NNP/nsubj>left left/VBD/ROOT>left after/IN/case>Chad Chad/NNP/obl>left backed/VBD/conj>left "
        "Togo/NNP/obj>backed",
        "backed/VBD/advcl>left Chad/NNP/nsubj>backed after/IN/mark>backed",
    ),
    "verb_of_clause": (
        "Ghana/NNP/nsubj>glad is/VBZ/cop>glad glad/JJ/ROOT>glad that/IN/mark>Assembly the/DT/det>Assembly "
        "Assembly/NNP/ccomp>glad adopted/VBN/acl>Assembly resolution/NN/obj>adopted",
        "adopted/VBD/ccomp>glad Assembly/NNP/nsubj>adopted that/IN/mark>adopted",
    ),
    "apposition_as_member": (
        "Angola/NNP/nsubj>thanked ,/,/punct>chair chair/NN/conj>Angola of/IN/case>Union the/DT/det>Union "
        "Union/NNP/nmod>chair ,/,/punct>Angola thanked/VBD/ROOT>thanked Togo/NNP/obj>thanked",
        "chair/NN/appos>Angola Angola/NNP/nsubj>thanked",
    ),
    "subject_of_said": (
        "Rwanda/NNP/nsubj>said ,/,/punct>Rwanda she/PRP/nsubj>said said/VBD/ROOT>said ,/,/punct>said "
        "has/VBZ/aux>violated violated/VBN/ccomp>said the/DT/det>Convention Convention/NNP/obj>violated",
        "Rwanda/NNP/nsubj>violated she/PRP/nsubj>said violated/VBN/ccomp>said",
    ),
    "verb_of_list": (
        "Ghana/NNP/ROOT>Ghana ,/,/punct>Togo Togo/NNP/conj>Ghana ,/,/punct>met and/CC/cc>met Benin/NNP/nsubj>met "
        "met/VBD/conj>Ghana in/IN/case>Lome Lome/NNP/nmod>Ghana",
        "met/VBD/ROOT>met Ghana/NNP/nsubj>met Benin/NNP/conj>Ghana and/CC/cc>Benin Lome/NNP/obl>met",
    ),
    "verb_on_subject": (
        "Chad/NNP/ROOT>Chad ,/,/punct>help with/IN/case>help the/DT/det>help help/NN/nmod>Chad of/IN/case>Niger "
        "Niger/NNP/nmod>help ,/,/punct>invaded invaded/VBD/conj>Chad Togo/NNP/obj>invaded",
        "invaded/VBD/ROOT>invaded Chad/NNP/nsubj>invaded",
    ),
    "verb_on_object": (
        "Norway/NNP/nsubj>welcomed welcomed/VBD/ROOT>welcomed the/DT/det>briefing briefing/NN/obj>welcomed "
        "and/CC/cc>pledged pledged/VBN/conj>briefing support/NN/obj>pledged",
        "pledged/VBD/conj>welcomed",
    ),
    "verb_before_object": (
        "Benin/NNP/nsubj>raised raised/VBD/ROOT>raised the/DT/det>issue issue/NN/obj>raised and/CC/cc>resolution "
        "adopted/VBN/amod>resolution resolution/NN/conj>issue 5/CD/nummod>resolution",
        "adopted/VBD/conj>raised resolution/NN/obj>adopted and/CC/cc>adopted",
    ),
    "verb_on_noun": (
        "Yesterday/RB/advmod>drones the/DT/det>group group/NN/nsubj>launched launched/VBN/amod>drones "
        "drones/NNS/ROOT>drones at/IN/case>Kano Kano/NNP/nmod>drones",
        "launched/VBD/ROOT>launched drones/NNS/obj>launched group/NN/nsubj>launched Yesterday/RB/advmod>launched",
    ),
    "joined_to_object": (
        "Peru/NNP/nsubj>backs backs/VBZ/ROOT>backs the/DT/det>plan plan/NN/obj>backs to/TO/mark>help help/VB/acl>plan "
        "Chile/NNP/obj>help and/CC/cc>mediation also/RB/advmod>mediation mediation/NN/obl>help",
        "mediation/NN/conj>plan",
    ),
    "second_subject": (
        "Kenya/NNP/nsubj>stand and/CC/cc>stand sunny/JJ/amod>stand Oman/NNP/compound>stand stand/VBP/ROOT>stand "
        "with/IN/case>Mali Mali/NNP/obl>stand",
        "Oman/NNP/conj>Kenya and/CC/cc>Oman sunny/JJ/amod>Oman",
    ),
    "noun_as_verb": (
        "Japan/NNP/nsubj>applying is/VBZ/aux>applying applying/VBG/ROOT>applying sanctions/NNS/obj>applying "
        "and/CC/cc>export export/VBP/conj>applying controls/NNS/obj>export to/IN/case>Togo Togo/NNP/obl>export",
        "export/NN/compound>controls controls/NNS/conj>sanctions and/CC/cc>controls Togo/NNP/obl>applying",
    ),
    "late_object": (
        "Kenya/NNP/nsubj>condemned condemned/VBD/ROOT>condemned in/IN/case>terms strong/JJ/amod>terms "
        "terms/NNS/obl>condemned Chad/NNP/nmod:poss>deeds 's/POS/case>Chad deeds/NNS/obl>condemned",
        "deeds/NNS/obj>condemned",
    ),
    "verb_after_relative": (
        "Norway/NNP/nsubj>thanked thanked/VBD/ROOT>thanked the/DT/det>Council Council/NNP/obj>thanked "
        ",/,/punct>Council which/WDT/nmod>resolution adopted/VBN/amod>resolution resolution/NN/appos>Council "
        "5/CD/nummod>resolution",
        "adopted/VBD/acl:relcl>Council resolution/NN/obj>adopted which/WDT/nsubj>adopted",
    ),
    "verb_in_name": (
        "The/DT/det>Chairman Chairman/NNP/ROOT>Chairman appointed/VBN/amod>Berg Berg/NNP/flat>Chairman "
        "in/IN/case>Oslo Oslo/NNP/nmod>Chairman",
        "appointed/VBD/ROOT>appointed Chairman/NNP/nsubj>appointed Berg/NNP/obj>appointed Oslo/NNP/obl>appointed",
    ),
    "object_as_subject": (
        "Kenya/NNP/nmod:poss>hopes 's/POS/case>Kenya hopes/NNS/nsubj>rose to/TO/mark>join join/VB/acl>hopes "
        "the/DT/det>Union Union/NNP/nsubj>rose rose/VBD/ROOT>rose",
        "Union/NNP/obj>join",
    ),
    "clause_on_date": (
        "The/DT/det>text text/NN/nsubj>failed ,/,/punct>adopted adopted/VBN/acl>text on/IN/case>March "
        "2/CD/nmod:unmarked>March March/NNP/obl>adopted ,/,/punct>names which/WDT/nsubj>names "
        "names/VBZ/acl:relcl>March Togo/NNP/obj>names ,/,/punct>failed failed/VBD/ROOT>failed",
        "names/VBZ/acl:relcl>text",
    ),
    "verb_on_adverb": (
        "Libya/NNP/nsubj>has has/VBZ/ROOT>has fully/RB/advmod>has and/CC/cc>promptly promptly/RB/advmod>met "
        "met/VBN/conj>fully the/DT/det>terms terms/NNS/obj>met",
        "met/VBN/ROOT>met has/VBZ/aux>met Libya/NNP/nsubj>met fully/RB/advmod>met",
    ),
    "verb_around_speech": (
        "Mali/NNP/ROOT>Mali ,/,/punct>Mali she/PRP/nsubj>added added/VBD/acl:relcl>Mali ,/,/punct>opposes "
        "opposes/VBZ/conj>added Togo/NNP/obj>opposes",
        "opposes/VBZ/ROOT>opposes Mali/NNP/nsubj>opposes added/VBD/parataxis>opposes",
    ),
    "phrase_on_verb": (
        "Norway/NNP/nsubj>voiced voiced/VBD/ROOT>voiced support/NN/obj>voiced for/IN/case>Chad Chad/NNP/nmod>support "
        "and/CC/cc>Niger for/IN/case>Niger Niger/NNP/conj>voiced",
        "Niger/NNP/nmod>support",
    ),
    "phrase_on_date": (
        "It/PRP/nsubj>issued was/VBD/aux:pass>issued issued/VBN/ROOT>issued on/IN/case>July 2/CD/nmod:unmarked>July "
        "July/NNP/obl>issued by/IN/case>Chad Chad/NNP/nmod>July",
        "Chad/NNP/obl>issued",
    ),
    "object_on_adjunct": (
        "Norway/NNP/nsubj>welcomes welcomes/VBZ/ROOT>welcomes with/IN/case>gratitude gratitude/NN/obl>welcomes "
        "the/DT/det>gifts gifts/NNS/obj>gratitude",
        "gifts/NNS/obj>welcomes",
    ),
}
"""By the rule that knows it: a wrong tree, and the words of it that are mended."""
RIGHT = (
    "Ghana/NNP/nsubj>met ,/,/punct>Togo Togo/NNP/conj>Ghana and/CC/cc>Benin Benin/NNP/conj>Ghana met/VBD/ROOT>met",
    "Norway/NNP/nsubj>welcomed welcomed/VBD/ROOT>welcomed Chad/NNP/obj>welcomed and/CC/cc>thanked "
    "thanked/VBD/conj>welcomed Togo/NNP/obj>thanked",
    "Norway/NNP/nsubj>praised praised/VBD/ROOT>praised the/DT/det>plan plan/NN/obj>praised and/CC/cc>text "
    "the/DT/det>text adopted/VBN/amod>text text/NN/conj>plan",
    "the/DT/det>drones captured/VBN/amod>drones drones/NNS/nsubj>fell fell/VBD/ROOT>fell",
    "Anna/NNP/nsubj>resigned resigned/VBD/ROOT>resigned 3/CD/nmod:unmarked>May May/NNP/obl>resigned",
    "It/PRP/nsubj>issued was/VBD/aux:pass>issued issued/VBN/ROOT>issued on/IN/case>eve the/DT/det>eve "
    "eve/NN/obl>issued of/IN/case>talks talks/NNS/nmod>eve",
    "It/PRP/nsubj>issued was/VBD/aux:pass>issued issued/VBN/ROOT>issued on/IN/case>July 2/CD/nmod:unmarked>July "
    "July/NNP/obl>issued of/IN/case>year last/JJ/amod>year year/NN/nmod>July",
    "Japan/NNP/nsubj>bans bans/VBZ/ROOT>bans arms/NNS/obj>bans and/CC/cc>limits limits/VBZ/conj>bans "
    "trade/NN/obj>limits",
)
"""Trees much like the wrong ones, in which every word hangs where it should."""


def to_words(tree: str) -> list[tuple[str, str, str, str]]:
    """Word, tag, relation and head of each word that is written down."""
    return [(*word.split("/"), *rest.split(">")) for word, _, rest in (w.rpartition("/") for w in tree.split())]


LEMMAS = {"has": "have", "said": "say"}
"""Lemmas of the words of this module that are not their own."""


def to_doc(*trees: str) -> Doc:
    """The parse of the trees that are written down, each a sentence, as spaCy has it."""
    words, heads = [], []
    for tree in trees:
        start, sentence = len(words), to_words(tree)
        places = {word: start + at for at, (word, *_) in enumerate(sentence)}
        heads += [places[head] for *_, head in sentence]
        words += sentence
    return Doc(
        VOCAB,
        words=[word for word, *_ in words],
        tags=[tag for _, tag, _, _ in words],
        pos=["AUX" if relation.startswith("aux") else PARTS[tag] for _, tag, relation, _ in words],
        lemmas=[LEMMAS.get(word, word) for word, *_ in words],
        deps=[relation for _, _, relation, _ in words],
        heads=heads,
    )


def written(doc: tokens.Doc | Doc) -> list[tuple[str, str, str, str]]:
    return [(token.text, token.tag_, token.dep_, token.head.text) for token in doc]


@pytest.mark.parametrize(("wrong", "mended"), MENDED.values(), ids=MENDED)
def test_mend_hangs_words_where_they_belong(wrong, mended):
    right = {word: (word, *rest) for word, *rest in to_words(mended)}
    expected = [right.get(word[0], word) for word in to_words(wrong)]
    parsed = to_doc(wrong)
    assert written(mend(parsed)) == expected
    assert written(mend(parsed)) == expected


def test_mend_has_a_wrong_tree_for_each_rule():
    assert {name.partition(",")[0] for name in MENDED} == {rule.__name__ for rules in RULES.values() for rule in rules}


@pytest.mark.parametrize("tree", RIGHT)
def test_mend_leaves_a_right_tree_as_it_is(tree):
    assert written(mend(to_doc(tree))) == to_words(tree)


def test_mend_gives_a_verb_that_it_finds_its_part_of_speech():
    verb = mend(to_doc(MENDED["verb_in_name"][0]))[2]
    noun = mend(to_doc(MENDED["noun_as_verb"][0]))[5]
    assert [(verb.text, verb.pos_), (noun.text, noun.pos_)] == [("appointed", "VERB"), ("export", "NOUN")]


def test_mend_gives_a_verb_that_it_finds_its_lemma():
    mended = mend(to_doc(MENDED["noun_with_object"][0]))
    assert [token.lemma_ for token in mended if token.tag_ == "VBZ"] == ["thank"]


def test_mend_keeps_words_lemmas_and_sentences():
    trees = [RIGHT[0], MENDED["verb_of_list"][0], RIGHT[1], MENDED["verb_on_noun"][0]]
    before, after = to_doc(*trees), mend(to_doc(*trees))
    assert [token.text for token in after] == [token.text for token in before]
    assert [token.lemma_ for token in after] == [token.lemma_ for token in before]
    assert [sentence.text for sentence in after.sents] == [sentence.text for sentence in before.sents]
    assert [sentence.root.text for sentence in after.sents] == ["met", "met", "welcomed", "launched"]


RELATIONS = sorted({*RULES, "nsubj", "obj", "cc", "case", "acl", "xcomp", "advcl", "nmod:unmarked", "aux", "flat"})
ANY = st.tuples(st.sampled_from(("Chad", "which", "has", "2", ",")), st.sampled_from(sorted(PARTS)))
KNOWN = st.sampled_from([*(wrong for wrong, _ in MENDED.values()), *RIGHT])
Sentence = list[tuple[str, str, str, int]]
"""A word, its tag, its relation and the place of its head, for each word of a sentence."""


@st.composite
def any_sentences(draw: st.DrawFn) -> Sentence:
    """Any tree of a few words."""
    order = draw(st.permutations(range(draw(st.integers(1, 9)))))
    heads = {order[0]: order[0]}
    for at in order[1:]:
        heads[at] = draw(st.sampled_from(sorted(heads)))
    relations = {at: "ROOT" if head == at else draw(st.sampled_from(RELATIONS)) for at, head in heads.items()}
    return [(*draw(ANY), relations[at], heads[at]) for at in range(len(order))]


@st.composite
def changed_sentences(draw: st.DrawFn) -> Sentence:
    """A tree of this module with some of its words hung elsewhere."""
    words = to_words(draw(KNOWN))
    places = {word: at for at, (word, *_) in enumerate(words)}
    heads = [places[head] for *_, head in words]
    relations = [relation for _, _, relation, _ in words]
    for at in draw(st.lists(st.integers(0, len(words) - 1), max_size=3)):
        free = [other for other in range(len(words)) if at not in to_root(heads, other)]
        if heads[at] != at and free:
            heads[at], relations[at] = draw(st.sampled_from(free)), draw(st.sampled_from(RELATIONS))
    return [(word, tag, *rest) for (word, tag, *_), *rest in zip(words, relations, heads, strict=True)]


def to_root(heads: list[int], at: int) -> list[int]:
    """A place and those above it, up to its root, or round a cycle once."""
    path = [at]
    while heads[path[-1]] not in path:
        path.append(heads[path[-1]])
    return path


# The first word of all hangs on a noun that is addressed, before which a rule looks for a comma.
FOREMOST: Sentence = [("the", "DT", "det", 2), ("eyes", "NNS", "ROOT", 1), ("Togo", "NNP", "vocative", 1)]


@settings(max_examples=1000, deadline=None)
@example([FOREMOST])
@given(st.lists(st.one_of(changed_sentences(), any_sentences()), min_size=1, max_size=3))
def test_mend_keeps_any_tree_a_tree(parse):
    words = [word for sentence in parse for word in sentence]
    first = [start for start, sentence in zip(starts_of(parse), parse, strict=True) for _ in sentence]
    doc = Doc(
        VOCAB,
        words=[word for word, *_ in words],
        tags=[tag for _, tag, _, _ in words],
        pos=[PARTS[tag] for _, tag, _, _ in words],
        lemmas=[LEMMAS.get(word, word) for word, *_ in words],
        deps=[relation for _, _, relation, _ in words],
        heads=[start + head for start, (*_, head) in zip(first, words, strict=True)],
    )
    before = [bool(token.is_sent_start) for token in doc]
    mended = mend(doc)
    heads = [token.head.i for token in mended]
    tops = [to_root(heads, at)[-1] for at in range(len(mended))]
    assert [token.is_sent_start for token in mended] == before
    assert [heads[top] for top in tops] == tops, f"a cycle in {written(mended)}"
    assert [first[top] for top in tops] == first, f"a head in another sentence of {written(mended)}"
    assert len(set(tops)) == len(parse), f"sentences of two roots in {written(mended)}"
    assert [token.dep_ == "ROOT" for token in mended] == [head == at for at, head in enumerate(heads)]
    for token in mended:
        below = [at for at, head in enumerate(heads) if head == token.i != at]
        assert [child.i for child in token.children] == below
        assert [child.i for child in (*token.lefts, *token.rights)] == below
        assert all(child.i < token.i for child in token.lefts)
        assert token.left_edge.i == min(other.i for other in token.subtree)


def starts_of(parse: list[Sentence]) -> list[int]:
    """Where each sentence begins."""
    return [sum(len(sentence) for sentence in parse[:at]) for at in range(len(parse))]
