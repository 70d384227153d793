"""Tells the one topic that the words of a question name, where the model sees another."""

import re

from actions import app
from actions.turns.turn import Turn
from bot.services.finding.matter_faqs import asks_way
from bot.services.words.remarks import clauses

_HOW = re.compile("怎么|咋|如何|流程|手续|步|能不能|可以|要不要|用不用|需不需要|谁能")
"""Words of who may and how, beside which another topic is not the only one."""


_PREPARES = re.compile("(?:准备|带|拿|交|备)(?:点|些|一些|上|着)(?:啥|什么|哪些)(?:东西)?[?？]?$")
"""Asks for papers."""


def topic_by_words(turn: Turn, topic: str) -> str | None:
    """Return the one topic that the words of the last clause name, other than the model's.

    "现在要重新扩容，用电增容归谁办" asks for no conditions; None where its own may be meant.
    """
    last = clauses(turn.text)[-1] if turn.text else ""
    is_way = topic in {"fee", "time_limit"} and asks_way(last)
    if is_way and not app().dialogue_words.topics_in(turn.text):
        return "procedure"  # 说我没有开业前检查 要罚好几万 咋补
    if topic in {"eligibility", "procedure"} and _PREPARES.search(last) and turn.loop is None:
        return "materials"  # 想换个名 得准备点啥
    if topic not in {"eligibility", "procedure"} or turn.loop is not None or _HOW.search(last):
        return None
    topics = app().dialogue_words.topics_in(last)
    return topics[0] if len(topics) == 1 and topics[0] != topic else None
