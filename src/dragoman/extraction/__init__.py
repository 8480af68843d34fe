"""From parsed sentences to mentions, entities and claims, all steered by ``ontology/``.

:func:`dragoman.extraction.reader.read_document` is what other stages call.
"""
