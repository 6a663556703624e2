"""How long before a session its documents are handed in and come out.

Source: the practice of conference services (A/RES/57/283 B sect. III: documents are out in six languages six weeks
before the meeting; slotting: they are handed in ten weeks before it).
"""

SUBMIT_WEEKS, ISSUE_WEEKS = 10, 6
"""Weeks before the opening of a session by which a document is handed in, and by which it is out.

Stored dates count so; where an office has other lead times (settings), what is shown is moved by the difference.
"""
