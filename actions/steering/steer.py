"""What comes before any action: danger, orders to a machine, resuming, yes to an offer.

The one mechanism by which a message is turned away from the action that its intent stands for.
"""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.booked import does_with_booking
from actions.bookings.wishes import books_offered
from actions.casework.asked import answer_case_part, answer_of_case, as_matter_of_case
from actions.casework.sought import looks_again
from actions.changes.what_happened import answer_moved, answer_what_happened
from actions.filing.anonymity import says_anonymity
from actions.filing.filed_back import takes_back_filed
from actions.filing.just_filed import (
    answer_of_ticket,
    changes_way,
    gives_contact,
    says_filed,
    takes_addition,
)
from actions.filing.told_trouble import answer_near, answer_told_trouble, offers_to_file
from actions.filing.trouble_followed import answer_trouble_on
from actions.finding.family import asks_which_of_family
from actions.finding.matter_named import matter_after_all
from actions.finding.terms import answer_term
from actions.finding.what_it_is import say_what_it_is
from actions.forms.known import known_items
from actions.forms.resuming import PAUSED, nothing_to_resume, offer_to_resume, resume
from actions.funding.list_asked import answer_of_policies
from actions.plans.dropped import dropped_facts
from actions.plans.fit_out import answer_wall
from actions.plans.standing_asked import answer_behind_plan
from actions.plans.stands import concerns_standing
from actions.plans.whole import answer_of_standing
from actions.projects.type_told import as_trade, tell_project_type
from actions.questions.matter_faqs import asks_known
from actions.questions.misread import (
    UNCLEAR,
    asked_behind_yes,
    asks_of_registration,
    asks_where_filed,
    bare_topic,
    begins_with_trade,
    changes_a_business,
    changes_no_booking,
    ends_a_business,
    founds,
    is_about_a_licence,
    is_pointed_at_nothing,
    is_question_instead,
    lacks_some_licence,
    opens_in_a_hurry,
    story_instead,
    turns_to_pause,
    wants_booking,
)
from actions.questions.spoken_question import heard_as_question
from actions.questions.told_after import answer_told_after
from actions.steering.alarm import alarm
from actions.steering.asides import says_aside
from actions.steering.asked_outside import answer_asked
from actions.steering.calmed import asked_behind_calm, is_calmed, says_behind_alarm
from actions.steering.chosen_in_words import matter_told
from actions.steering.closed import closes
from actions.steering.done_before import answer_behind
from actions.steering.doubt_checked import is_check
from actions.steering.everyday import says_everyday
from actions.steering.heard_after import says_heard
from actions.steering.not_recorded import answer_not_recorded
from actions.steering.plain_wish import does_plain_wish
from actions.steering.unwished import answer_unwished, asked_beside_denial, files_story
from actions.trades.added_business import answer_added
from actions.trades.form_told import answer_of_form_told
from actions.trades.told_outside import answer_told_outside
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import is_back, was_just_offered
from actions.turns.intent_actions import FORM_INTENTS, INTENT_ACTIONS, RULE_ACTIONS, own_intents
from actions.turns.intent_groups import APPOINTMENTS, CASES, EMPTY, JOURNEYS, STORIES
from actions.turns.names import sure_matter
from actions.turns.offers import pressed_offer, standing_offer, take_waiting, with_answer
from actions.turns.readers import Answered, Reader, first_of, some
from actions.turns.registry import action_named, asked_in
from actions.turns.requests import Request, misheard
from actions.turns.turn import QUESTION_INTENTS, Entity, Turn
from bot.services.plans.open_already import is_of_others
from bot.services.reading.answers import read_yes_no
from bot.services.words.doubt import denies_need, disbelieves
from bot.services.words.follow_up import asks_of_one
from bot.services.words.groundless import speaks_of_trouble
from bot.services.words.machine_orders import gives_orders
from bot.services.words.matter_remarks import asks, asks_who_approves, tells_loss, wants_any_licence
from bot.services.words.noise import is_noise
from bot.services.words.plan_remarks import deletes_plan, wants_copy
from bot.services.words.policy_remarks import watch_wish
from bot.services.words.remarks import (
    asks_the_same_of,
    clauses,
    goes_back_to,
    is_correction,
    is_here_again,
    paper_asked,
    resumes,
    takes_up_again,
)
from bot.services.words.request import wants_again, wants_plan
from bot.services.words.story import (
    doubts_us,
    finds_fault,
    lacks_licence,
    tells_hearsay,
)
from bot.services.words.ticket import asks_number

POLITE_WORDS = frozenset({"chitchat", "greet"})
"""Intents of a text that may name, behind its greeting, what it is about."""

WORTH_A_TRY = 0.1
"""From this probability on the next guess is tried where the first cannot be meant."""


MISHEARD_WORKS = frozenset({"emergency", "start_business"})
"""What the model takes works on a wall for: 外墙想开个门 opens no shop."""


def do(request: Request, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Run the action that a request stands for."""
    name = INTENT_ACTIONS.get(request.intent, f"action_{request.intent}")
    return action_named(name).act(request.turn(turn), say)


WHICH_ONE = "那个证"
"""What is said of a licence that nobody named: it is asked which."""


JUST_DONE: tuple[Reader, ...] = (
    takes_back_filed,
    answer_behind,
    some(answer_of_policies),
    answer_case_part,
    does_with_booking,
    takes_addition,
    some(answer_term),
)
"""What is about that which was just filed, found or booked, and words of the field."""

PLAIN: tuple[Reader, ...] = (
    asks_which_of_family,
    some(answer_moved),
    does_plain_wish,
    answer_behind_plan,
)
"""Plain wishes, and what is asked of a plan that stands: 编号是多少, 第三步是啥."""


def divert(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is not what its intent says; None to go on. Called outside forms only."""
    if offered := pressed_offer(turn):  # 对，开始排
        return [*take_waiting(turn, offered), *do(offered, turn, say)]
    if not turn.text:
        return None
    if wall := answer_wall(turn, say) if turn.intent in MISHEARD_WORKS else []:
        return wall
    if alarm(turn, say):
        return says_behind_alarm(turn, say)
    if is_calmed(turn := heard_as_question(turn), say):
        rest = asked_behind_calm(turn)
        return [] if rest is None else answer_one(rest, say)
    if turn.intent == "abuse" and not doubts_us(turn.text) and not is_noise(turn.text):
        return None
    if gives_orders(turn.text):
        say.utter_message(response="utter_common_just_text")
        named = sure_matter(turn.entity("matter"))  # 这个证法定几天, behind it
        return [] if named is None or turn.loop is not None else on_matter(named, "eligibility")
    if turn.loop is not None:
        return action_named("action_start_booking").act(turn, say) if books_offered(turn) else None
    if (done := first_of(JUST_DONE, turn, say)) is not None:
        return done
    is_done = says_filed(turn, say) or closes(turn, say) or says_heard(turn, say)
    return [] if is_done or says_everyday(turn, say) else _outside(turn, say)


def _outside(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is not what its intent says, where no question is open; None to go on."""
    if turn.intent == "repeat" and wants_again(turn.text):
        return None  # 啥？没看清，再说一遍
    if (first := _first_outside(turn, say)) is not None:
        return first
    if (done := first_of(PLAIN, turn, say)) is not None:
        return done
    if (done := first_of(UNWISHED, turn, say)) is not None:
        return done
    turn = as_matter_of_case(turn)
    told = matter_told(turn)
    if told is not None:
        chosen = replace(turn, intent="inform", text="", choice=("matter_id", told.id))
        return action_named("action_inform").act(chosen, say)
    if _takes_up_left(turn):  # 我回来了，接着办刚才开公司那事
        return _take_up(turn, say) or None
    asked = answer_added(turn, say) or answer_of_form_told(turn, say, answer_one)
    asked = asked or answer_what_happened(turn, say) or _dropped(turn, say)
    asked = asked or (
        [] if turns_to_pause(turn) or files_story(turn) else answer_asked(turn, say, answer_one)
    )
    if asked:
        return asked
    done = None if opens_in_a_hurry(turn) else _read_again(turn, say)
    done = _done_instead(turn, say) if done is None else done
    is_own_end = ends_a_business(turn) and not is_of_others(turn.text)
    done = offers_to_file(turn, say) if done is None and not is_own_end else done
    if done is not None:
        return done
    if named := _named_instead(turn, say):
        return named
    of_ticket = answer_of_ticket(turn, say)
    return _follow(turn, say) if of_ticket is None else of_ticket


def _first_outside(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Take what is told of a business, and refuse what says nothing; None to go on."""
    if begun := answer_told_outside(turn, say):  # 200头左右, behind the offer of a plan
        return begun
    if is_noise(turn.text) or turn.text in app().dialogue_words.broad:
        return action_named("action_fallback").act(turn, say)
    if wants_any_licence(turn.text) or is_pointed_at_nothing(turn):
        last = clauses(turn.text)[-1]
        return _answer("procedure", replace(turn, text=last if asks(last) else WHICH_ONE), say)
    return None


def _dropped(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Take out of the plan a step that is not wanted, or answer for it; no events for none."""
    if whole := answer_of_standing(turn, say):
        return whole
    is_planned = read_focus(turn).journey is not None and bool(dropped_facts(turn))
    is_planned = is_planned or concerns_standing(turn)  # 要是换成公司呢, 啥时候能弄完啊
    return action_named("action_follow_up").act(turn, say) if is_planned else []


def _of_ticket(turn: Turn, say: CollectingDispatcher) -> Answered:
    """Answer what is asked of what was filed: 那个编号多少来着."""
    is_of_filed = asks_number(turn.text) or asks_where_filed(turn) or gives_contact(turn)
    return answer_of_ticket(turn, say) if is_of_filed else None


def _beside_denial(turn: Turn, say: CollectingDispatcher) -> Answered:
    """Answer what stands beside the word that it is no complaint: 我不是要投诉他们 就问食品证."""
    asked = asked_beside_denial(turn)
    return None if asked is None else answer_one(asked, say)


UNWISHED: tuple[Reader, ...] = (
    _of_ticket,
    some(looks_again),
    some(answer_told_after),
    answer_unwished,
    answer_of_case,
    answer_told_trouble,
    some(answer_trouble_on),
    _beside_denial,
)
"""What only sounds like a complaint, or tells of what was filed or of trouble."""


def answer_one(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer one of several questions as if it were the whole message."""
    done = _outside(turn, say)
    if done is not None:
        return done
    return action_named(RULE_ACTIONS.get(turn.intent, "action_fallback")).act(turn, say)


def _named_instead(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for a matter that is named after all, or for the end of a business; else nothing."""
    is_same = asks_the_same_of(turn.text) or asks_of_one(turn.text)
    is_same &= turn.intent == "out_of_scope"
    is_ours = is_same and matter_after_all(turn) is not None
    is_ours |= turn.intent == "out_of_scope" and lacks_some_licence(turn)
    is_named = is_about_a_licence(turn) or asks_of_registration(turn)
    if is_named and lacks_licence(turn.text):  # 人家来查，说我差个备案
        return _answer("procedure", turn, say)
    if is_named or changes_a_business(turn) or is_ours:
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    return action_named("action_offer_end").act(turn, say) if ends_a_business(turn) else []


def _follow(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Take up what was offered or left, or what was talked about; None when the text means neither.

    What is out of scope with little certainty comes last.
    """
    followed = _take_up(turn, say) or action_named("action_follow_up").act(turn, say)
    followed = followed or answer_near(turn, say)
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
    if (is_other := changes_way(turn)) or wants_booking(turn):
        booking = "action_change_booking" if is_other else "action_start_booking"
        return action_named(booking).act(turn, say)
    if is_check(turn):
        return action_named("action_start_dispute").act(turn, say)
    if watch_wish(turn.text) is not None:
        return action_named("action_start_policy_match").act(turn, say)
    if deletes_plan(turn.text):
        return action_named("action_delete_plan").act(turn, say)
    return None


def _meant_instead(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Begin with a business, or answer what only sounds like a step back; None for neither."""
    story = story_instead(turn)
    if story is not None:
        return action_named(INTENT_ACTIONS[story]).act(replace(turn, intent=story), say)
    if opens_in_a_hurry(turn):
        wish = replace(turn, intent="start_business", confidence=1.0, entities=as_trade(turn))
        return action_named("action_start_business").act(wish, say)
    if founds(turn):
        wish = replace(turn, intent="start_business", entities=())
        return action_named("action_start_business").act(wish, say)
    topics = app().dialogue_words.topics_in(turn.text) if turn.intent == "go_back" else []
    if topics:  # 刚才说的那个改地址几天能好 takes nothing back
        return _answer(topics[0], turn, say)
    is_form = turn.entity("enterprise_type") is not None and is_correction(turn.text)
    if turn.intent == "go_back" and not is_form and sure_matter(turn.text) is not None:
        # 执照上还是老地址，得改吧; but not 不弄个体了，注册成有限公司
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    if turn.intent == "change_appointment" and changes_no_booking(turn):  # 章用换不
        asked = replace(turn, intent="ask_eligibility")
        return action_named("action_answer_eligibility").act(asked, say)
    if turn.intent in UNCLEAR | {"emergency", "skip", "stop", "thank"} and _is_after_danger(turn):
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    if begins_with_trade(turn):
        return action_named("action_start_business").act(replace(turn, intent="affirm"), say)
    behind = asked_behind_yes(turn)
    if behind is None:
        return None
    return _follow(behind, say) or action_named("action_inform").act(behind, say)


def _is_after_danger(turn: Turn) -> bool:
    """Tell whether a danger is over and a matter is told of: 执照烧没了，火早灭了，想补一张."""
    is_out = app().dialogue_words.danger.is_put_out(turn.text)
    return is_out and sure_matter(turn.text) is not None


def _answer(topic: str, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a topic, whatever the model took the text for."""
    asked = replace(turn, intent=f"ask_{topic}")
    return action_named(f"action_answer_{topic}").act(asked, say)


def _as_likelier(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Do what the model thinks likeliest after what was not meant: a booking, a doubt."""
    kinds = (kind for kind in (STORIES, CASES) if turn.intent in kind)
    unmeant = {*APPOINTMENTS, "query_ticket", turn.intent}.union(*kinds)
    guesses = [name for name, sure in turn.ranking if sure >= WORTH_A_TRY]
    intent = next((name for name in guesses if name not in unmeant), "nlu_fallback")
    is_blame = intent in STORIES and asks(turn.text) and not finds_fault(turn.text)
    is_blame |= intent in STORIES and not speaks_of_trouble(turn.text)  # 他说他从来没查过
    # 打井都得批，不批逮着罚钱，是不; 砖头渣土往外拉 车队问我要证 啥证啊
    if is_blame or (turn.intent in STORIES and intent not in QUESTION_INTENTS):
        intent = "ask_eligibility"
    is_told = turn.entity("industry") is not None and turn.entity("district") is not None
    if turn.intent == "dispute_answer" and is_told:  # who names both begins a business
        begun = replace(turn, intent="start_business")
        return action_named("action_start_business").act(begun, say)
    topics = app().dialogue_words.topics_in(turn.text)
    if topics:
        return _answer(topics[0], turn, say)
    instead = replace(turn, intent=intent, confidence=WORTH_A_TRY)
    done = _follow(instead, say)
    if done is not None:
        return done
    return action_named(INTENT_ACTIONS.get(intent, "action_fallback")).act(instead, say)


def _read_again(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say what a matter or a kind of project is, or something about us; None for none of these.

    A text that is taken for what it cannot mean is read again first.
    """
    named = _named_all_the_same(turn, say)
    if named is not None:
        return named
    if misheard(turn, turn) or is_question_instead(turn):
        return _as_likelier(turn, say)
    topic = bare_topic(turn)
    if topic is not None:
        return _answer(topic, turn, say)
    matter = say_what_it_is(turn, say)
    if matter is not None:
        return on_matter(matter, "eligibility")
    if tell_project_type(turn, say):
        return []
    if disbelieves(turn.text) or (denies_need(turn.text) and turn.entity("matter")):
        return action_named("action_start_dispute").act(replace(turn, intent="dispute_answer"), say)
    if turn.intent in UNCLEAR | {"abuse"} and doubts_us(turn.text):
        is_heard = tells_hearsay(turn.text)
        if is_heard and (turn.entity("matter") or read_focus(turn).matter):
            return action_named("action_start_dispute").act(turn, say)
        if is_heard:
            return None
        say.utter_message(response="utter_common_genuine")
        return []
    return [] if says_anonymity(turn, say) or says_aside(turn, say) else None


def _named_all_the_same(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer for the matter of a greeting, or of what is urged and only lost; None for neither."""
    is_named = turn.entity("matter") is not None
    if turn.intent in CASES and is_named and tells_loss(turn.text):
        return _answer("procedure", turn, say)
    if turn.intent not in POLITE_WORDS:
        return None
    if is_named or (asks(turn.text) and asks_known(turn.text)):  # 药师必须天天在吗
        return action_named("action_inform").act(replace(turn, intent="inform"), say)
    return None


def _take_up(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Do what was offered or left unfinished, when the text says so."""
    offered = standing_offer(turn)
    answered = with_answer(offered, turn)
    agrees = turn.intent == "affirm" or (turn.intent == "thank" and read_yes_no(turn.text))
    if answered is not None:
        return [*take_waiting(turn, answered), *do(answered, turn, say)]
    is_ordered = offered is not None and offered.intent in JOURNEYS and wants_plan(turn.text)
    if offered is not None and (agrees or resumes(turn.text) or is_ordered):
        return [*take_waiting(turn, offered), *do(offered, turn, say)]
    orders = (agrees and turn.intent == "thank") or wants_plan(turn.text)  # 给排个先后吧
    if orders and was_just_offered(turn, "life_event_offer"):
        agreed = replace(turn, intent="affirm", text="好")
        return action_named("action_outside_form").act(agreed, say)
    paused = turn.slots.get(PAUSED)
    paused = paused if paused in app().dialogue_words.forms else None
    parts = clauses(turn.text)
    if paused and (any(map(resumes, parts)) or any(map(takes_up_again, parts))):
        return resume(str(paused), turn, say)
    if paused and goes_back_to(turn.text) and _is_of(str(paused), turn):
        return resume(str(paused), turn, say)  # 接着刚才盖养老院
    if not paused and turn.slots.get("journey") and any(map(resumes, clauses(turn.text))):
        return action_named("action_show_plan").act(replace(turn, intent="show_plan"), say)
    if (
        paused
        and (is_back(turn) or is_here_again(turn.text))
        and _says_nothing_new(turn, str(paused))
    ):
        known = known_items(asked_in(str(paused), turn), turn.slots)
        return offer_to_resume(str(paused), say, known)
    return [] if paused else nothing_to_resume(turn, say)


def _takes_up_left(turn: Turn) -> bool:
    """Tell whether a text only goes on with what was left: no clause of it asks."""
    parts = clauses(turn.text)
    is_left = turn.slots.get(PAUSED) in app().dialogue_words.forms and any(map(resumes, parts))
    is_left |= wants_plan(turn.text) and was_just_offered(turn, "life_event_offer")
    return is_left and not any(map(asks, parts))


def _is_of(paused: str, turn: Turn) -> bool:
    """Tell whether a text is about the form that was left: by its intent, or by nothing else."""
    return (
        turn.intent in own_intents(paused) | UNCLEAR | EMPTY | {"stop"}
        and turn.entity("matter") is None
    )


def _says_nothing_new(turn: Turn, paused: str) -> bool:
    is_same = turn.intent == FORM_INTENTS.get(paused) and not turn.entities
    return is_same or turn.intent in EMPTY - {"inform"}
