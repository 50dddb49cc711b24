"""The hand-worked examples of the five sources, and every figure that they print.

Each example is one module that works it with the package's own functions; `ledger/` lists what the sources print;
`reproduce` holds one against the other. Nothing computed is read from the ledger.
"""

from scalarnn.worked.example import EXAMPLES, SOURCE_TITLES, Example, Quantity, load
from scalarnn.worked.ledger import Claim, Figure, read_claims, read_figures
from scalarnn.worked.reproduce import Result, reproduce

__all__ = [
    "EXAMPLES",
    "SOURCE_TITLES",
    "Claim",
    "Example",
    "Figure",
    "Quantity",
    "Result",
    "load",
    "read_claims",
    "read_figures",
    "reproduce",
]
