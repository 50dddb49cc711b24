"""Data to learn from: made by seed, shipped with the package, read from files; split and scaled.

    spiral, vertical, moons, xor         points in the plane, made by seed
    digits, penguins                     real data, shipped with licence and origin (data/README.md)
    csv_files, drawings, bitmaps         CSV files; Google's QuickDraw drawings (.ndjson) and bitmaps (.npy)
    splitting, standardising             before the training

A set is X, one row of numbers for each sample, and labels, one class index for each; real ones are a `Table`, which
has the names too. Nothing here is loaded by `import scalarnn`.
"""

from scalarnn.datasets.bitmaps import read_bitmaps
from scalarnn.datasets.csv_files.reader import read_csv
from scalarnn.datasets.digits import load_digits
from scalarnn.datasets.drawings import rasterise, read_drawings
from scalarnn.datasets.files import DataFileError
from scalarnn.datasets.moons import moons_data
from scalarnn.datasets.penguins import load_penguins
from scalarnn.datasets.spiral import spiral_data
from scalarnn.datasets.splitting import train_test_split
from scalarnn.datasets.standardising import Standardisation
from scalarnn.datasets.table import Table
from scalarnn.datasets.vertical import vertical_data
from scalarnn.datasets.xor import xor_clouds, xor_data

__all__ = [
    "Table",
    "DataFileError",
    "spiral_data",
    "vertical_data",
    "moons_data",
    "xor_clouds",
    "xor_data",
    "load_digits",
    "load_penguins",
    "read_csv",
    "rasterise",
    "read_drawings",
    "read_bitmaps",
    "train_test_split",
    "Standardisation",
]
