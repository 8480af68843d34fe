import pytest
import spacy

from dragoman.language.hashes import own_model_folder
from dragoman.language.training import forget_paths, train

TREEBANK = """\
1\tMinisters\tminister\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\tTense=Past\t0\troot\t_\t_
3\tenvoys\tenvoy\tNOUN\tNNS\tNumber=Plur\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.mark.slow
def test_training_goes_on_from_the_weights_of_a_model_and_keeps_its_labels(tmp_path):
    treebank = tmp_path / "small.conllu"
    treebank.write_text(TREEBANK * 3)
    train([treebank], [treebank], tmp_path / "model", start=own_model_folder(), steps=2)
    before, after = spacy.load(own_model_folder()), spacy.load(tmp_path / "model")
    for name in ("tagger", "parser", "trainable_lemmatizer"):
        assert after.get_pipe(name).labels == before.get_pipe(name).labels
    assert "train.spacy" not in (tmp_path / "model" / "config.cfg").read_text()
    doc = after("Ministers met envoys.")
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "obj", "punct"]
    assert [token.lemma_ for token in doc[:3]] == ["minister", "meet", "envoy"]


def test_forget_paths_saves_no_place_of_the_training_data(tmp_path):
    nlp = spacy.blank("en")
    for name in ("train", "dev"):
        nlp.config["paths"][name] = f"scratch/{name}.spacy"
        nlp.config["corpora"][name]["path"] = f"scratch/{name}.spacy"
    forget_paths(nlp)
    nlp.to_disk(tmp_path / "model")
    saved = (tmp_path / "model" / "config.cfg").read_text()
    assert "scratch" not in saved
    assert saved.count("train = null") == 1
    assert spacy.load(tmp_path / "model").config["corpora"]["dev"]["path"] is None
