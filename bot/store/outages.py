"""Tells a database that was away for a moment from a fault of ours."""

from sqlalchemy.exc import DBAPIError

AWAY = ("08", "53", "57P", "25006", "40", "55P03")
"""How PostgreSQL's codes begin for: no connection, nothing left, a shutdown, reading only, a
transaction that gave way, a lock that was not given.

Source: PostgreSQL documentation, appendix A.
"""

SQLITE_AWAY = ("locked", "busy", "full", "disk i/o", "readonly", "unable to open")
"""Words of SQLite's errors that a later try may not meet again."""


def is_outage(error: BaseException) -> bool:
    """Tell whether the same may go well a moment later, though nothing else is changed."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    cause = error.orig
    if not hasattr(cause, "pgcode"):
        return any(word in str(cause).lower() for word in SQLITE_AWAY)
    # what could not even connect has no code
    code = cause.pgcode
    return code is None or str(code).startswith(AWAY)
