"""Other packages, as measured, and how to get their digits: a TOML file a package, and one reader.

    reading      TOML → Framework
    framework    Framework: what a package calls its things, and what they are here
    others       packages of which the conventions were measured, and no optimizer
    clues        from a wrong number to its cause
    mlp_classifier    scikit-learn's MLPClassifier, trained here from its random_state
    courses      the gradients that every optimizer was put through, and the way of a weight

No package is imported: what stands in the files was read off runs of the versions that they name.
"""

from __future__ import annotations

from scalarnn.frameworks.framework import Framework
from scalarnn.frameworks.reading import clues, frameworks, like, others

__all__ = ["Framework", "clues", "frameworks", "like", "others"]
