"""How far apart two lists of figures are, as a part of what they are."""

import math


def apart(ours, theirs):
    """The largest difference, over the larger of 1 and the figure; nan equals nan."""
    assert len(ours) == len(theirs)
    worst = 0.0
    for our, their in zip(ours, theirs, strict=True):
        if our == their or (math.isnan(our) and math.isnan(their)):
            continue
        difference = abs(our - their) / max(1.0, abs(their))
        worst = max(worst, math.inf if math.isnan(difference) else difference)
    return worst
