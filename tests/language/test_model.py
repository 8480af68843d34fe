"""Our model as we run it gives what spaCy, running it as it ships, gives."""

import numpy as np
import pytest
import spacy
from thinc.api import set_dropout_rate

from dragoman.language.embedding import quicken
from dragoman.language.hashes import own_model_folder
from dragoman.language.labels import repair
from dragoman.language.model import load_model

TEXTS = (
    "The ministers of Norway and Chad co-chaired the talks, which ended in Lomé on 3 May.",
    "It endorses the plan. They weren't meeting envoys; the envoys' staffs were.",
    "Ghana  welcomes\n\nGHANA'S accord -- a UN one (2nd of 5)…",
    "?",
    "The ministers of Norway and Chad co-chaired it.",
)


@pytest.fixture(scope="module")
def plain():
    return spacy.load(own_model_folder())


def vectors(model, texts):
    return [doc.tensor for doc in model.pipe(texts)]


def test_words_are_parted_as_by_the_tokenizer_that_ships_and_at_the_hyphen_after_an_abbreviation(reader, plain):
    assert reader.nlp.tokenizer.rules == plain.tokenizer.rules
    for text in TEXTS:
        assert [token.text for token in reader.nlp.make_doc(text)] == [token.text for token in plain.make_doc(text)]
    text = "They're for U.S.-EU talks (https://vale.example/a-b?c=d), and UN-AU talks; e.g. Ex-envoys', eco-villages."
    words = [token.text for token in reader.nlp.make_doc(text)]
    assert words == [
        part for token in plain.make_doc(text) for part in token.text.replace("U.S.-EU", "U.S. - EU").split()
    ]
    assert words[:6] == ["They", "'re", "for", "U.S.", "-", "EU"]
    assert words[-7:] == ["Ex-envoys", "'", ",", "eco", "-", "villages", "."]


def test_vectors_are_those_of_the_layers_as_they_ship_but_for_the_last_bits(reader, plain):
    for found, wanted in zip(vectors(reader.nlp, TEXTS), vectors(plain, TEXTS), strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_vectors_have_the_same_bits_whatever_was_read_before(reader):
    before = vectors(load_model(), TEXTS)
    vectors(reader.nlp, [*TEXTS[::-1], "Chad thanks Norway for the talks."])
    assert all(np.array_equal(*pair) for pair in zip(vectors(reader.nlp, TEXTS), before, strict=True))


def test_vectors_are_found_anew_once_too_many_are_kept(monkeypatch):
    before = [vectors(load_model(), [text]) for text in TEXTS]
    monkeypatch.setattr("dragoman.language.embedding.REMEMBERED", 20)
    model = load_model()
    for text, (wanted,) in zip((*TEXTS, *TEXTS), (*before, *before), strict=True):
        assert np.array_equal(model(text).tensor, wanted)


def test_training_goes_through_the_layers_as_they_were():
    plain, quick = spacy.load(own_model_folder()), spacy.load(own_model_folder())
    quicken(quick)
    gradients = []
    for model in (plain, quick):
        layer = model.get_pipe("tok2vec").model
        set_dropout_rate(layer, 0.0)
        vectors, back = layer.begin_update([model.make_doc(TEXTS[0])])
        back(vectors)
        gradients.append([node.get_grad("W") for node in layer.walk() if node.name == "maxout"])
    assert len(gradients[0]) == 5
    assert all(np.array_equal(*pair) for pair in zip(*gradients, strict=True))


def test_labels_are_those_of_the_components_replaced_then_repaired(reader, plain):
    for doc, other in zip(reader.nlp.pipe(TEXTS), plain.pipe(TEXTS), strict=True):
        wanted = [repair(token.text, token.tag_, token.pos_, token.lemma_) for token in other]
        assert [(token.tag_, token.pos_, token.lemma_) for token in doc] == wanted
        assert [(token.dep_, token.head.i) for token in doc] == [(token.dep_, token.head.i) for token in other]


def test_a_text_without_words_has_no_labels(reader):
    assert [len(doc) for doc in reader.nlp.pipe(["", "Chad", ""])] == [0, 1, 0]
    assert len(reader.nlp("")) == 0


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        (("endorses", "VBZ", "VERB", "endors"), ("VBZ", "VERB", "endorse")),
        (("co-chaired", "VBD", "VERB", "co-chaire"), ("VBD", "VERB", "co-chair")),
        (("were", "VBD", "AUX", "were"), ("VBD", "AUX", "be")),
        (("envoys", "NNPS", "PROPN", "envoys"), ("NNS", "NOUN", "envoy")),
        (("appeals", "NNS", "AUX", "appeal"), ("NNS", "NOUN", "appeal")),
        (("Chad", "NNP", "PROPN", "Chad"), ("NNP", "PROPN", "Chad")),
        (("qwrtzs", "NNS", "NOUN", "qwrtzs"), ("NNS", "NOUN", "qwrtzs")),
    ],
)
def test_repair_gives_lemmas_that_are_words(word, wanted):
    assert repair(*word) == wanted
