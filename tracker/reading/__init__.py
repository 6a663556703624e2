"""From a file to clean text: the door through which everything untrusted comes in."""

from tracker.reading.files import LARGEST, read, read_bytes
from tracker.reading.formats import is_known_format

__all__ = ["LARGEST", "is_known_format", "read", "read_bytes"]
