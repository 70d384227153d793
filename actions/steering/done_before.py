"""What is asked behind something that was done: a filed complaint, a review, an empty desk.

What was done is read out of the last responses, and stays what is talked about as long as nothing
but asides stand between. The words are those of `data/common/asides.yml` whose place begins with
`behind_`; they go before anything that the model takes a text for.
"""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.halls import answer_hall_next
from actions.turns.focus import TICKET
from actions.turns.history import lately_said
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.services.operating.numbers import NumberKind

BEHIND, ACTION = "behind_", "action_"
"""What places of asides begin with that are meant behind something, and names of actions."""

COMMON = "common"
"""Service of what is said beside every other."""

LATELY = 10
"""So many messages back something that was done is still talked about."""

TICKETS = {
    NumberKind.COMPLAINT: "complaint",
    NumberKind.SUGGESTION: "suggestion",
    NumberKind.WHISTLE: "whistle",
}


def done_before(turn: Turn) -> frozenset[str]:
    """Return the places behind what was done last: `behind_review`, `behind_review_bad`.

    Of a ticket that is spoken of its kind stands there: `behind_complaint`.
    """
    if turn.loop is not None:
        return frozenset()
    service, named = None, set()
    for said in lately_said(turn, LATELY):
        own = {name for name in said if _service(name) != COMMON}
        services = {_service(name) for name in own}
        if own and (len(services) > 1 or service not in {None, *services}):
            break
        service = next(iter(services), service)
        named |= {name.removeprefix("utter_") for name in own}
    found = {f"{BEHIND}{name}" for name in (service, *named) if name}
    return frozenset(found | _ticket(turn))


def _service(name: str) -> str:
    return name.split("_")[1] if name.count("_") > 1 else COMMON


def _ticket(turn: Turn) -> set[str]:
    number = str(turn.slots.get("ticket_number") or "")
    if turn.slots.get("focus") != TICKET:
        return set()
    return {f"{BEHIND}{name}" for kind, name in TICKETS.items() if number.startswith(kind.value)}


def answer_behind(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is asked of what was done before; None where nothing of the kind is."""
    here = done_before(turn)
    if turn.choice is not None or not turn.text:
        return None
    if (hall := answer_hall_next(turn, say)) is not None:  # 东昌府的呢
        return hall
    response = next(
        (
            one.response
            for one in app().dialogue_words.asides
            if here & one.where and one.fits(turn.text, None, None, is_after=False, said=here)
        ),
        None,
    )
    if response is None:
        return None
    if response.startswith(ACTION):
        return action_named(response).act(turn, say)
    say.utter_message(response=response)
    return [SlotSet("focus", turn.slots.get("focus"))]
