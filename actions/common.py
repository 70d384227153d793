"""Control of the conversation: bare names, stop, repeat, yes and no, what a button means."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.change import means_withdraw, open_apply_choice, own, start_change
from actions.bookings.left import say_booking_left
from actions.bookings.offers import answer_line, press
from actions.changes.life_ends import end_instead
from actions.changes.life_events import OFFER as PLAN_OFFER
from actions.changes.life_events import offer_plan, open_plan
from actions.delete_plan import DELETE
from actions.finding.halls import answer_hall_there
from actions.finding.matter_answer import say_answer
from actions.forms.form import form_named
from actions.forms.leaving import DROPS, without_leaving
from actions.forms.resuming import AFRESH, PAUSED, RESUME_CHOICE, resume
from actions.forms.stopped import say_stopped
from actions.licences.which_paper import ask_which_paper
from actions.questions.matter_faqs import say_question
from actions.steering.best_of_all import SURE_OWN, says_instead_of_refusal
from actions.steering.closed import nothing_open
from actions.steering.refused import say_not_ours
from actions.steering.steer import answer_one, do
from actions.turns.beside import asked_besides
from actions.turns.focus import TICKET, on_matter
from actions.turns.history import Event, last_bot_messages, slot_values
from actions.turns.intent_actions import INTENT_ACTIONS
from actions.turns.names import sure_matter
from actions.turns.offers import LATER, LATER_CHOICE, OFFER, take_waiting, waiting
from actions.turns.opens_form import RESUMED, start_form
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.skill import SkillAction, close_form, finish_form
from actions.turns.turn import QUESTION_INTENTS, Entity, Turn
from bot.domain.matters import Matter
from bot.services.bookings.news import ASSIST_CHOICE, OFFER_CHOICE
from bot.services.reading.answers import read_yes_no
from bot.services.words.closing import closing
from bot.services.words.form_remarks import (
    confirms,
    drops_both,
    has_farewell,
    only_gives_up,
    wants_deletion,
)
from bot.services.words.matter_remarks import asks, licence_about
from bot.services.words.remarks import clauses, goes_back_to, resumes
from bot.services.words.ticket import names_ticket, takes_ticket_back

LEAVE_TAKEN = frozenset({"goodbye", "thank"})
"""Intents of who wants nothing more, unless something is asked in the same breath."""

SHORT_ANSWER = 3
SURE_ANSWER = 0.8
"""A longer yes or no is believed from this confidence on."""

REPLIES = {
    "abuse": "utter_common_abuse",
    "ask_capabilities": "utter_common_capabilities",
    "ask_privacy": "utter_common_privacy",
    "bot_challenge": "utter_common_bot_challenge",
    "chitchat": "utter_common_chitchat",
    "emergency": "utter_common_emergency",
    "goodbye": "utter_common_goodbye",
    "greet": "utter_common_greet",
    "out_of_scope": "utter_common_out_of_scope",
    "thank": "utter_common_thank",
}
"""What is said to an intent that asks for nothing to be done."""


class ActionReply(SkillAction):
    """Small talk and the like: one sentence, unless the message asks for something beside it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_reply"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say what belongs to the intent."""
        if turn.intent == "greet" and turn.loop is not None:
            say.utter_message(response="utter_common_here")
            return []
        if turn.loop is None and turn.intent in LEAVE_TAKEN and (behind := _asked_in(turn)):
            return answer_one(behind, say)  # 中 那我先搬 搬完再去登记晚不晚
        danger = app().dialogue_words.danger
        is_doubtful = turn.intent == "emergency" and danger.is_doubtful(turn.text)
        meant = _asked_all_the_same(turn, say, is_doubtful=is_doubtful)
        if meant is not None:
            return on_matter(meant, "eligibility") if turn.loop is None else []
        if turn.intent == "out_of_scope" and (which := ask_which_paper(turn)):
            return which
        asked = asked_besides(turn) if is_doubtful else None
        if asked is not None:  # 救护车来了，没事了。刚才装电那个，几天能通上
            return action_named(INTENT_ACTIONS[asked.intent]).act(asked, say)
        reply = REPLIES[turn.intent]
        if is_doubtful:  # 税务要封我账户 救救我
            is_over = danger.is_over(turn.text)
            reply = "utter_common_no_hurry" if is_over else "utter_feedback_offer"
        if turn.intent == "out_of_scope" and turn.loop is None:
            say_not_ours(turn, say)
        else:
            say.utter_message(response=reply)
        return []


def _asked_all_the_same(
    turn: Turn, say: CollectingDispatcher, *, is_doubtful: bool
) -> Matter | None:
    """Answer what a refused text asks (啥时候能刷医保卡), or a cry that is none (想拆承重墙)."""
    if turn.intent == "out_of_scope":
        return says_instead_of_refusal(turn, say)
    sure = app().question_finder.best_of_all(turn.text) if is_doubtful else None
    if sure is None or sure.score < SURE_OWN:
        return None
    say_question(turn, sure, say)
    return sure.matter


class ActionInform(SkillAction):
    """Takes a bare name said outside any question: a matter, a trade, a project, a number."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_inform"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open what the name stands for; what names nothing was not understood."""
        if turn.choice is not None:
            return _open_choice(turn, say)
        if _is_bare_phone(turn):
            say.utter_message(response="utter_common_what_number")
            return []
        return action_named("action_fallback").act(turn, say)


class ActionStop(SkillAction):
    """Leaves the current task; what was answered stays known, and it can be taken up again."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_stop"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Close the form, or say that none is open."""
        if turn.loop is None and means_withdraw(turn.text) and own(turn):
            return start_change(turn, say, withdraws=True)
        is_known = turn.slots.get("focus") == TICKET or names_ticket(turn.text)
        takes_back = is_known and takes_ticket_back(turn.text)  # 投诉不要了
        wanted = without_leaving(turn) if turn.loop is None else None
        if wanted is not None and not (
            takes_back and wanted.intent in DROPS.values()
        ):  # "算了，我想问问营业执照咋办" with nothing open
            return do(Request(wanted.intent, wanted.text, wanted.entities), wanted, say)
        if turn.loop is None:
            is_bare = only_gives_up(turn.text)  # 不想弄了 ends no business
            if not is_bare and (ended := end_instead(turn, None, say)) is not None:
                return ended  # 不干了想注销, 暂停营业一阵子 leave no form but a business
            response = "utter_whistle_take_back" if takes_back else nothing_open(turn)
            say.utter_message(response=response)
            return [SlotSet("open_forms", []), SlotSet(OFFER, None)]
        if drops_both(turn.text):  # what waits is not wanted either
            turn = replace(turn, slots={**turn.slots, LATER: []})
        if turn.loop == "booking_form":
            say_booking_left(turn, say)
        elif turn.loop == "ticket_form" and takes_ticket_back(turn.text):  # 那我撤了吧
            say.utter_message(response="utter_whistle_take_back")
        else:
            say_stopped(turn, say)
        if wants_deletion(turn.text):
            say.utter_message(response="utter_common_privacy")
        left = SlotSet(LATER, turn.slots.get(LATER))
        if _goes_on_with_paused(turn):
            return [*close_form(), left, *resume(str(turn.slots[PAUSED]), turn, say)]
        kept = [SlotSet(PAUSED, turn.loop)] if turn.loop in RESUMED else []
        return [*close_form(), *kept, left, *finish_form(turn, say)]


def _goes_on_with_paused(turn: Turn) -> bool:
    """Tell whether what was left before is gone on with: 不投诉了，还是接着弄电竞馆."""
    paused, waiting = turn.slots.get(PAUSED), turn.slots.get("open_forms")
    is_left = paused in RESUMED and paused != turn.loop and not waiting
    return is_left and any(resumes(part) or goes_back_to(part) for part in clauses(turn.text))


class ActionRepeat(SkillAction):
    """Says again what was said last; inside a form the open question follows by itself."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_repeat"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Repeat the messages of the last turn of the bot, or the answer that the text names."""
        named = _answer_named(turn)
        if named is not None:
            say_answer(*named, say)
            return on_matter(named[1], named[0])
        for event in last_bot_messages(turn):
            extra = event.get("data") or {}
            is_said = event.get("text") or extra.get("buttons")  # else a payload for the hub
            if is_said and not (turn.loop is not None and _asks_by_itself(event)):
                say.utter_message(text=event.get("text"), buttons=extra.get("buttons") or [])
        if turn.loop is None and not say.messages:
            say.utter_message(response="utter_common_greet")
        return []


def _asked_in(turn: Turn) -> Turn | None:
    """Return the turn as if only its question were said; None where nothing is asked."""
    parts = [one for one in clauses(turn.text) if closing(one) is None and not has_farewell(one)]
    asked = next((one for one in parts if asks(one)), None)
    if asked is None:
        return None
    kept = tuple(one for one in turn.entities if one.value in asked)
    alone = replace(turn, text=asked, typed=asked, entities=kept, clauses=())
    return replace(alone, intent="nlu_fallback", ranking=(("nlu_fallback", turn.confidence),))


def _asks_by_itself(event: Event) -> bool:
    """Tell whether a message is the open question of a form, which follows by itself."""
    return "_ask_" in str((event.get("metadata") or {}).get("utter_action") or "")


def _answer_named(turn: Turn) -> tuple[str, Matter] | None:
    """Return topic and matter of the answer to be said again: "迁移那个要交什么 再发遍"."""
    asked = next((part for part in turn.clauses if part.intent in QUESTION_INTENTS), None)
    if asked is None:
        return None
    about, known = licence_about(asked.text), app().catalogue.matters
    spoken = [known[one] for one in slot_values(turn, "matter_id") if one in known]
    named = next((one for one in reversed(spoken) if about and about in one.name), None)
    matter = named or sure_matter(asked.text)
    return None if matter is None else (asked.intent.removeprefix("ask_"), matter)


class ActionHandBack(SkillAction):
    """Comes back after a person has helped; an open form repeats its question by itself."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_hand_back"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say that the bot is back."""
        if turn.loop is None:
            say.utter_message(response="utter_handover_back")
        else:
            say.utter_message(response="utter_handover_back_to_question")
        return []


class ActionOutsideForm(SkillAction):
    """Answers yes, no, "skip" and "go back" when no question is open."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_outside_form"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say that nothing is open and what can be started; a no drops what was offered."""
        if answer_line(turn, say):
            return []
        if turn.slots.get("focus") == TICKET and confirms(turn.text):  # 提交吧: it is sent already
            return action_named("action_start_ticket").act(turn, say)
        planned = turn.slots.get("life_event_offer")
        if planned and turn.intent == "affirm" and not _is_no_answer(turn):
            return open_plan(turn, app().catalogue.life_event(str(planned)), say)
        if planned and turn.intent == "deny" and read_yes_no(turn.text) is None:
            # 没有债务 tells something about what was offered and is no refusal
            return offer_plan(turn, app().catalogue.life_event(str(planned)), say)
        if _is_no_answer(turn) and not confirms(clauses(turn.text)[-1]):
            return action_named("action_fallback").act(turn, say)
        changed = end_instead(turn, None, say) if turn.intent == "go_back" else None
        if changed is not None:  # 店名想改改
            return changed
        say.utter_message(response=nothing_open(turn))
        dropped = [SlotSet("life_event_offer", None)] if planned else []
        if waiting(turn):
            return [*dropped, *take_waiting(turn, waiting(turn)[0])]
        return [*dropped, SlotSet(OFFER, None)]


def _is_bare_phone(turn: Turn) -> bool:
    """Tell whether a text is a telephone number and nothing else."""
    number = turn.entity("phone")
    return number is not None and not any(map(str.isalnum, turn.text.replace(number, "")))


def _is_no_answer(turn: Turn) -> bool:
    """Tell whether the words, taken for yes or no, are neither."""
    if turn.intent not in {"affirm", "deny"} or len(turn.text) <= SHORT_ANSWER:
        return False
    if read_yes_no(clauses(turn.text)[0]) is True and not asks(turn.text):
        return False  # 行，信你一回
    if any(map(confirms, clauses(turn.text))):  # 不留名了 就这样
        return False
    return read_yes_no(turn.text) is None and turn.confidence < SURE_ANSWER


def _open_choice(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    assert turn.choice is not None
    slot, value = turn.choice
    paused = turn.slots.get(PAUSED)
    if slot in {"topic_matter", "matter_id"} and value in app().catalogue.matters:
        matter = app().catalogue.matter(value)
        say.utter_message(response="utter_matters_what_about", matter=matter.name)
        return on_matter(matter)
    if slot == PLAN_OFFER and value in app().catalogue.life_events:
        return open_plan(turn, app().catalogue.life_event(value), say)
    if slot == LATER_CHOICE and waiting(turn):
        first = waiting(turn)[0]
        return [*take_waiting(turn, first), *do(first, turn, say)]
    if slot == RESUME_CHOICE and paused in RESUMED:
        taken = _begin_anew if value == AFRESH else resume
        return taken(str(paused), turn, say)
    hall = answer_hall_there(turn, say)
    if hall is not None:
        return hall
    if slot in {OFFER_CHOICE, ASSIST_CHOICE}:
        return press(turn, say)
    if slot == DELETE:
        agreed = (Entity(DELETE, value, 0, 0),)
        return action_named("action_delete_plan").act(replace(turn, entities=agreed), say)
    applied = open_apply_choice(turn, say)
    if applied is not None:
        return applied
    say.utter_message(response="utter_common_old_button")
    return []


def _begin_anew(name: str, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    form = form_named(name)
    assert form is not None
    say.utter_message(response="utter_common_restarted")
    return [SlotSet(PAUSED, None), *start_form(turn, name, **form.emptied(turn))]
