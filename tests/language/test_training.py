import spacy

from dragoman.language.training import forget_paths


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
