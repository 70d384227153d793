"""Does what a message asks for, all of it, or the first with the rest kept for later."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.finding.no_matter import says_general
from actions.steering.steer import do
from actions.trades.running import instead_of_opening
from actions.trades.start_answers import STARTUP
from actions.turns.intent_actions import INTENT_ACTIONS
from actions.turns.intent_groups import JOURNEYS, LOOKED_UP, SUMMED
from actions.turns.names import sure_matter
from actions.turns.offers import offer_waiting, say_noted, wait
from actions.turns.registry import Skill
from actions.turns.requests import Request, requests_in, with_journey, without_done
from actions.turns.trades_named import trade_of
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.plans.open_already import asks_anew, opens_one_more
from bot.services.words.matter_remarks import asks_which_licences
from bot.services.words.standing import asks_when_built

CASE_FORM = "case_form"
"""Form in which what is asked of the procedure is asked of the case, in all its clauses."""

STARTS = "start_business"
"""Intent of who begins a business."""


def serve(skill: Skill, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Do what the message asks for, all of it or the first with the rest kept for later."""
    found = requests_in(turn)
    instead = instead_of_opening(turn, found, say)
    if instead is not None:
        return instead
    asked = with_journey(turn, without_done(found))
    if len(asked) == 1 and asked[0].intent == turn.intent:
        return skill.act(turn, say)
    doable = [request for request in asked if request.intent in INTENT_ACTIONS]
    services = [request for request in doable if request.intent not in LOOKED_UP]
    questions = [_of_form(one, turn, services) for one in doable if one.intent in LOOKED_UP]
    if not services and turn.loop == CASE_FORM and says_general(turn, say):
        return [SlotSet("form_failures", 0.0)]  # 材料不齐 他们几天里头得告诉我
    first, later = services[:1], services[1:]
    order = [*first, *questions] if first and first[0].intent in JOURNEYS else [*questions, *first]
    if not order:
        return skill.act(turn, say)
    return _in_turn(order, later, turn, say)


def _of_form(asked: Request, turn: Turn, services: list[Request]) -> Request:
    """Return a question beside the start of a business of which only the form is told as a whole.

    "想在高唐开个分公司，要什么材料" asks of the registration, and not of a plan without a trade.
    """
    begins = bool(services) and services[0].intent == STARTS
    is_bare = begins and turn.entity("industry") is None and turn.loop is None
    matter = sure_matter(turn.text) if is_bare and asked.intent in SUMMED | {"ask_place"} else None
    is_own = matter is not None and matter.category == STARTUP
    return Request(asked.intent, turn.text, turn.entities) if is_own else asked


def _in_turn(
    order: list[Request], later: list[Request], turn: Turn, say: CollectingDispatcher
) -> list[EventType]:
    """Do one request after the other until one opens a form; what is left waits.

    A journey comes first: its form opens behind the questions that are asked beside it.
    """
    events: list[EventType] = []
    moves: list[EventType] = []
    order = _answerable_first(_without_known(order), turn)
    for index, request in enumerate(order):
        is_journey = request.intent in JOURNEYS
        done = do(request, _after(turn, events), say)
        events += [event for event in done if event.get("event") == "slot"]
        opened = [event for event in done if event.get("event") != "slot"]
        moves = moves or opened
        if opened and not is_journey:
            later = [*order[index + 1 :], *later]
            break
    events += wait(_after(turn, events), later)
    if moves and later:
        say_noted(later, say)
    if not moves:
        events += offer_waiting(_after(turn, events), say)
    return [*events, *moves]


def _without_known(order: list[Request]) -> list[Request]:
    """Leave out the questions that the journey begun in the same message answers by itself.

    So 啥时候能开工 of a project, and 运动馆那边还要啥证 of a hall for badminton.
    """
    begun = next((one for one in order if one.intent in JOURNEYS), None)
    if begun is None:
        return order
    trades = {trade_of(one.value) for one in begun.entities if one.name == "industry"}

    def is_known(request: Request) -> bool:
        if request.intent not in QUESTION_INTENTS:
            return False
        if begun.intent == "plan_project":
            return asks_when_built(request.text)
        if opens_one_more(begun.text) and asks_anew(request.text):
            return True  # said with the beginning: 得重新注册公司吗
        own = {trade_of(one.value) for one in request.entities if one.name == "industry"}
        return bool(own) and own <= trades and asks_which_licences(request.text)

    return [request for request in order if not is_known(request)]


def _answerable_first(order: list[Request], turn: Turn) -> list[Request]:
    """Put the questions behind the others that must ask back before they can be answered."""
    if all(request.intent not in QUESTION_INTENTS for request in order[:-1]):
        return order

    def asks_back(request: Request) -> bool:
        if request.intent not in QUESTION_INTENTS:
            return False
        return any(e.get("event") != "slot" for e in do(request, turn, CollectingDispatcher()))

    return sorted(order, key=asks_back)


def _after(turn: Turn, events: list[EventType]) -> Turn:
    """Return the turn as it stands once these slots are set."""
    slots = {**turn.slots, **{e["name"]: e["value"] for e in events if e.get("event") == "slot"}}
    return replace(turn, slots=slots)
