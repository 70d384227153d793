"""Questions without a subject, which every matter has: who, valid how long, what before, or else.

They are about the matter that is named or was spoken of last, and no other. The catalogue's own
question on it comes first, then its record; where neither says anything, that is said.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import OFFER
from actions.finding.both_named import both_named
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import as_offered, licence_pointed_at, registration_named
from actions.finding.matter_order import names_after, ordered
from actions.finding.not_listed import says_still_not_listed
from actions.plans.planned import planned_matters
from actions.plans.planned_licence import kind_pointed_at, planned_licence
from actions.questions.faq_asked import event_matters
from actions.questions.follow_up_kinds import (
    Answer,
    kind_asked,
    say_before,
    say_next,
    say_renewal,
    say_rest,
    say_validity,
)
from actions.questions.found_question import clear_question, found_question
from actions.questions.matter_faqs import (
    AMONG_FEW,
    CLEAR,
    say_question,
    says_question_among,
    utter,
)
from actions.questions.same_asked import (
    answer_if_counted,
    answer_if_paid,
    answer_of_form,
    answer_of_its_kind,
    answer_of_trade,
)
from actions.questions.sure_question import FITS, sure_question
from actions.steering.not_recorded import NAMES, say_recorded
from actions.trades.start_answers import STARTUP
from actions.turns.focus import MATTER, PLANNING, on_matter, on_plan, read_focus
from actions.turns.forms_named import form_in
from actions.turns.history import last_responses
from actions.turns.intent_groups import CASES
from actions.turns.names import (
    CLEAR_SCORE,
    COMPANY,
    find_matters,
    is_founding,
    meant_matter,
    named_matter,
    sure_matter,
)
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer, validities_answer
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import asks_validity
from bot.services.words.follow_up import (
    LONGEST,
    LONGEST_COMPARED,
    asks_amount,
    asks_before,
    asks_order,
    asks_renewal,
    asks_which_is_easier,
    thing_beside_held,
    things_compared,
    things_in_order,
)
from bot.services.words.form_remarks import asks_what_is_known
from bot.services.words.matter_remarks import asks, asks_consequence, that_licence
from bot.services.words.remarks import (
    clauses,
    compares,
    compares_forms,
)

SHORTEST = 5
"""Characters of a bare word that is a question: 有效期."""

TOLD = 0.3
"""How well a matter of the plan must fit a clause that tells of it."""


BOTH = 2
"""Matters that are put in order."""

SWAPS = ("换成", "换做", "要是换成", "那换成")
"""Begins the same question of another form."""

COMPANY_WORDS = ("公司", "那公司", "开公司", "办公司", "注册公司")
"""How a company is told without the name of its form."""

SHOP = "start_business"


SURE_FAQ, REFUSED_FAQ = 0.6, 0.4
"""From this score on a question of the catalogue says how two matters differ, or is one of the
change that was offered; from the second on where the message is refused otherwise."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope"})


def answer_follow_up(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such a question of the matter that is meant; no events when it is none."""
    # 我前头说的哪个县来着
    is_of_form = turn.loop is not None and asks_what_is_known(turn.text)
    if turn.choice is not None or turn.loop not in {None, *PLANNING} or is_of_form:
        return []
    of_form = answer_of_form(turn, say) or _of_event(turn, say)
    if of_form:
        return of_form
    said, turn = turn, as_offered(turn)
    first = says_still_not_listed(turn, say) or _compare(turn, say) or _order_named(turn, say)
    first = first or answer_of_its_kind(turn, say) or answer_of_trade(turn, say)
    if first or sum(one.name == "matter" for one in turn.entities) > 1:
        return first  # of several matters it is asked of the trade that they belong to
    named = _named(turn)
    if asks_order(turn.text):
        return _say_order(turn, named or sure_matter(turn.text), say)
    is_plan = read_focus(turn).is_plan and turn.loop is None and turn is said
    if is_plan and kind_pointed_at(turn) is None:  # 那个登记证管几年
        return []
    answer = _answer_of(turn, named)
    pointed = sure_matter(that_licence(turn.text))  # 食品那个证管几年, after the order of two
    pointed = pointed or planned_licence(
        turn, named.name if named is not None else None
    )  # 卫生那块归哪管
    matter = named or _clear(turn) or _told_before(turn) or pointed or _spoken(turn)
    if matter is None and answer is say_rest and turn.loop is None:  # 渣土车没证罚多少
        matter = sure_matter(turn.text)
    is_said = answer is say_validity and not asks(turn.text) and len(turn.text) > SHORTEST
    counted = answer_if_paid(turn, say) or answer_if_counted(turn, say)
    if counted:
        return counted
    is_else = answer is say_rest and _is_of_another(turn, matter)
    if answer is None or is_said or len(turn.text) > LONGEST or is_else:
        return []
    if matter is None:
        return _of_plan(turn, say)
    answer(turn, matter, say)
    return on_matter(matter, read_focus(turn).topic or "eligibility")


def _of_event(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of the change or end whose plan was just offered: 要先交税吗."""
    event = app().catalogue.life_events.get(str(turn.slots.get(OFFER) or ""))
    is_offered = "utter_life_events_offer" in last_responses(turn)
    if event is None or not is_offered or turn.loop is not None:
        return []
    least = REFUSED_FAQ if turn.intent in REFUSED else SURE_FAQ
    asked = app().question_finder.among(turn.text, event_matters(turn, event), least)
    is_told = turn.intent in REFUSED and not asks(turn.text)  # 复印 打证件照 还装订
    if asked is None or (is_told and asked.score < SURE_FAQ):
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")


def _is_of_another(turn: Turn, matter: Matter | None) -> bool:
    """Tell whether a question of the catalogue on another matter is asked beyond doubt."""
    clear = clear_question(turn) if matter is not None and turn.loop is None else None
    return clear is not None and matter is not None and clear.matter.id != matter.id


def _order_named(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say which of two matters that a text names comes first; no events for another text."""
    names = [one.value for one in turn.entities if one.name == "matter"]
    names = names if len(names) == BOTH else list(things_in_order(turn.text))
    if len(names) != BOTH or not asks_order(turn.text, LONGEST_COMPARED):
        return _before_named(turn, say)
    asked = clear_question(turn)
    asked_rather = asked or sure_question(turn) or found_question(turn)
    ones, others = (_called(name) for name in names)
    if asked is None and asked_rather is not None and asked_rather.matter in (*ones, *others):
        asked = asked_rather
    if asked is not None:  # what the catalogue says of the two goes before the order of a plan
        say_question(turn, asked, say)
        return on_matter(asked.matter, "eligibility")
    pairs = [(one, other) for one in ones for other in others if one.id != other.id]
    known = next((pair for pair in pairs if ordered(*pair) is not None), None)
    pair = known or (None if asked_rather else next(iter(pairs), None))
    if pair is None:
        return []
    _say_pair(turn, *pair, say)
    return on_matter(pair[0], "eligibility")


def _before_named(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what must be there before a matter that is named; no events for another question."""
    named = _named(turn)
    is_long = len(turn.text) > LONGEST and asks_before(turn.text, LONGEST_COMPARED)
    if named is None or not is_long or is_founding(turn.entity("matter") or ""):
        return []
    say_before(turn, named, say)
    return on_matter(named, "eligibility")


def _called(name: str) -> list[Matter]:
    """Return the matter that a name means for sure, else all that it may mean."""
    sure = meant_matter(name, name)
    return [sure] if sure is not None else find_matters(name)


def _answer_of(turn: Turn, named: Matter | None) -> Answer | None:
    """Return how such a question is answered; None where papers are asked for, or nothing such."""
    answer = kind_asked(turn.text)
    is_paper = turn.entity("material") is not None and answer is say_validity
    is_paper |= named is not None and answer is say_renewal  # 食品证快到期了咋续 names its own
    is_paper |= "materials" in app().dialogue_words.topics_in(turn.text)
    return None if is_paper else answer  # 续期要交哪些东西, 续的话还要体检证明吗


def _named(turn: Turn) -> Matter | None:
    """Return the matter that is named and nothing beside it; None for none."""
    word = turn.entity("matter")
    if word is None or word in app().dialogue_words.broad:
        return None
    return meant_matter(word, turn.text)


def _clear(turn: Turn) -> Matter | None:
    """Return the matter that a text means clearly without its marked name: 初步设计谁批."""
    best = app().matter_resolver.rank(turn.text, 1)
    found = sure_matter(turn.text) if best and best[0].score >= CLEAR_SCORE else None
    if found is None or asks_validity(turn.text) or asks_renewal(turn.text):
        is_named = found is not None and app().matter_resolver.is_pointed_at(found, turn.text)
        return found if is_named else None  # 提前多少天申请延续, of the licence spoken of
    return found


def _told_before(turn: Turn) -> Matter | None:
    """Return the matter of the plan in the making that the first of two clauses tells of.

    "烟也想卖，那个证归谁管" is about no licence that was spoken of before.
    """
    first, *more = clauses(turn.text) or [turn.text]
    if turn.loop not in PLANNING or not more:
        return None
    best = next(iter(app().matter_resolver.rank(first, 1)), None)
    if best is None or best.score < TOLD:
        return None
    planned = planned_matters({**turn.slots, "journey": read_focus(turn).journey})
    return next((one for one in planned if one.id == best.matter_id), None)


def _spoken(turn: Turn) -> Matter | None:
    """Return the matter spoken of last where a text names nothing of its own.

    Where a registration, or the forms of enterprise, were spoken of, that of the form named now.
    """
    broad = app().dialogue_words.broad  # 登记证能用几年
    is_named = any(turn.entity(name) not in {None, *broad} for name in NAMES)
    is_spoken_of = turn.slots.get("focus") == MATTER and not is_named
    matter = read_focus(turn).matter if is_spoken_of else None
    matter = licence_pointed_at(turn, matter)
    own = registration_named(turn) or (_company(turn) if matter is None else None)
    kind = form_in(turn) if turn.text.startswith(SWAPS) else None
    if own is None and kind is not None:  # 换成有限公司最多几个股东
        own = app().catalogue.matter(kind.matter_id)
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    is_founding = matter is None or matter.id in forms
    return own if own is not None and is_founding and not is_named else matter


def _company(turn: Turn) -> Matter | None:
    """Return the registration of a company that a question without a matter begins with."""
    if read_focus(turn).is_plan or not turn.text.startswith(COMPANY_WORDS):
        return None
    if app().life_events.find(turn.text) is not None:
        return None  # 公司搬到隔壁县要先办啥
    return app().catalogue.matter(app().catalogue.enterprise_type(COMPANY).matter_id)


def _of_plan(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer of the plan in the making what is asked of no matter of it; no events for none."""
    focus = read_focus(turn)
    if not focus.is_plan or any(turn.entity(name) for name in NAMES):
        return []
    planned = planned_matters({**turn.slots, "journey": focus.journey})
    if turn.loop is None:  # of an offered trade only what is its own
        planned = [one for one in planned if one.category != STARTUP]
    is_shop = focus.journey == SHOP  # of a change only what is asked of it by name
    made = validities_answer(planned) if is_shop and asks_validity(turn.text) else None
    if made is not None:
        utter(made, say)
    elif not (asks_amount(turn.text) or asks_consequence(turn.text)):
        return []
    elif not says_question_among(turn.text, planned, say, FITS):
        say.utter_message(response="utter_plan_not_recorded")
    return on_plan(str(focus.journey))


def _say_order(turn: Turn, named: Matter | None, say: CollectingDispatcher) -> list[EventType]:
    """Say which of the matter named and the one spoken of comes first; no events for neither."""
    spoken = read_focus(turn).matter
    asked = clear_question(turn)
    if asked is not None:  # 先弄哪个，执照还是食品那个证
        say_question(turn, asked, say)
        return on_matter(asked.matter, "eligibility")
    if spoken is None and named is not None and not things_in_order(turn.text):
        say_before(turn, named, say)  # 选址意见书先办还是后办
        if names_after(named):
            say_next(turn, named, say)
        return on_matter(named)
    if spoken is None:
        return []
    if says_question_among(turn.text, [spoken], say, CLEAR):  # 这个规划证跟用地手续哪个先办
        return on_matter(spoken)
    if named is None or named.id == spoken.id:  # 消防先办还是文化先办
        if sure_question(turn) is not None or found_question(turn) is not None:
            return []
        say_before(turn, spoken, say)
        return on_matter(spoken)
    _say_pair(turn, spoken, named, say)
    return on_matter(spoken)


def _say_pair(turn: Turn, one: Matter, other: Matter, say: CollectingDispatcher) -> None:
    """Say which of two matters must be there before the other, if either.

    营业执照 is of any form of business, and keeps its name as it was said.
    """
    order = ordered(one, other)
    first, then = order or (one, other)
    response = "utter_matters_order_unknown" if order is None else "utter_matters_order"
    word = turn.entity("matter") or ""
    meant = named_matter(word) if is_founding(word) else None
    called = {meant.id: word} if meant is not None else {}
    before, after = called.get(first.id, first.name), called.get(then.id, then.name)
    say.utter_message(response=response, first=before, then=after)


def _compare(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what each of two matters is that are compared; no events where there are not two."""
    held = thing_beside_held(turn.text)
    things = things_compared(turn.text) or held
    if things is None or compares_forms(turn.text):
        return []
    one, other = both_named(turn, *things)
    if one is None or other is None or one.id == other.id:
        return [] if held else _not_compared(turn, one or other, things, say)
    asked = app().question_finder.among(turn.text, [one, other], AMONG_FEW)
    if asked is not None and (asked.score >= SURE_FAQ or compares(asked.faq.question)):
        utter(faq_answer(asked.faq), say)
    else:
        purpose = app().matter_resolver.purpose
        say.utter_message(
            response="utter_matters_compared",
            one=one.name,
            one_purpose=purpose(one),
            other=other.name,
            other_purpose=purpose(other),
        )
    if held and ordered(one, other) is not None:
        _say_pair(turn, one, other, say)
    for topic in ("time_limit", "fee") if asks_which_is_easier(turn.text) else ():
        say_answer(topic, one, say)
        say_answer(topic, other, say)
    return on_matter(other if held else one, "eligibility")


def _not_compared(
    turn: Turn, known: Matter | None, things: tuple[str, str], say: CollectingDispatcher
) -> list[EventType]:
    """Say what holds of the one matter that is known of two things; no events for none."""
    spoken = known or _spoken(turn)
    if spoken is None or turn.loop is not None or turn.intent in CASES:
        return []  # 交上去的跟石沉大海一样 给催催
    if says_question_among(turn.text, [spoken], say, AMONG_FEW):
        return on_matter(spoken)
    if known is None:
        return say_recorded(turn, spoken, say)
    if all(things) and compares(turn.text):  # 外包和派遣有啥区别
        one, other = things
        say.utter_message(response="utter_matters_pair_missing", one=one, other=other)
    say_answer("eligibility", known, say)
    return on_matter(known, "eligibility")
