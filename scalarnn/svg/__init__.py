"""Pictures as text: HTML figures with SVG in them, for the book and for reports; no plotting library.

    from scalarnn import svg
    svg.plot("Sigmoid", None, [svg.curve("σ", sigmoid, (-4, 4))], x_name="z")

    plot, curve, line     curves of functions and lines through points, on axes
    history_plot          loss or accuracy over epochs, training and validation
    scatter               samples with two features
    decision_regions      where a network says which class, and the samples
    image_grid            digits and other small images, with true and predicted classes
    network_diagram       a network with weights, activations and gradients
    layers_diagram        layers of named nodes
    neuron_diagram        one neuron, forward and back; with steps=True to play and step through
    confusion_matrix      which class was taken for which; confusion_counts counts
    side_by_side          several of them in a row
    Picture               the text that all of them return; a notebook draws it
    framed                a picture with its style inside, which needs no page: what a notebook shows
    stylesheet            the CSS that all of them need, once a page; `rules` where a site has the variables
    document              a whole HTML page for them, which needs nothing else

Every function returns `<figure class="picture …">…</figure>`, well-formed as XML. It has a name and a description
(`<title>`, `<desc>`), which is computed from the data unless you give one as `spoken`. It holds no colour: classes
get theirs from the stylesheet, through variables, light and dark. It holds no id either, so that the same picture can
stand twice on a page. What cannot be drawn (no data, NaN, infinity, a missing label) is a ValueError that says where.

    text      escaping, short numbers, the frame           style     colours, marks, stylesheet
    axes      ticks, scales, grid                          plot      curves, histories, points
    regions   decision regions                             grids     images, confusion matrix
    diagram   layers and networks                          neuron    one neuron, step by step
    alone     a picture with its style inside              document  a page of its own

Nothing here is loaded by `import scalarnn`.
"""

from scalarnn.svg.alone import framed
from scalarnn.svg.diagram import layers_diagram, network_diagram
from scalarnn.svg.document import document
from scalarnn.svg.grids import confusion_counts, confusion_matrix, image_grid
from scalarnn.svg.neuron import neuron_diagram
from scalarnn.svg.plot import Curve, curve, history_plot, line, plot, scatter
from scalarnn.svg.regions import decision_regions
from scalarnn.svg.style import rules, stylesheet
from scalarnn.svg.text import Picture, number, side_by_side

__all__ = [
    "Curve",
    "Picture",
    "confusion_counts",
    "confusion_matrix",
    "curve",
    "decision_regions",
    "document",
    "framed",
    "history_plot",
    "image_grid",
    "layers_diagram",
    "line",
    "network_diagram",
    "neuron_diagram",
    "number",
    "plot",
    "rules",
    "scatter",
    "side_by_side",
    "stylesheet",
]
