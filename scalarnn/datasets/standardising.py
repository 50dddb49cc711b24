"""Features of mean 0 and deviation 1: measured on what the network learns from, applied to everything.

means[i]         mᵢ, the mean of column i
deviations[i]    sᵢ, its standard deviation: √(Σₙ (xₙᵢ − mᵢ)² / n_samples)
"""

from __future__ import annotations

from scalarnn import check, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Matrix, Number

__all__ = ["Standardisation"]


class Standardisation:
    """(xₙᵢ − mᵢ) / sᵢ, with the means and deviations of X.

    A column whose values are all the same has nothing to tell: its deviation is 0, which cannot divide, so 1 is taken
    instead, and the column becomes 0.

    Args:
        X: the samples to learn from; never those of the test.

    Attributes:
        means, deviations: a number for each column of X; a constant column has the deviation 1.
        constant: the positions of the columns whose values are all the same.

    Raises:
        TypeError: X is not a list of lists of numbers, or of a kind without square root, such as Fraction.
        ValueError: X is empty or ragged, an entry is not finite, or a column is too large to add up.

    Source: not in the five documents; the same as scikit-learn's StandardScaler.

    Examples:
        >>> standardisation = Standardisation([[1.0, 7.0], [3.0, 7.0]])
        >>> standardisation.means, standardisation.deviations, standardisation.constant
        ([2.0, 7.0], [1.0, 1], [1])
        >>> standardisation.apply([[5.0, 7.0], [2.0, 8.0]])
        [[3.0, 0.0], [0.0, 1.0]]
    """

    def __init__(self, X: Matrix) -> None:
        check.matrix(X, "X")
        self.means: list[Number] = []
        self.deviations: list[Number] = []
        self.constant: list[int] = []
        for i in range(len(X[0])):
            mean, deviation = _mean_and_deviation(X, i)
            if deviation == 0:
                self.constant.append(i)
                deviation = 1
            self.means.append(mean)
            self.deviations.append(deviation)

    def apply(self, X: Matrix) -> list[list[Number]]:
        """The same shift and scale for any samples.

        Raises:
            TypeError: X is not a list of lists of numbers.
            ValueError: X is empty, a row has another number of columns, or an entry is not finite.
        """
        check.matrix(X, "X", columns=len(self.means), because="as many as there are means")
        standardised = []
        for n in range(len(X)):
            row = []
            for i in range(len(self.means)):
                row.append((X[n][i] - self.means[i]) / self.deviations[i])
            standardised.append(row)
        return standardised

    def __repr__(self) -> str:
        return f"<Standardisation of {len(self.means)} columns>"


def _mean_and_deviation(X: Matrix, i: int) -> tuple[Number, Number]:
    """Of column i; a constant column is found by comparison, since its mean may be rounded."""
    lowest = highest = X[0][i]
    total = 0
    for n in range(len(X)):
        total += X[n][i]
        if X[n][i] < lowest:
            lowest = X[n][i]
        if X[n][i] > highest:
            highest = X[n][i]
    if lowest == highest:
        return lowest, 0
    mean = total / len(X)
    largest = max(highest - mean, mean - lowest)
    if not scalar.is_finite(largest):
        raise ValueError(f"column {i} of X is too large to add up: expected smaller numbers")
    squares = 0
    for n in range(len(X)):
        d = (X[n][i] - mean) / largest  # from −1 to 1: its square is neither too large nor too small
        squares += d * d
    deviation = largest * scalar.sqrt(squares / len(X))
    return mean, deviation
