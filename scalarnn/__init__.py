"""See backpropagation: neural networks from plain lists and loops, every derivation step one named line."""

__version__ = "0.1.0"
