"""The end of an error message: what may have been meant, or everything there is."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["listed", "nearest"]


def nearest(word: str, known: Iterable[str]) -> str:
    """What may have been meant, or everything there is.

    Examples:
        >>> nearest("digit", ["digits", "moons"]), nearest("zebra", ["digits", "moons"])
        ("; did you mean 'digits'?", '; there are: digits, moons')
    """
    import difflib

    known = list(known)
    begun = [candidate for candidate in known if candidate.startswith(word)]
    close = begun or difflib.get_close_matches(word, known, n=1, cutoff=0.4)
    if close:
        return f"; did you mean {close[0]!r}?"
    return listed(known)


def listed(known: Iterable[str]) -> str:
    """Everything there is.

    Examples:
        >>> listed(["digits", "moons"])
        '; there are: digits, moons'
    """
    return f"; there are: {', '.join(known)}"
