"""The code of a sheet: letters that find its key and say nothing else."""

from __future__ import annotations

from scalarnn.exercise.writing import as_toml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.exercise.description import Exercise

__all__ = ["code_of"]

LETTERS = "BCDFGHJKLMNPQRTVWXZ"  # no vowels, so that no word comes about; nothing that is taken for a digit
LONG = 6


def code_of(exercise: Exercise, seed: int, again: int = 0) -> str:
    """Six letters, made from what stands on the sheet and the seed, and from no result.

    Args:
        exercise: the numbers of the sheet.
        seed: of the whole set of sheets.
        again: for another one, where this one is taken.

    Examples:
        >>> from scalarnn.exercise import new_exercise
        >>> one, other = code_of(new_exercise([2, 1]), 7), code_of(new_exercise([2, 1]), 8)
        >>> len(one), one != other, one == code_of(new_exercise([2, 1]), 7)
        (7, True, True)
    """
    import hashlib

    digest = hashlib.sha256(f"{seed} {again}\n{as_toml(exercise)}".encode()).digest()
    number = int.from_bytes(digest, "big")
    letters = ""
    for _ in range(LONG):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"{letters[: LONG // 2]}-{letters[LONG // 2 :]}"
