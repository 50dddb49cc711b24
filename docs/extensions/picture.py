"""Layers for pages: `scalarnn.svg` draws them."""

from scalarnn.svg import layers_diagram as layers_picture

__all__ = ["layers_picture"]
