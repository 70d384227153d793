"""What ends, pauses or hands on a business, though it sounds like beginning one."""

import re
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import OFFER, offer_plan, open_plan
from actions.finding.matter_answer import say_answer
from actions.plans.planned_licence import LICENCE
from actions.questions.faq_asked import event_matters
from actions.questions.matter_faqs import AMONG_FEW, BY_ITSELF, questions_among, says_question_among
from actions.turns.focus import on_matter, read_focus
from actions.turns.forms_named import find_enterprise_type, form_said
from actions.turns.history import typed_before
from actions.turns.names import AFTERWARDS, PAUSE, find_matters, is_founding, is_of_form
from actions.turns.registry import action_named
from actions.turns.trades_named import trade_of, trades_meant
from actions.turns.turn import Turn
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.words.business import (
    asks_only_whether,
    begins_new,
    ends_or_hands_on,
    is_given_up,
    lets_out,
    pauses,
    rents_to_go_on,
    takes_over,
    takes_rooms,
)
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses, is_new_wish
from bot.services.words.request import wants_plan

END, TAKE_OVER = "exit-individual", "chg-individual-operator"
"""Matters by which the events are found: a business ends, or somebody else goes on with it."""

_HOW = re.compile(
    "(?:咋|怎么|如何|去哪|上哪)[^，,。 ]{0,3}(?:销|注|消|办(?!卡)|弄|整|走|跑|处理)|手续|流程"
)
"""Asks for the steps by which a business ends: 照咋销, and not 卡里的钱咋退."""

LONGEST_TOLD = 14
"""Characters of a text that only tells whose business it is."""


def end_instead(turn: Turn, trade: str | None, say: CollectingDispatcher) -> list[EventType] | None:
    """Offer the plan of a change or an end, or answer for its matter; None for a new business.

    "美容院干不下去了，想关" names a trade and begins none.
    """
    if lets_out(turn.text):
        return _say_lets(turn, say)
    named = [one.value for one in turn.entities if one.name == "industry"]
    if takes_rooms(turn.text, named) and not ends_or_hands_on(turn.text):
        return None  # 买了个旧厂子 想接着干塑料加工
    if rents_to_go_on(turn.text):
        return None  # 摆够摊了 想租个门脸接着卖炸串
    event = app().life_events.find(turn.text) or event_told_of(turn)
    is_over = ends_or_hands_on(turn.text) or pauses(turn.text)
    is_new = trade is not None and begins_new(turn.text) and not is_over
    if event is not None and not is_new:
        own = own_end(turn, event)
        if is_given_up(turn.text) and asks(turn.text) and _HOW.search(turn.text):
            steps = action_named("action_answer_procedure")
            return steps.act(replace(turn, intent="ask_procedure"), say)
        return [*(on_matter(own) if own else ()), *offer_event(turn, event, say)]
    meant = later_matter(turn) if is_over else None
    if meant is not None and meant.id == TAKE_OVER and not takes_over(turn.text):
        meant = None  # 童装店干不动了 闺女也不接 想把执照销了
    if meant is None:
        # 我姐盘的店 想接过来自己干 ends nothing
        last = TAKE_OVER if takes_over(turn.text) else END
        end = app().life_events.of_matter(last) if is_over else None
        return offer_event(turn, end, say) if end is not None else None
    if not asks(turn.text) or not says_question_among(turn.text, [meant], say, AMONG_FEW):
        say_answer("procedure", meant, say)  # 停业这段时间税还报不 asks for no steps
    return on_matter(meant, "procedure")


def own_end(turn: Turn, event: LifeEvent) -> Matter | None:
    """Return the step of an event that only the form of business told before has, or None."""
    form = form_said(turn)
    return next((one for one in event_matters(turn, event) if is_of_form(one, form)), None)


def is_by_name(matter: Matter | None, turn: Turn, named: str | None) -> bool:
    """Tell whether a matter of an event was named, and not only guessed from the situation.

    "执照咋销" of who gives up names no registration.
    """
    if is_given_up(turn.text) and (named is None or is_founding(named)):
        return False
    names = (matter.name, *matter.aliases) if matter else ()
    if matter is not None and questions_among(turn.text, (matter,), BY_ITSELF):
        return True  # what is asked is asked of this one: 走简易的话公示几天
    return named is not None or any(name in turn.text for name in names)


def _say_lets(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say to who only lets a house that the tenant opens, and who applies for its conversion."""
    trade = next((one.value for one in turn.entities if one.name == "industry"), None)
    trade = next((word for word in trades_meant(turn) if trade_of(word)), trade)
    if trade is None:
        say.utter_message(response="utter_start_business_lets_unknown")
    else:
        say.utter_message(response="utter_start_business_lets", trade=trade)
    return [SlotSet("focus", turn.slots.get("focus"))]


def offer_event(turn: Turn, event: LifeEvent, say: CollectingDispatcher) -> list[EventType]:
    """Offer the plan of an event; a question of the catalogue on it is answered before.

    Who orders it in the same breath gets it: 帮我排排先办啥后办啥.
    """
    if turn.loop is None and wants_plan(turn.text):
        return open_plan(turn, event, say)
    if asks(turn.text) and not asks_only_whether(turn.text):
        meant = [one for one in event_matters(turn, event) if _may_be_asked(one, turn.text)]
        says_question_among(turn.text, meant, say, AMONG_FEW)
    return offer_plan(turn, event, say)


def _may_be_asked(matter: Matter, text: str) -> bool:
    """Tell whether a step of an event can be asked about: that of one licence only by its name.

    "合作社只剩四个人了 要注销不" is about no food licence.
    """
    known = app().catalogue.matters
    licences = (known[one] for one in matter.depends_on if one in known)
    is_of_licence = any(one.category == LICENCE for one in licences)
    return not is_of_licence or app().matter_resolver.is_pointed_at(matter, text)


def later_matter(turn: Turn) -> Matter | None:
    """Return the likeliest matter of a change, a pause or an end that a text means."""
    if pauses(turn.text):
        return app().catalogue.matters.get(PAUSE)
    found = [matter for matter in find_matters(turn.text) if matter.category in AFTERWARDS]
    return found[0] if found else None


def event_told_of(turn: Turn) -> LifeEvent | None:
    """Return the change talked about when a text only tells whose business it is: 有限公司.

    So after "店不干了 执照咋销" "烧烤店 个体的 冠县" begins no new one.
    """
    offered = app().catalogue.life_events.get(str(turn.slots.get(OFFER) or ""))
    told = {entity.name for entity in turn.entities}
    parts = (part.removesuffix("的") for part in clauses(turn.text))
    is_said = "enterprise_type" in told or any(map(find_enterprise_type, parts))
    is_form = is_said and told <= {"enterprise_type", "industry", "district"}
    if not is_form or len(turn.text) > LONGEST_TOLD or is_new_wish(turn.text):
        return None
    spoken = read_focus(turn).matter  # 就个体户 after the answer on a change of hands
    is_later = spoken is not None and spoken.category in AFTERWARDS
    found = app().life_events.of_matter(spoken.id) if spoken and is_later else None
    is_over = ends_or_hands_on(typed_before(turn) or "")
    return offered or found or (app().life_events.of_matter(END) if is_over else None)
