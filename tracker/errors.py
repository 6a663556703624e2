"""Every error that a user can cause, with the exit code of the process (sysexits.h).

    TrackerError
    ├── UsageError                2   the command line makes no sense
    ├── BadInputFile             65   the file was read but is not usable
    │   ├── UnreadableDocument        encrypted, damaged, no text layer, binary ...
    │   └── NotAResolution            no operative paragraph was found in it
    ├── NotFound                 66   no such file, item, resolution, database
    │   └── Ambiguous                 a reference fits several items
    ├── Unavailable              69   the database server cannot be reached, a converter is missing
    ├── CannotWrite              73   an output file cannot be created
    ├── Busy                     75   locked, or changed by somebody else meanwhile
    │   └── Conflict                  the item changed between reading and writing
    ├── NotPermitted             77   the file system or the server said no
    └── BadConfiguration         78   settings, lexicon, calendar
        └── SchemaMismatch            database newer, older or damaged

A bug is anything else: exit code 70, with a traceback in a file for the report.
"""

from __future__ import annotations


class TrackerError(Exception):
    """An error to show in one line: what failed; what state the data is in; what to do."""

    exit_code = 70


class UsageError(TrackerError):
    """The words of the command line contradict each other or cannot be understood."""

    exit_code = 2


class BadInputFile(TrackerError):
    """The file exists but its content cannot be used."""

    exit_code = 65


class UnreadableDocument(BadInputFile):
    """No text can be read from the file."""


class NotAResolution(BadInputFile):
    """The text holds no operative paragraphs."""


class NotFound(TrackerError):
    """A file, item, resolution or database that is not there."""

    exit_code = 66


class Ambiguous(NotFound):
    """A reference that fits more than one item."""


class Unavailable(TrackerError):
    """A service that the command needs does not answer."""

    exit_code = 69


class CannotWrite(TrackerError):
    """An output file cannot be created or replaced."""

    exit_code = 73


class Busy(TrackerError):
    """Somebody else holds the database."""

    exit_code = 75


class Conflict(Busy):
    """The item was changed by somebody else between our reading and our writing."""


class NotPermitted(TrackerError):
    """The operating system or the server refuses access."""

    exit_code = 77


class BadConfiguration(TrackerError):
    """A setting, a lexicon or a calendar file is wrong."""

    exit_code = 78


class SchemaMismatch(BadConfiguration):
    """The database has another schema than this version of the program."""
