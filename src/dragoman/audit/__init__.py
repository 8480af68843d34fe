"""An audit of a graph: claims drawn by chance, marked right or wrong by a person, and the precision that follows."""

from dragoman.audit.drawing import Drawn, draw

__all__ = ["Drawn", "draw"]
