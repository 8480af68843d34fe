"""Groups of commands that would make :mod:`dragoman.cli` long; importing one loads no library but click."""
