"""A build on the loopback address: a read-only SPARQL endpoint, and a page for each IRI of the graph.

The way of a request: :mod:`dragoman.server.app` (HTTP: who may ask, how much) to :mod:`dragoman.server.pool` (a free
worker, and how long it may take) to :mod:`dragoman.server.worker` (a process with the graph in memory), where
:mod:`dragoman.server.site` answers. Workers are processes because Oxigraph cannot be stopped within a query: one that
runs too long is ended with its worker. The server program of the ``oxigraph`` package is not used: it fetches for
``SERVICE``, which it has no option against, answers whatever ``Host`` it is asked under, and has no pages but its own.
"""
