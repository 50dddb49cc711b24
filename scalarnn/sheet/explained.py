"""What stands on the second page: every block in words, how to read a formula, and what to know of the digits."""

from __future__ import annotations

import re

from scalarnn.sheet.layout import cell_name
from scalarnn.sheet.xlsx import Page
from scalarnn.tracing.symbols import symbol_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scalarnn.sheet.blocks import Block

__all__ = ["NOTES", "explanation", "in_words"]

WIDTHS = [18, 14, 44, 60, 60]
HEADS = ("name", "cells", "formula", "in words", "its first cell")

# A name without its numbers and its _new, and what it is; the first that fits.
WORDS = (
    (r"[mv]_\w+", "what the optimizer keeps of the gradients, after this step"),
    (r"z|Z", "before the activation: each weight times its input, added from the left, then the bias"),
    (r"a|A", "after the activation"),
    (r"y_hat|Y_hat", "the prediction"),
    (r"L|C", "the loss"),
    (r"Ln|L_n|L_new_n", "the loss of each sample"),
    (r"eta_t", "the learning rate of this step"),
    (r"W\w*|w\w*", "the weight, less the learning rate times its part of the gradient"),
    (r"b\w*", "the bias, less the learning rate times its part of the gradient"),
    (r"da_dz", "the slope of the activation: a gate, where it is 1 or 0"),
    (r"d[A-Za-z]+_d[wW]\w*", "how fast the loss changes with each weight: the gradient of its neuron times its input"),
    (r"d[A-Za-z]+_db\w*", "how fast the loss changes with each bias: the gradient of its neuron"),
    (r"d[A-Za-z]+_d[zZ]\w*", "how fast the loss changes with z: what comes back, times the slope of the activation"),
    (r"d[A-Za-z]+_d[yY]_hat\w*", "how fast the loss changes with the prediction"),
    (r"d[LC]n?_d[aAxX]\w*", "how fast the loss changes with each input of the layer: of every neuron, by its weight"),
    (r"d[A-Za-z]+_d\w+", "how fast the one changes with the other"),
)
NOTES = (
    "Numbers in a thick frame are given: change one, and everything below follows.",
    "A matrix has a row for each neuron (of a batch, a row for each sample); the grey numbers count from 0.",
    "Sums are written out from the left, and squares as products: SUM, SUMPRODUCT and MMULT round differently.",
    "Two functions differ from the package in the last digit at times: TANH, and 2*ATANH(e/(2+e)), which is ln(1 + e) "
    "without losing the digits of a small e.",
    "Every number is stored with all its digits, every formula with its result. LibreOffice saves 15 digits: the last "
    "two of what is typed are lost when it saves.",
    "Spreadsheet programs make a difference of two numbers 0 where they agree in their first 15 digits or so.",
)


def explanation(
    blocks: list[Block],
    formula_of: Callable[[Block], str],
    comments: Mapping[str, str],
    written: Callable[[Block], str],
) -> Page:
    """The page.

    Args:
        blocks: in their places.
        formula_of: the formula of a block, as far as there is one.
        comments: of what is given, what it is.
        written: the formula of a block's first cell, as it stands there.
    """
    page = Page("Explained", WIDTHS, frozen=2)
    page.put(0, 0, "What the cells of the first page are", "title")
    for column, head in enumerate(HEADS):
        page.put(1, column, head, "head")
    row = 2
    for block in blocks:
        first = cell_name(block.top, block.left)
        last = cell_name(block.top + len(block.rows) - 1, block.left + block.width - 1)
        cells = (
            block.symbol,
            first if first == last else f"{first}:{last}",
            formula_of(block),
            in_words(block, comments),
            written(block),
        )
        for column, text in enumerate(cells):
            page.put(row, column, text, "wrapped")
        page.heights[row] = max(len(text) // (width - 2) + 1 for text, width in zip(cells, WIDTHS, strict=True))
        row += 1
    for number, note in enumerate(NOTES):
        page.put(row + 1 + number, 0, note, "note")
    return page


def in_words(block: Block, comments: Mapping[str, str]) -> str:
    """What a block is.

    Args:
        block: the block.
        comments: of what is given, what it is.
    """
    if block.is_given:
        return comments.get(block.name) or "given"
    new = ", after the update" if "_new" in block.name else ""
    bare = re.sub(r"\d+$", "", block.name.removesuffix("_new"))
    found = next((words for pattern, words in WORDS if re.fullmatch(pattern, bare)), "")
    if block.of:
        return f"a step on the way to {symbol_of(block.of).unicode()}" + (f": {found}" if bare == "da_dz" else "")
    is_parameter = re.fullmatch(r"[WwbBmv]\w*", bare)
    return found + (new if found and not is_parameter else "")
