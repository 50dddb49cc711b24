"""A run as lines: what was executed, with which numbers, and how a person would write it."""

from scalarnn.tracing.record import Call, Line, Recording, RecordingTooLong, record

__all__ = ["Call", "Line", "Recording", "RecordingTooLong", "record"]
