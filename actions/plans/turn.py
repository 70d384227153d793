"""What of a message a form of a plan has to read: without words of coming back to it."""

import re

from actions.questions.each_question import as_one
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks, asks_which_licences
from bot.services.words.remarks import clauses, goes_back_to

_OTHER_TRADE = re.compile("(换成|改成|改为|换做)[^，,。]{0,2}(开|做|干|办|弄|卖)|改(开|做|干|卖)")


def behind_taking_up(turn: Turn) -> Turn:
    """Return the turn with the question alone that follows the words of coming back, or itself.

    "接着说刚才那个火锅店，我这么大面积办小餐饮登记行不" tells no trade anew.
    """
    parts = clauses(turn.text)
    is_back = turn.choice is None and len(parts) > 1 and goes_back_to(parts[0])
    is_named = any(one.name == "matter" and one.value in parts[0] for one in turn.entities)
    if not is_back or is_named or not asks(parts[-1]):
        return turn  # 接着说天然气，安装要钱不
    return as_one(turn, turn.text[turn.text.index(parts[1], len(parts[0])) :])


def with_other_trade(turn: Turn) -> Turn:
    """Return the turn without what is asked behind another trade, or itself.

    The list of the trade answers it: "宾馆不干了，换成开宠物医院，你看都得办啥证".
    """
    parts = clauses(turn.text)
    is_other = turn.entity("industry") is not None and _OTHER_TRADE.search(turn.text) is not None
    if not is_other or len(parts) < 2 or not asks_which_licences(parts[-1]):  # noqa: PLR2004
        return turn
    return as_one(turn, turn.text[: turn.text.rindex(parts[-1])].rstrip("，, "))
