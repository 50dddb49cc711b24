"""The player: derivation, code, network and numbers of one run, which move together in a page.

What is recorded and computed there is the shipped mathematics, translated to JavaScript from its source.

    translation   a function in JavaScript; recording: the same, telling its lines; formulas: what these say
    shipped       all functions as one script
    dialects      what an exercise uses beside the book, for its own page
    worked        the lines of the worked examples
    bench         what networks are put together from
    slips         the catalogue of slips, to be tried on what stands in the page
    programs      an exercise as data: its lines, its names, its numbers
    page          the element, and a page of its own; shown: in a notebook
    assets/       the element itself, by hand
"""

from scalarnn.player.page import element, page, paths, script, stylesheet, training
from scalarnn.player.programs import as_data
from scalarnn.player.shipped import mathematics

__all__ = ["as_data", "element", "mathematics", "page", "paths", "script", "stylesheet", "training"]
