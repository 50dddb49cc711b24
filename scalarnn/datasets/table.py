"""A table of samples: the numbers, the labels, and what they are called."""

from __future__ import annotations

from collections import namedtuple

__all__ = ["Table"]


class Table(namedtuple("Table", ["X", "labels", "feature_names", "class_names"])):
    """X, labels, feature_names, class_names: a tuple of four plain lists.

    Args:
        X: n_samples rows of n_features numbers.
        labels: n_samples class indices; empty if nothing was said to be the label.
        feature_names: the name of each column of X.
        class_names: the name of each class; `class_names[label]` is that of a sample.

    Examples:
        >>> from scalarnn.datasets import load_penguins
        >>> table = load_penguins()
        >>> table.X[0], table.labels[0]
        ([39.1, 18.7, 181.0, 3750.0], 0)
        >>> table.class_names[table.labels[0]]
        'Adelie'
        >>> X, labels, feature_names, class_names = table
    """

    __slots__ = ()

    X: list[list[float]]
    labels: list[int]
    feature_names: list[str]
    class_names: list[str]

    def __repr__(self) -> str:
        return f"<Table of {len(self.X)} samples: {len(self.feature_names)} features, {len(self.class_names)} classes>"
