"""A run as lines: what was executed, with which numbers, and how a person would write it."""

from scalarnn.tracing.record import Call, Line, Recording, RecordingTooLong, record
from scalarnn.tracing.write import Written, written

__all__ = ["Call", "Line", "Recording", "RecordingTooLong", "Written", "record", "written"]
