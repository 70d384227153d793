"""What a works needs that builds nothing and only buys machines: 不盖房 就上条生产线."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.turns.focus import on_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer

FILING, EQUIPMENT = "prj-invest-record", "只上设备"
"""Matter that files an investment, and words of its question on machines alone."""

_ONLY = re.compile(
    "(?:不|没|不用|也不|又不)(?:打算|想|再|新)?(?:盖|建|动)(?:房|厂房|车间|楼|土建|土)[^？?]{0,16}"
    "(?:设备|机器|生产线|产线|流水线|机床)|"
    "(?:设备|机器|生产线|产线|流水线|机床)[^？?]{0,16}"
    "(?:不|没|不用|也不|又不)(?:打算|想|再|新)?(?:盖|建|动)(?:房|厂房|车间|楼|土建|土)|"
    "(?:光|只|就|单)(?:买|上|换|添|增加?)(?:点|些|几台|一?[条批台套])?(?:新)?(?:设备|机器|生产线|产线)"
)


def says_only_equipment(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what who only buys machines has to file; no events where something is built."""
    if turn.choice is not None or _ONLY.search(turn.text) is None:
        return []
    matter = app().catalogue.matter(FILING)
    faq = next((one for one in matter.faqs if EQUIPMENT in one.question), None)
    if faq is None:
        return []
    utter(faq_answer(faq, matter), say)
    return on_matter(matter, "eligibility")
