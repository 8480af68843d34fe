"""A language model as a second reader, never a must: any server that speaks OpenAI's chat completions.

Documents go to it in pieces, each in a request of its own. What it answers counts only where its words stand in the
piece, and its classes and properties fit the ontology. Answers are kept in the output folder, so that the same
documents are asked about once.
"""
