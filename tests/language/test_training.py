import spacy
from spacy.language import Language

from dragoman.language.training import forget_paths


def blank_model(folder: str) -> Language:
    nlp = spacy.blank("en")
    nlp.config["paths"] = {"train": f"{folder}/train.spacy", "dev": f"{folder}/dev.spacy", "vectors": None}
    nlp.config["corpora"] = {name: {"@readers": "spacy.Corpus.v1", "path": f"{folder}/x"} for name in ("train", "dev")}
    return nlp


def test_forget_paths_saves_no_place_of_the_training_data(tmp_path):
    nlp = blank_model("somewhere-else")
    forget_paths(nlp)
    nlp.to_disk(tmp_path / "model")
    saved = (tmp_path / "model" / "config.cfg").read_text()
    assert "somewhere-else" not in saved
    assert "train = null" in saved
    assert spacy.load(tmp_path / "model").lang == "en"
