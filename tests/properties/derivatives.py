"""Two witnesses of a gradient that know nothing of backpropagation, and how close they have to be."""

from scalarnn.dual import Dual

STEP = 6e-6


def flatten(values):
    """The numbers of nested lists, in order."""
    if isinstance(values, (list, tuple)):
        flat = []
        for value in values:
            flat.extend(flatten(value))
        return flat
    return [values]


def shaped(flat, like):
    """Flat numbers in the nested lists of another value."""
    numbers = iter(flat)

    def fill(part):
        return [fill(entry) for entry in part] if isinstance(part, (list, tuple)) else next(numbers)

    return fill(like)


def central_differences(loss, at):
    """(L(x + h) − L(x − h)) / 2h for every number of nested lists."""
    flat = flatten(at)
    gradient = []
    for i in range(len(flat)):
        up, down = list(flat), list(flat)
        up[i] += STEP
        down[i] -= STEP
        step = up[i] - down[i]  # what the rounding of up and down has left of 2h
        gradient.append((loss(shaped(up, at)) - loss(shaped(down, at))) / step)
    return gradient


def dual_gradient(loss, at):
    """The ε part of the loss, for every number of nested lists."""
    flat = flatten(at)
    gradient = []
    for i in range(len(flat)):
        duals = []
        for k in range(len(flat)):
            duals.append(Dual(flat[k], 1 if k == i else 0))
        result = loss(shaped(duals, at))
        gradient.append(result.derivative if isinstance(result, Dual) else 0)
    return gradient


def agree(found, expected, tolerance):
    found, expected = flatten(found), flatten(expected)
    assert len(found) == len(expected)
    for g, e in zip(found, expected, strict=True):
        assert abs(g - e) <= tolerance * max(1, abs(g)), (g, e, abs(g - e) / max(1, abs(g)))


def gradient_is_right(gradient, loss, at, dual_tolerance=1e-14):
    """A gradient agrees with central differences to 1e-8·max(1, |g|), with dual numbers to 1e-14·max(1, |g|)."""
    agree(gradient, central_differences(loss, at), 1e-8)
    agree(gradient, dual_gradient(loss, at), dual_tolerance)
