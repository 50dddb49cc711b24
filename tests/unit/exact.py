"""What the tests of exact arithmetic share."""

from fractions import Fraction


def entries(result):
    """Every number inside nested lists and tuples."""
    if isinstance(result, (list, tuple)):
        flat = []
        for part in result:
            flat.extend(entries(part))
        return flat
    return [result]


def is_exact(result):
    """No entry has become a float on the way: each is a Fraction, or the int 0 or 1 of a gate."""
    return all(type(number) is Fraction or (type(number) is int and number in (0, 1)) for number in entries(result))


def fractions(values):
    """The same nested lists with every number as a Fraction."""
    if isinstance(values, (list, tuple)):
        return [fractions(value) for value in values]
    return Fraction(values)
