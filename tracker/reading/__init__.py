"""From a file to clean text: the door through which everything untrusted comes in."""

from tracker.reading.files import read, read_bytes

__all__ = ["read", "read_bytes"]
