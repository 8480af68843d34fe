"""From text to parsed sentences: tokenizer, tagger, lemmatizer and dependency parser (Universal Dependencies).

:mod:`~dragoman.language.model` loads the pipeline that ships with the package, or any spaCy model with a parser;
:mod:`~dragoman.language.training` trains it from treebanks in CoNLL-U.
"""
