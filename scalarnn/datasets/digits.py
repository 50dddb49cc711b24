"""1,797 handwritten digits of 8 × 8 pixels, shipped with the package: data/README.md has licence and origin."""

from __future__ import annotations

from pathlib import Path

from scalarnn.datasets.table import Table

__all__ = ["load_digits"]

FILE = Path(__file__).parent / "data" / "digits.csv.gz"


def load_digits() -> Table:
    """The digits in the order of scikit-learn's `load_digits`: 64 pixels from 0.0 (paper) to 16.0 (ink), row by row.

    Returns:
        A Table of 1,797 rows of 64 numbers, labels 0 to 9, and the names pixel_0_0 to pixel_7_7 and "0" to "9".

    Source: E. Alpaydin and C. Kaynak, https://doi.org/10.24432/C50P49, CC BY 4.0.

    Examples:
        >>> digits = load_digits()
        >>> digits
        <Table of 1797 samples: 64 features, 10 classes>
        >>> digits.labels[:10]
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
        >>> for row in range(8):
        ...     print("|", "".join(" .:-=+*#@"[int(ink) // 2] for ink in digits.X[3][8 * row : 8 * row + 8]), "|")
        |   -#*    |
        |  =*-#:   |
        |  . **    |
        |   .#+    |
        |     **   |
        |      +=  |
        |   =::#=  |
        |   -**=   |
    """
    import gzip

    inks = {}  # one float object for each of the 17 values: a tenth of the memory
    for ink in range(17):
        inks[str(ink)] = float(ink)
    X = []
    labels = []
    with gzip.open(FILE, "rt", encoding="ascii") as lines:
        names = next(lines).rstrip("\n").split(",")
        for line in lines:
            fields = line.rstrip("\n").split(",")
            labels.append(int(fields.pop()))
            x = []
            for field in fields:
                x.append(inks[field])
            X.append(x)
    return Table(X, labels, names[:-1], [str(digit) for digit in range(10)])
