"""The layouts of the sources, converted by name.

This package keeps one layout: W[j][i] with a row for each neuron, X[n][i] with a row for each sample.
The sources use others:

    inputs × neurons     `000` §2.4, `002` (Layer_Dense), `003` (Layer_Dense): W[i][j], a column for each neuron
    samples as columns   `001` (vectorization): X[i][n], a column for each sample

A matrix does not tell its own layout, and a square one fits both: so nothing here guesses. You say what you have by
the function you call. Each conversion is a transpose, and undoes its partner.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Matrix, Number, m, n

__all__ = [
    "samples_from_columns",
    "samples_to_columns",
    "transpose",
    "weights_from_inputs_by_neurons",
    "weights_to_inputs_by_neurons",
]


def transpose(A: Matrix[m, n]) -> list[list[Number]]:
    """(Aᵀ)ᵢⱼ = Aⱼᵢ.

    Args:
        A: n_rows rows of n_columns numbers.

    Returns:
        n_columns rows of n_rows numbers.

    Source: `001` (transpose).

    Examples:
        >>> transpose([[1, 2, 3], [4, 5, 6]])
        [[1, 4], [2, 5], [3, 6]]
    """
    return _transposed(A)


def weights_from_inputs_by_neurons(W: Matrix[m, n]) -> list[list[Number]]:
    """Weights with a column for each neuron → with a row for each neuron.

    Args:
        W: n_inputs rows of n_neurons numbers, as in `000` §2.4.

    Returns:
        n_neurons rows of n_inputs numbers, as this package takes them.

    Source: `000` §2.4, `002` (how the weights are stored), `003` §4.1.

    Examples:
        >>> weights_from_inputs_by_neurons([[1, -3, 1], [2, 4, -1]])
        [[1, 2], [-3, 4], [1, -1]]
    """
    return _transposed(W)


def weights_to_inputs_by_neurons(W: Matrix[m, n]) -> list[list[Number]]:
    """Weights (or their gradient) with a row for each neuron → with a column for each neuron.

    Args:
        W: n_neurons rows of n_inputs numbers, as this package gives them.

    Returns:
        n_inputs rows of n_neurons numbers, as in `000` §2.4.

    Source: `000` §4.3 step 2, `003` §4.1.

    Examples:
        >>> weights_to_inputs_by_neurons([[1, 2], [-3, 4], [1, -1]])
        [[1, -3, 1], [2, 4, -1]]
    """
    return _transposed(W)


def samples_from_columns(X: Matrix[m, n]) -> list[list[Number]]:
    """Samples as columns → samples as rows.

    Args:
        X: n_features rows of n_samples numbers, as in `001`.

    Returns:
        n_samples rows of n_features numbers, as this package takes them.

    Source: `001` (vectorization: X is n × m).

    Examples:
        >>> samples_from_columns([[1, 2, 3], [10, 20, 30]])
        [[1, 10], [2, 20], [3, 30]]
    """
    return _transposed(X)


def samples_to_columns(X: Matrix[m, n]) -> list[list[Number]]:
    """Samples as rows → samples as columns.

    Args:
        X: n_samples rows of n_features numbers, as this package gives them.

    Returns:
        n_features rows of n_samples numbers, as in `001`.

    Source: `001` (vectorization), `000` §2.3 (whose listing prints this layout).

    Examples:
        >>> samples_to_columns([[1, 10], [2, 20], [3, 30]])
        [[1, 2, 3], [10, 20, 30]]
    """
    return _transposed(X)


def _transposed(A: Matrix) -> list[list[Number]]:
    A_T = []
    for i in range(len(A[0])):
        A_T_i = []
        for j in range(len(A)):
            A_T_i.append(A[j][i])
        A_T.append(A_T_i)
    return A_T
