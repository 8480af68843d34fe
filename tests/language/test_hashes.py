"""What the hash of a language model hangs on: all that changes what it says, and nothing else."""

import shutil

import pytest

from dragoman.language.hashes import OWN_MODEL, PROSE, hash_model, model_folder, own_model_folder


@pytest.fixture
def model(tmp_path):
    """A folder with our model's small files, and some of every other kind that a model may have."""
    for path in own_model_folder().rglob("*"):
        if path.is_file() and path.stat().st_size < 50_000:
            copy = tmp_path / path.relative_to(own_model_folder())
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tmp_path


def test_hash_of_a_model_is_the_same_whatever_its_card_and_licence_say(model):
    before = hash_model(str(model))
    for name in PROSE:
        (model / name).write_text("A model for readers of treaties.")
        (model / "parser" / name).write_text("Its parser.")
    assert hash_model(str(model)) == before
    for name in PROSE:
        (model / name).unlink()
    assert hash_model(str(model)) == before


@pytest.mark.parametrize("name", ["meta.json", "config.cfg", "parser/moves", "tokenizer", "readme.bin"])
def test_hash_of_a_model_changes_with_each_file_that_is_read(model, name):
    before = hash_model(str(model))
    with (model / name).open("ab") as file:
        file.write(b" ")
    assert hash_model(str(model)) != before


def test_hash_of_a_model_that_is_nowhere_is_that_of_its_name(tmp_path):
    assert model_folder(str(tmp_path / "none")) is None
    assert len({hash_model(str(tmp_path / "none")), hash_model("no_such_model"), hash_model(OWN_MODEL)}) == 3


def test_own_model_tells_of_itself_in_prose_alone():
    assert {"README.md", "LICENSE"} == {path.name for path in own_model_folder().rglob("*") if path.name in PROSE}
