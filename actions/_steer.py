"""What comes before any action: danger, orders to a machine, resuming, yes to an offer.

The one mechanism by which a message is turned away from the action that its intent stands for.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._anonymity import says_anonymity
from actions._asides import says_aside
from actions._buttons import ITEM_MARK, choice_button
from actions._calmed import is_calmed
from actions._focus import MATTER, PLAN, POLICY, TICKET, on_matter, read_focus
from actions._history import is_back, slot_values_by_turn
from actions._matter_faqs import asks_known
from actions._matter_named import matter_after_all
from actions._names import find_matters, sure_matter
from actions._not_recorded import answer_not_recorded
from actions._offers import offer_waiting, standing_offer, take_waiting, wait
from actions._project_type_told import tell_project_type
from actions._registry import Skill, action_named
from actions._requests import (
    APPOINTMENTS,
    EMPTY,
    JOURNEYS,
    LOOKED_UP,
    STORIES,
    Request,
    misheard,
    requests_in,
    with_journey,
    without_done,
)
from actions._turn import QUESTION_INTENTS, Entity, Turn
from actions._what_it_is import say_what_it_is
from bot.documents.labels import AFRESH as AFRESH_TITLE
from bot.documents.labels import CONTINUE as CONTINUE_TITLE
from bot.services.answers import read_yes_no
from bot.services.asked_words import begins_it, wants_benefit
from bot.services.business_words import takes_over
from bot.services.matter_remarks import asks, asks_for_licence, asks_who_approves
from bot.services.plan_remarks import deletes_plan, wants_copy
from bot.services.policy_remarks import watch_wish
from bot.services.remarks import (
    asks_the_same_of,
    clauses,
    gives_orders,
    is_babble,
    is_here_again,
    is_latin_noise,
    paper_asked,
    resumes,
    takes_up_again,
    wants_call_back,
)
from bot.services.story_words import (
    asks_rather,
    chooses,
    doubts_us,
    is_hearsay,
    speaks_of_case,
    speaks_of_ticket,
    wants_person,
    weighs,
)
from bot.services.ticket_words import asks_number, wants_to_add

PAUSED = "paused_form"
"""Slot: the form that was left unfinished and can be taken up again."""

TRADE = "start_business_trade"
"""Slot: the trade of the journey, or the one that was asked about before any."""

RESUME_CHOICE = "resume"
CONTINUE, AFRESH = "continue", "fresh"
"""Choices of the buttons under "last time we got as far as …"."""

FORM_INTENTS: Mapping[str, str] = {
    "booking_form": "book_appointment",
    "case_form": "query_case",
    "feedback_form": "suggest",
    "live_plan_form": "show_plan",
    "matter_form": "ask_procedure",
    "plan_project_form": "plan_project",
    "policy_form": "match_policy",
    "review_form": "rate_service",
    "start_business_form": "start_business",
    "ticket_form": "query_ticket",
    "whistle_form": "blow_whistle",
}
"""Form to the intent that begins it."""

OWN_INTENTS: Mapping[str, frozenset[str]] = {
    "booking_form": frozenset({"book_appointment", "change_appointment"}),
    "feedback_form": frozenset({"suggest"}),
    "plan_project_form": frozenset({"plan_project"}),
    "start_business_form": frozenset({"start_business"}),
    "whistle_form": frozenset({"blow_whistle"}),
}
"""Form to the intents that speak of what it is about, so that they do not lead out of it."""

UNCLEAR = frozenset({"ask_privacy", "bot_challenge", "chitchat", "nlu_fallback", "out_of_scope"})
"""Intents under which a doubt in us is found by its words."""

POLITE_WORDS = frozenset({"chitchat", "greet"})
"""Intents of a text that may name, behind its greeting, what it is about."""

WORTH_A_TRY = 0.1
"""From this probability on the next guess is tried where the first cannot be meant."""

SURE_ALARM = 0.6
"""From this confidence on the model's `emergency` alone is believed inside a form."""

SHORT_WISH = 7
"""Characters of a wish that is also the name of a matter: 注册公司."""

INTENT_ACTIONS: Mapping[str, str] = {
    **{intent: f"action_answer_{intent.removeprefix('ask_')}" for intent in QUESTION_INTENTS},
    "apply_online": "action_apply_online",
    "apply_policy": "action_apply_policy",
    "blow_whistle": "action_start_whistle",
    "book_appointment": "action_start_booking",
    "cancel_appointment": "action_cancel_booking",
    "change_appointment": "action_change_booking",
    "complain": "action_start_complaint",
    "follow_case": "action_follow_case",
    "match_policy": "action_start_policy_match",
    "plan_project": "action_start_plan_project",
    "query_appointment": "action_show_bookings",
    "query_case": "action_start_case",
    "query_ticket": "action_start_ticket",
    "rate_service": "action_start_review",
    "remind_plan": "action_remind_plan",
    "request_agent": "action_request_agent",
    "search_policy": "action_search_policy",
    "show_plan": "action_show_plan",
    "start_business": "action_start_business",
    "suggest": "action_start_suggestion",
    "urge_case": "action_urge_case",
}
"""What the rules do for an intent, for requests that no rule sees; a test compares the two."""


def do(request: Request, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Run the action that a request stands for."""
    name = INTENT_ACTIONS.get(request.intent, f"action_{request.intent}")
    return action_named(name).act(request.turn(turn), say)


def alarm(turn: Turn, say: CollectingDispatcher) -> bool:
    """Give the emergency numbers when the words are clear, whatever the model thinks."""
    danger = app().dialogue_words.danger
    sure = turn.intent == "emergency" and turn.choice is None and not danger.is_over(turn.text)
    # between the questions of a form, an unsure guess is rather an answer: "好像有，一个冰柜"
    sure = sure and (turn.loop is None or turn.confidence >= SURE_ALARM)
    if not turn.text or not (sure or danger.are_in(turn.text)):
        return False
    say.utter_message(response="utter_common_emergency")
    return True


def divert(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is not what its intent says; None to go on. Called outside forms only."""
    if not turn.text:
        return None
    if alarm(turn, say) or is_calmed(turn, say):
        return []
    if turn.intent == "abuse":
        return None
    if gives_orders(turn.text):
        say.utter_message(response="utter_common_just_text")
        return []
    if turn.loop is not None:
        return None
    noise = is_latin_noise(turn.text) or is_babble(turn.text)
    if noise or turn.text in app().dialogue_words.broad:
        return action_named("action_fallback").act(turn, say)
    done = _read_again(turn, say)
    done = _done_instead(turn, say) if done is None else done
    if done is not None:
        return done
    named = _named_instead(turn, say)
    if named:
        return named
    if turn.slots.get("focus") == TICKET and _is_about_ticket(turn):
        return action_named("action_start_ticket").act(replace(turn, intent="query_ticket"), say)
    return _follow(turn, say)


def _named_instead(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for a matter that is named after all, or for the end of a business; else nothing."""
    is_same = turn.intent == "out_of_scope" and asks_the_same_of(turn.text)
    is_ours = is_same and matter_after_all(turn) is not None
    if _is_about_a_licence(turn) or is_ours:
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    return action_named("action_offer_end").act(turn, say) if _ends_a_business(turn) else []


def _follow(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Take up what was offered or left, or what was talked about; None when the text means neither.

    What is out of scope with little certainty comes last.
    """
    followed = _take_up(turn, say) or action_named("action_follow_up").act(turn, say)
    if not followed and turn.intent == "out_of_scope" and matter_after_all(turn) is not None:
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    return followed or answer_not_recorded(turn, say) or None


def _done_instead(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Hand over a paper of a plan, delete one, say what is no service; None for nothing."""
    meant = _meant_instead(turn, say)
    if meant is not None:
        return meant
    paper = "" if wants_copy(turn.text) else paper_asked(turn.text)
    if paper is not None and turn.slots.get("journey") and turn.entity("matter") is None:
        wanted = Entity("paper", paper, 0, len(turn.text))
        return action_named("action_take_papers").act(replace(turn, entities=(wanted,)), say)
    if turn.intent in STORIES and asks_who_approves(turn.text) and turn.entity("matter"):
        return action_named("action_answer_place").act(replace(turn, intent="ask_place"), say)
    if _wants_booking(turn):
        return action_named("action_start_booking").act(turn, say)
    if watch_wish(turn.text) is not None:
        return action_named("action_start_policy_match").act(turn, say)
    if deletes_plan(turn.text):
        return action_named("action_delete_plan").act(turn, say)
    return None


def _meant_instead(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Begin with a business, or answer what only sounds like a step back; None for neither."""
    if _founds(turn):
        wish = replace(turn, intent="start_business", entities=())
        return action_named("action_start_business").act(wish, say)
    topics = app().dialogue_words.topics_in(turn.text) if turn.intent == "go_back" else []
    if topics:  # 刚才说的那个改地址几天能好 takes nothing back
        asked = replace(turn, intent=f"ask_{topics[0]}")
        return action_named(f"action_answer_{topics[0]}").act(asked, say)
    if turn.intent == "change_appointment" and _changes_no_booking(turn):  # 章用换不
        asked = replace(turn, intent="ask_eligibility")
        return action_named("action_answer_eligibility").act(asked, say)
    if _begins_with_trade(turn):
        return action_named("action_start_business").act(replace(turn, intent="affirm"), say)
    behind = _asked_behind_yes(turn)
    if behind is None:
        return None
    return _follow(behind, say) or action_named("action_inform").act(behind, say)


def _asked_behind_yes(turn: Turn) -> Turn | None:
    """Return the turn as if of "好，那范围变更呢" only the question were said; None for none."""
    if turn.intent not in {"affirm", "thank"}:
        return None
    part = next((part for part in clauses(turn.text)[1:] if asks_the_same_of(part)), None)
    if part is None:
        return None
    named = tuple(entity for entity in turn.entities if entity.value in part)
    return replace(turn, intent="inform", text=part, entities=named, clauses=())


def _is_question_instead(turn: Turn) -> bool:
    """Tell whether a question is taken for a doubt in us, for a case, or for a cry for help."""
    if turn.intent in {"query_case", "urge_case"}:
        named = turn.entity("matter") is not None
        if turn.intent == "urge_case" and named and chooses(turn.text):
            return True
        is_case = speaks_of_case(turn.text) or turn.entity("case_number") is not None
        is_meant = named or sure_matter(turn.text) is not None or asks_for_licence(turn.text)
        return not is_case and (is_meant or turn.slots.get("focus") == MATTER)
    if turn.intent == "request_agent":  # 我们二十来个人还用交吗
        return asks(turn.text) and not wants_person(turn.text)
    if turn.intent == "query_ticket":  # 那超出来的部分呢
        is_ticket = speaks_of_ticket(turn.text) or turn.entity("ticket_number") is not None
        return turn.slots.get("focus") in {MATTER, PLAN, POLICY} and not is_ticket
    if turn.intent == "plan_project":  # 消防那块，是验收还是备案就行
        return weighs(turn.text) and bool(find_matters(turn.text))
    if turn.intent == "blow_whistle":
        return asks(clauses(turn.text)[-1]) and asks_known(turn.text)
    return turn.intent == "dispute_answer" and asks_rather(turn.text)


def _as_likelier(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Do what the model thinks likeliest after what was not meant: a booking, a doubt."""
    guesses = (name for name, sure in turn.ranking if sure >= WORTH_A_TRY)
    intent = next(
        (name for name in guesses if name not in {*APPOINTMENTS, turn.intent}), "nlu_fallback"
    )
    is_told = turn.entity("industry") is not None and turn.entity("district") is not None
    if turn.intent == "dispute_answer" and is_told:  # who names both begins a business
        return action_named("action_start_business").act(
            replace(turn, intent="start_business"), say
        )
    instead = replace(turn, intent=intent, confidence=WORTH_A_TRY)
    done = _follow(instead, say)
    if done is not None:
        return done
    return action_named(INTENT_ACTIONS.get(intent, "action_fallback")).act(instead, say)


def _read_again(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say what a matter or a kind of project is, or something about us; None for none of these.

    A text that is taken for what it cannot mean is read again first.
    """
    if misheard(turn, turn) or _is_question_instead(turn):
        return _as_likelier(turn, say)
    if turn.intent in POLITE_WORDS and turn.entity("matter") is not None:
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    matter = say_what_it_is(turn, say)
    if matter is not None:
        return on_matter(matter, "eligibility")
    if tell_project_type(turn, say):
        return []
    if turn.intent in UNCLEAR and doubts_us(turn.text) and not is_hearsay(turn.text):
        say.utter_message(response="utter_common_genuine")
        return []
    return [] if says_anonymity(turn, say) or says_aside(turn, say) else None


def _changes_no_booking(turn: Turn) -> bool:
    """Tell whether a question of changing something names nothing of a booking."""
    of_booking = any(turn.entity(name) for name in ("date", "time", "service_mode"))
    if of_booking or re.search("约|时间|号|改天|哪天|时段|上门|窗口", turn.text):
        return False
    return asks(turn.text) and (read_focus(turn).matter is not None or read_focus(turn).is_plan)


def _begins_with_trade(turn: Turn) -> bool:
    """Tell whether "那开吧" means the trade that was asked about before."""
    is_known = bool(turn.slots.get(TRADE)) and turn.slots.get("journey") is None
    return is_known and turn.intent not in {"stop", "deny"} and begins_it(turn.text)


def _ends_a_business(turn: Turn) -> bool:
    """Tell whether "不干了想注销", or a shop that changes hands, is meant."""
    is_unclear = turn.intent in {"deny", "nlu_fallback", "out_of_scope", "skip", "stop"}
    is_unclear |= turn.intent == "query_case" and takes_over(turn.text)
    is_unclear |= turn.intent == "match_policy" and not wants_benefit(turn.text)
    return is_unclear and app().life_events.find(turn.text) is not None


def _founds(turn: Turn) -> bool:
    """Tell whether "注册公司", the name of a matter as well, is said to begin with it."""
    verb = turn.text.startswith(("注册", "成立", "设立", "开办"))
    if turn.intent != "inform" or not verb or len(turn.text) > SHORT_WISH:
        return False
    matter = sure_matter(turn.entity("matter"))
    kinds = app().catalogue.enterprise_types.values()
    return matter is not None and matter.id in {kind.matter_id for kind in kinds}


def _wants_booking(turn: Turn) -> bool:
    """Tell whether a call back, or how help is booked, is asked for: "让他们给我回个电话"."""
    if turn.entity("matter") is not None:
        return False
    asks_how = turn.intent == "ask_procedure" and turn.entity("service_mode") is not None
    is_free = turn.intent in UNCLEAR | {"follow_case", "ask_procedure", "inform", "request_agent"}
    return asks_how or (is_free and wants_call_back(turn.text))


def _is_about_ticket(turn: Turn) -> bool:
    """Tell whether something is added to what was filed, or its number is asked for."""
    return wants_to_add(turn.text) or asks_number(turn.text)


def _is_about_a_licence(turn: Turn) -> bool:
    """Tell whether "我想办个卫生许可证" means one licence and not a whole new business."""
    if turn.intent != "start_business" or turn.entity("industry"):
        return False
    matter = sure_matter(turn.entity("matter"))
    registrations = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    return matter is not None and matter.id not in registrations and not turn.clauses


def _take_up(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Do what was offered or left unfinished, when the text says so."""
    offered = standing_offer(turn)
    agrees = turn.intent == "affirm" or (turn.intent == "thank" and read_yes_no(turn.text))
    if offered is not None and (agrees or resumes(turn.text)):
        return [*take_waiting(turn, offered), *do(offered, turn, say)]
    if agrees and turn.intent == "thank" and _was_just_offered(turn, "life_event_offer"):
        return action_named("action_outside_form").act(replace(turn, intent="affirm"), say)
    paused = turn.slots.get(PAUSED)
    paused = paused if paused in app().dialogue_words.forms else None
    if paused and (resumes(turn.text) or takes_up_again(turn.text)):
        return resume(str(paused), say)
    if not paused and turn.slots.get("journey") and any(map(resumes, clauses(turn.text))):
        return action_named("action_show_plan").act(replace(turn, intent="show_plan"), say)
    if (
        paused
        and (is_back(turn) or is_here_again(turn.text))
        and _says_nothing_new(turn, str(paused))
    ):
        return offer_to_resume(str(paused), say)
    return []


def _was_just_offered(turn: Turn, slot: str) -> bool:
    """Tell whether the message before this one made an offer that a slot keeps."""
    made = slot_values_by_turn(turn, slot)
    return bool(turn.slots.get(slot)) and len(made) > 1 and bool(made[-2])


def _says_nothing_new(turn: Turn, paused: str) -> bool:
    is_same = turn.intent == FORM_INTENTS.get(paused) and not turn.entities
    return is_same or turn.intent in EMPTY - {"inform"}


def resume(form: str, say: CollectingDispatcher) -> list[EventType]:
    """Take up a form where it was left; what was answered is still known."""
    say.utter_message(response="utter_common_back_to_form")
    return [SlotSet(PAUSED, None), SlotSet("form_failures", 0.0), FollowupAction(form)]


def offer_to_resume(
    form: str, say: CollectingDispatcher, items: Sequence[str] = ()
) -> list[EventType]:
    """Say what was left open and what is known, and offer to go on or to begin anew."""
    label = app().dialogue_words.forms.get(form, "")
    buttons = [
        choice_button(RESUME_CHOICE, CONTINUE, CONTINUE_TITLE),
        choice_button(RESUME_CHOICE, AFRESH, AFRESH_TITLE),
    ]
    if items:
        known = ITEM_MARK.join(items)
        say.utter_message(
            response="utter_common_offer_resume_known", label=label, items=known, buttons=buttons
        )
    else:
        say.utter_message(response="utter_common_offer_resume", label=label, buttons=buttons)
    return [SlotSet("form_failures", 0.0)]


def serve(skill: Skill, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Do what the message asks for, all of it or the first with the rest kept for later."""
    asked = with_journey(turn, without_done(requests_in(turn)))
    if len(asked) == 1 and asked[0].intent == turn.intent:
        return skill.act(turn, say)
    doable = [request for request in asked if request.intent in INTENT_ACTIONS]
    questions = [request for request in doable if request.intent in LOOKED_UP]
    services = [request for request in doable if request not in questions]
    first, later = services[:1], services[1:]
    order = [*first, *questions] if first and first[0].intent in JOURNEYS else [*questions, *first]
    if not order:
        return skill.act(turn, say)
    return _in_turn(order, later, turn, say)


def _in_turn(
    order: list[Request], later: list[Request], turn: Turn, say: CollectingDispatcher
) -> list[EventType]:
    """Do one request after the other until one opens a form; what is left waits.

    A journey comes first: its form opens behind the questions that are asked beside it.
    """
    events: list[EventType] = []
    moves: list[EventType] = []
    order = _answerable_first(order, turn)
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
        say.utter_message(response="utter_common_noted_later")
    if not moves:
        events += offer_waiting(_after(turn, events), say)
    return [*events, *moves]


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
