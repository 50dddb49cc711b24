"""For VS Code's Debug Visualizer: networks as pictures, with values and gradients, while a debugger stands still.

The extension reads this file from the folder that is open, and needs the package `vscodedebugvisualizer`. Give its view
an expression: `network`, `layer`, `neuron`; in a function of plain lists `locals()`.
"""

import json

from vscodedebugvisualizer import globalVisualizationFactory

from scalarnn.notebook import is_drawn, picture_of_layers
from scalarnn.svg.alone import image


class Layers:
    """What the extension asks."""

    def checkType(self, thing):
        """Whether there is a picture of it."""
        return is_drawn(thing)

    def visualize(self, thing):
        """The picture, as the extension wants it."""
        return json.dumps({"kind": {"text": True, "svg": True}, "text": image(picture_of_layers(thing))})


globalVisualizationFactory.addVisualizer(Layers())
