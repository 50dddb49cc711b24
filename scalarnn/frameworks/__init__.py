"""Other packages, as measured, and how to get their digits: a TOML file a package, and one reader.

    reading      TOML → Framework
    framework    Framework: what a package calls its things, and what they are here
    why  rounding    which conventions, or which roundings, give two figures that should be one
    others       packages of which the conventions were measured, and no optimizer
    clues        from a wrong number to its cause
    devices      what a GPU and its processor do to digits
    on_devices   the neuron of `003` in each kind of number, to their bits
    mlp_classifier    scikit-learn's MLPClassifier, trained here from its random_state
    courses      the gradients that every optimizer was put through, and the way of a weight

No package is imported: what stands in the files was read off runs of the versions that they name.
"""

from __future__ import annotations

from scalarnn.frameworks.framework import Framework
from scalarnn.frameworks.reading import clues, devices, frameworks, like, others

__all__ = ["Framework", "clues", "devices", "frameworks", "like", "others"]
