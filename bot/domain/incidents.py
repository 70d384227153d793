"""An incident: an action went wrong, the applicant was told, staff can find the place."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Incident:
    """What is kept of an unexpected error; never what a person wrote.

    Attributes:
        number: `GZ-yyyymmdd-nnnn`, told to the applicant.
        happened_at: Aware UTC.
        action: Name of the action or form that failed.
        conversation_id: Whose turn it was.
        message_id: The hub's id of the message.
        error: Class of the error.
        place: Innermost line of our own code, `actions/matters.py:57`.
    """

    number: str
    happened_at: datetime
    action: str
    conversation_id: str
    message_id: str
    error: str
    place: str
