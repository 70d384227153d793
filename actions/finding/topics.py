"""Opens what a bare name stands for, and guesses when the model did not understand."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_ends import event_told_of
from actions.changes.life_events import offer_plan
from actions.finding.matter_answer import likely_topic
from actions.finding.matter_named import answer_or_offer
from actions.finding.not_listed import says_not_listed
from actions.finding.several_named import LICENCE
from actions.plans.dates import restart_plan
from actions.plans.opening import open_named_plan
from actions.trades.company_names import judge_name
from actions.trades.offer import offer_trade
from actions.trades.start_answers import TRADE
from actions.turns.buttons import choice_button
from actions.turns.names import (
    afterwards,
    find_matters,
    matter_buttons,
    matter_choices,
    meant_matter,
    sure_matter,
)
from actions.turns.offers import offer
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.trades_named import find_project_types, trade_of
from actions.turns.turn import Entity, Turn
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.cases.cases import normalise_case_number
from bot.services.plans.company_names import name_in
from bot.services.reading.answers import spoken_area_m2
from bot.services.tickets.lookup import normalise_ticket_number
from bot.services.words.asked import asks_beside_had, trade_asked_of
from bot.services.words.bare_trade import is_bare
from bot.services.words.business import tells_of_rooms, wishes_to_open
from bot.services.words.matter_remarks import asks, asks_which_licences, names_papers
from bot.services.words.remarks import is_done_already
from bot.services.words.story import names_paper

LONGEST_NAME = 14
"""Characters up to which a text without a known intent can be a bare name."""


MOST_BROAD = 6
"""Matters offered for a word that many of them hold."""


def open_topic(turn: Turn, say: CollectingDispatcher, *, sure: bool) -> list[EventType] | None:
    """Open the skill that a name in the text belongs to; None when it names nothing.

    Args:
        turn: The message.
        say: Where the answer goes.
        sure: True when the model took the text for a name; False when it did not understand.
    """
    numbered = _open_number(turn, say)
    if numbered is not None:
        return numbered
    if not sure and len(turn.text) > LONGEST_NAME:
        return offer_named_trade(turn, say) or _open_story(turn, say)
    name = name_in(turn.text)
    if name is not None:
        judge_name(name, say)
        return []
    restarted = restart_plan(turn, say)
    if restarted is not None:
        return restarted
    event = app().life_events.find(turn.text) or event_told_of(turn)
    if event is not None:
        return _open_event(turn, event, say)
    trade = trade_of(turn.entity("industry"))
    is_paper = names_paper(turn.entity("industry") or "") or _asks_of_paper(turn)  # 办个劳务派遣证
    is_trade = trade is not None and not turn.entity("matter") and not is_paper
    matter = None if is_trade else _matter_named(turn)
    if matter is not None:
        return answer_or_offer(turn, matter, say)
    unknown = says_not_listed(turn, say) if turn.entity("matter") else []
    if unknown:  # 养鸡场办动物防疫证
        return unknown
    if sure and _tells_of_a_business(turn) and (is_trade or not turn.entity("matter")):
        return action_named("action_start_business").act(
            replace(turn, intent="start_business"), say
        )
    if trade is not None:
        return offer_trade(trade, turn, say)
    projects = find_project_types(turn.entity("project_type"))
    return _open_project(turn, say, sure=sure) if projects else None


def _asks_of_paper(turn: Turn) -> bool:
    """Tell whether a question names a paper, and not only the trade: 口腔诊所备案要多久."""
    return asks(turn.text) and names_paper(turn.text) and sure_matter(turn.text) is not None


def _matter_named(turn: Turn) -> Matter | None:
    """Return the matter that a text names, beside a trade as well: 医疗器械二类备案."""
    word = turn.entity("matter")
    named = afterwards(word, turn.text) or sure_matter(word or turn.text)
    return named or (sure_matter(turn.text) if turn.entity("industry") else None)


def _open_project(turn: Turn, say: CollectingDispatcher, *, sure: bool) -> list[EventType]:
    """Offer the plan of a project, or begin with it where its size is told: 厂房 五千平 一层."""
    if sure and spoken_area_m2(turn.text):
        begun = replace(turn, intent="plan_project")
        return action_named("action_start_plan_project").act(begun, say)
    say.utter_message(response="utter_plan_project_offer", project=turn.entity("project_type"))
    return [offer(turn, Request("plan_project", turn.text, turn.entities))]


def _open_event(turn: Turn, event: LifeEvent, say: CollectingDispatcher) -> list[EventType]:
    """Offer the plan of a change or an end; what is asked about it is answered with it."""
    topic = likely_topic(turn) if turn.loop is None else None
    if topic is None or topic not in app().dialogue_words.topics_in(turn.text):
        return offer_plan(turn, event, say)
    asked = replace(turn, intent=f"ask_{topic}")
    return action_named(f"action_answer_{topic}").act(asked, say)


def offer_named_trade(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Name what a trade wants ("理发店要办啥证"), and offer its plan; no events for else."""
    word = trade_asked_of(turn.text) if turn.entity("industry") is None else None
    if word is not None and trade_of(word) is not None:  # the model marked none: 歌舞厅要什么许可
        named = Entity("industry", word, 0, len(word))
        turn = replace(turn, entities=(*turn.entities, named))
    trade = trade_of(turn.entity("industry"))
    is_asked = trade is not None and not turn.entity("matter") and asks_which_licences(turn.text)
    is_had = asks_beside_had(turn.text, LICENCE) and "除" not in turn.text  # 除了执照还要办啥证
    is_there = is_done_already(turn.text) or is_had
    is_asked = is_asked and turn.loop is None and not is_there
    if is_asked and names_papers(turn.text) and app().life_events.find(turn.text) is not None:
        return []  # 店名给改一改 也不知道得带点啥东西去
    if is_asked and _tells_of_a_business(turn):
        wish = replace(turn, intent="start_business")
        return action_named("action_start_business").act(wish, say)
    return offer_trade(trade, turn, say) if is_asked and trade else []


def offer_bare_trade(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Name what a trade wants that is named and nothing else ("养老院咋办"), and offer its plan."""
    word = turn.entity("industry")
    trade = trade_of(word) if turn.loop is None and not turn.entity("matter") else None
    if word is None or trade is None or not is_bare(turn.text, word):
        return []
    return offer_trade(trade, turn, say, is_named=True)


def keep_trade(turn: Turn) -> list[EventType]:
    """Return the event that keeps a trade asked about, so that "那开吧" begins with it."""
    trade = trade_of(turn.entity("industry")) if turn.loop is None else None
    return [SlotSet(TRADE, trade)] if trade is not None else []


def _tells_of_a_business(turn: Turn) -> bool:
    """Tell whether a text names, beside the trade, where it is, and the form, or wishes to open."""
    is_wish = wishes_to_open(turn.text)
    is_meant = turn.entity("enterprise_type") is not None or is_wish
    is_placed = turn.entity("district") is not None or (is_wish and tells_of_rooms(turn.text))
    return is_meant and is_placed


def _open_number(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Open the case, ticket or plan whose number the text holds."""
    case = normalise_case_number(turn.entity("case_number") or turn.text)
    if case is not None:
        return start_form(
            turn, "case_form", case_purpose="show", case_number=case, case_credential=None
        )
    ticket = normalise_ticket_number(turn.entity("ticket_number") or turn.text)
    if ticket is not None:
        return start_form(turn, "ticket_form", ticket_number=ticket, ticket_credential=None)
    return open_named_plan(turn, say)


def _open_story(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Offer the matter that a told situation needs; None when that is not clear."""
    word = turn.entity("matter") if asks(turn.text) else None
    named = meant_matter(word, turn.text) if word else None
    if named is not None:  # 说我这小旅馆没有卫生许可证，让十天内补上，我该找谁
        return answer_or_offer(turn, named, say)
    matter = sure_matter(turn.text)
    return answer_or_offer(turn, matter, say, is_told=True) if matter is not None else None


def suggest_matters(turn: Turn, say: CollectingDispatcher) -> bool:
    """Offer the matters that the text may mean; False when there is no guess."""
    # Latin letters are a guess only when they spell a name: "asdf" means nothing
    found = find_matters(turn.text) if not turn.text.isascii() else []
    found = found or [matter for matter in [sure_matter(turn.text)] if matter]
    if not found:
        return False
    buttons = matter_buttons("topic_matter", found)
    choices = matter_choices(found)
    say.utter_message(response="utter_common_suggest_matters", choices=choices, buttons=buttons)
    return True


def suggest_broad(turn: Turn, say: CollectingDispatcher) -> bool:
    """Ask which of many is meant by a word like 变更 alone; False when the text is none."""
    word = next(
        (w for w in app().dialogue_words.broad if turn.text.strip("？?。了吗呢 ") == w), None
    )
    if word is None:
        return False
    named = [matter for matter in app().catalogue.matters.values() if word in matter.name]
    if len(named) < 2:  # noqa: PLR2004 - one is no choice
        return False
    shown = sorted(named, key=lambda matter: len(matter.name))[:MOST_BROAD]
    buttons = [choice_button("topic_matter", matter.id, matter.name) for matter in shown]
    say.utter_message(response="utter_common_which_of_many", word=word, buttons=buttons)
    return True
