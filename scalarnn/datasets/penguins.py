"""Penguins of three species, measured: shipped with the package; data/README.md has licence and origin."""

from __future__ import annotations

from pathlib import Path

from scalarnn.datasets.csv_files.reader import read_csv

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.datasets.table import Table

__all__ = ["load_penguins"]

FILE = Path(__file__).parent / "data" / "penguins.csv"
MEASUREMENTS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def load_penguins() -> Table:
    """The species from four measurements: the 342 penguins, of 344, that were measured.

    Returns:
        A Table of 342 rows of bill length, bill depth and flipper length (mm) and body mass (g), with labels for
        Adelie, Chinstrap and Gentoo.

    Source: Gorman, Williams and Fraser (2014), https://allisonhorst.github.io/palmerpenguins/, CC0 1.0.

    Examples:
        >>> penguins = load_penguins()
        >>> penguins
        <Table of 342 samples: 4 features, 3 classes>
        >>> penguins.class_names
        ['Adelie', 'Chinstrap', 'Gentoo']
    """
    return read_csv(FILE, label="species", columns=MEASUREMENTS, missing="skip")
