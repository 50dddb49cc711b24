"""What a notebook shows: Jupyter, VS Code, Colab and marimo ask an object for LaTeX or for HTML, and draw that.

They do not agree on which of several they take, so nothing here has more than one beside its text: a derivation has
`_repr_latex_`, a table or a picture `_repr_html_`. LaTeX is one `aligned` between `$$`, which all of them draw alike.
HTML is without script, and carries its style with it, as pictures do anyway (`svg.alone`).

    screen       how much of a thing is shown, and what is said of the rest
    derivation   rows of LaTeX, and lines of code in them
    page         tables
    layers       a Neuron, a Layer, a Network as a picture
    file         a notebook as a file: cells in, JSON out

It stands below whatever shows itself, and knows none of it.
"""

from scalarnn.notebook.derivation import aligned, code
from scalarnn.notebook.file import cell, notebook_text
from scalarnn.notebook.layers import html_of_layers, is_drawn, picture_of_layers
from scalarnn.notebook.page import table
from scalarnn.notebook.screen import on_a_screen

__all__ = ["aligned", "cell", "code", "html_of_layers", "is_drawn", "notebook_text", "on_a_screen"]
__all__ += ["picture_of_layers", "table"]
