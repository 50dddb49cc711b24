"""What a reader makes of a damaged file."""

from scalarnn.datasets import DataFileError


def outcome(read, *arguments, **options):
    """What was read and "", or None and the message of the one error that may come."""
    try:
        return read(*arguments, **options), ""
    except DataFileError as error:
        return None, str(error)
