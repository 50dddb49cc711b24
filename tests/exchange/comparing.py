"""How near two sets of numbers are."""


def flat(numbers):
    """Every number of nested lists, in order."""
    return [number for part in numbers for number in flat(part)] if isinstance(numbers, list) else [numbers]


def worst(found, told):
    """The largest difference, relative where a number is above 1."""
    found, told = flat(found), flat(told)
    assert len(found) == len(told)
    return max(abs(a - b) / max(1, abs(b)) for a, b in zip(found, told, strict=True))
