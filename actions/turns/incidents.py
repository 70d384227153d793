"""What happens when an action goes wrong: it is filed, logged, and the applicant is told."""

import structlog
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions import app
from actions.turns.turn import message_id_of
from bot.services.operating.incidents import file_incident, place_of

LOG = structlog.get_logger()


def report(action: str, tracker: Tracker, error: Exception, say: CollectingDispatcher) -> None:
    """File an incident, log it, and answer with its number and the offer of a person."""
    # no traceback and no text of the error: either may carry what a person wrote
    known = {"error": type(error).__name__, "place": place_of(error)}
    number = _file(action, tracker, error)
    LOG.error(
        "action_failed",
        action=action,
        conversation=str(tracker.sender_id),
        incident=number,
        **known,
    )
    say.messages.clear()
    if number is None:
        say.utter_message(response="utter_common_action_failed")
    else:
        say.utter_message(response="utter_common_action_failed_filed", number=number)


def _file(action: str, tracker: Tracker, error: Exception) -> str | None:
    """Return the number of the incident, None when it cannot be written now."""
    try:
        return file_incident(
            app().unit_of_work,
            action=action,
            conversation_id=str(tracker.sender_id),
            message_id=message_id_of(tracker),
            error=error,
            now=app().now(),
        ).number
    except Exception as failure:  # noqa: BLE001 - the database may be what is broken
        LOG.warning("incident_not_filed", error=type(failure).__name__)
        return None
