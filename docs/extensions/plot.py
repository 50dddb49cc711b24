"""Curves for pages: `scalarnn.svg` draws them."""

from scalarnn.svg import Curve, curve, plot, side_by_side

__all__ = ["Curve", "curve", "plot", "side_by_side"]
