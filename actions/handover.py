"""Asks for a person: says honestly whether one can come, and queues only then."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.steering.closed import nothing_open
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from bot.documents.dates import spoken_moment
from bot.domain.handovers import Available, Closed, NobodyOnline
from bot.services.bookings.office_hours import DeskHours
from bot.services.desk import handover
from bot.services.words.steering import wants_no_person


class ActionRequestAgent(SkillAction):
    """Hands over when somebody is there; each "no" has its own next step."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_request_agent"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Check working time and who is online before promising anything."""
        if wants_no_person(turn.text):  # 不找人了
            say.utter_message(response=nothing_open(turn))
            return []
        answer = _availability()
        if isinstance(answer, Available):
            say.utter_message(response="utter_handover_queued", ahead=answer.ahead)
            say.utter_message(json_message={"type": "handoff", "reason": "asked"})
        elif isinstance(answer, Closed):
            opens = spoken_moment(answer.opens_at) if answer.opens_at else ""
            say.utter_message(response="utter_handover_closed", opens_at=opens)
        else:
            say.utter_message(response="utter_handover_nobody_online")
        return []


class ActionTellQueue(SkillAction):
    """Says how long one waits for a person; no rule names it, words behind a hand-over do."""

    def name(self) -> str:
        """Return the name by which it is found."""
        return "action_tell_queue"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say that nobody waits where nobody is there; else ask for a person once more."""
        answer = _availability()
        if isinstance(answer, Available):
            say.utter_message(response="utter_handover_again")
        elif isinstance(answer, Closed) and answer.opens_at:
            opens = spoken_moment(answer.opens_at)
            say.utter_message(response="utter_handover_no_queue", opens_at=opens)
        else:
            say.utter_message(response="utter_handover_no_queue_now")
        return []


def _availability() -> Available | NobodyOnline | Closed:
    """Tell whether a person can take the conversation now."""
    application = app()
    hours = DeskHours(application.unit_of_work, application.calendar)
    return handover.availability(application.unit_of_work, now=application.now(), hours=hours)
