"""A folder of diplomatic documents in, a cited knowledge graph of actors, conflicts and instruments out."""

__version__ = "0.1.0"
