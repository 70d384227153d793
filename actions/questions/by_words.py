"""Does what a text's own words ask of a matter: hand it in, or say by which law it must be.

Of 128 such sentences of a writer who knew neither the wordings nor the product, each about another
matter, 35 were taken for a policy, a whistle or none of our business (28 November 2026).
"""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.draft import TARGET
from actions.finding.matter_answer import say_answer
from actions.funding.facts import POLICY_TALK
from actions.funding.meant import named_policy
from actions.trades.start_opening import trade_spoken
from actions.turns.focus import on_matter, read_focus
from actions.turns.names import likely_first, sure_matter
from actions.turns.registry import action_named
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.words.asked import wants_benefit
from bot.services.words.matter_remarks import asks
from bot.services.words.request import (
    asks_law,
    orders_change,
    thing_wanted,
    wants_handed_in,
    wants_plan,
)

LAW = "legal_basis"

MISTAKEN = frozenset(
    {"apply_policy", "blow_whistle", "chitchat", "complain", "dispute_answer", "inform", "suggest"}
    | {"ask_eligibility", "ask_why", "match_policy", "nlu_fallback", "out_of_scope"}
    | {"plan_project", "search_policy"}
)
"""What the model takes such texts for."""


def do_by_words(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer with the law, or begin an application, where the words say so; else no events."""
    is_free = turn.loop is None and turn.choice is None
    if is_free and begins_spoken(turn):
        begun = replace(turn, intent="start_business")
        return action_named("action_start_business").act(begun, say)
    if not is_free or turn.intent not in MISTAKEN or named_policy(turn.text) is not None:
        return []
    if turn.intent in POLICY_TALK and wants_benefit(turn.text):
        return []  # 配一份政策包，我们是小规模纳税人
    if asks_law(turn.text):
        matter = matter_wanted(turn.text) or read_focus(turn).matter
        if matter is None:  # the matters that may be meant are named
            asked = replace(turn, intent=f"ask_{LAW}")
            return action_named(f"action_answer_{LAW}").act(asked, say)
        say_answer(LAW, matter, say)
        return on_matter(matter, LAW)
    if turn.intent == "ask_eligibility" and orders_change(turn.text) and not asks(turn.text):
        asked = replace(turn, intent="ask_procedure")  # 那帮我把经营范围加个二手车销售
        return action_named("action_answer_procedure").act(asked, say)
    wants = wants_handed_in(turn.text) and turn.intent not in QUESTION_INTENTS
    matter = matter_wanted(turn.text) if wants else None
    if matter is None:
        return []
    pressed = replace(turn, intent="apply_online", text="", choice=(TARGET, matter.id))
    return action_named("action_apply_online").act(pressed, say)


def begins_spoken(turn: Turn) -> bool:
    """Tell whether the plan of the trade just spoken of is wanted: 那你给俺排排."""
    return wants_plan(turn.text) and trade_spoken(turn) is not None


def matter_wanted(text: str) -> Matter | None:
    """Return the matter that a wish is about, without its words of asking; None for no sure one."""
    thing = thing_wanted(text)
    matter = sure_matter(thing)
    if matter is None and likely_first(thing):
        best = app().matter_resolver.rank(thing, 1)
        return app().catalogue.matter(best[0].matter_id)
    return matter
