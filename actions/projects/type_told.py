"""Says what a kind of project is when its name is asked about: "拿地即开工是啥意思"."""

import re
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.projects.low_risk import asks_if_low_risk, may_be_of_class, say_low_risk, sizes_told
from actions.turns.history import last_bot_messages, typed_before
from actions.turns.trades_named import find_project_types, trade_of
from actions.turns.turn import Entity, Turn
from bot.documents.project_type_text import project_type_text
from bot.services.words.business import takes_rooms
from bot.services.words.follow_up import kind_asked
from bot.services.words.remarks import (
    asks_meaning,
    asks_the_same_of,
    asks_whether_one_counts,
    clauses,
)

SMALL = "soc-small-lowrisk"
"""Id of the small class of low risk."""

SHORTEST_NAME = 4
"""Characters of a name that stands for nothing else in a sentence."""

LONGEST, LONGEST_INSIDE = 24, 40
"""Signs of such a question, and of one between the questions of a plan; a longer one opens one."""

_HOW_LONG = re.compile("(几|多少)个?(工|天|日)|多久|多长时间|几天|时限")
_IN_ALL = re.compile("从头到尾|全流程|全程|全部|整个|总共|一共|拢共|办下来")
_COUNTS = re.compile("算不算|算[^，,]{2,10}(吗|不|么)[?？]?$")
_CONDITIONS = re.compile(
    "符不符合|符合|(啥|什么|哪些|有)条件|条件(是|有)|标准是|算不算|能(不能)?(走|按|算)|够得?上|多[大高少]|面积"
)


_LIMIT = re.compile(
    "(多大|多高|几层|面积|高度)[^，,。]{0,8}(以内|以下|上限|才算|算|符合|为止)|(上限|限制|标准|条件)[^，,]{0,3}(是)?(啥|什么|多少|多大|呢)"
)
"""Asks how far the kind goes that was told right before."""


def tell_project_type(turn: Turn, say: CollectingDispatcher, *, is_named: bool = False) -> bool:
    """Say for which projects the named kind is, and how fast; False when none is asked about.

    Args:
        turn: The message.
        say: Where it is said.
        is_named: Only if it is asked whether a project is of the kind that is named.
    """
    counts = asks_whether_one_counts(turn.text) or _COUNTS.search(turn.text) is not None
    is_limit = _LIMIT.search(turn.text) is not None  # 多大面积以内才算
    # 拿地即开工的呢; 两千平的小仓库，简易低风险那种呢
    last = clauses(turn.text)[-1]
    goes_on = is_limit or asks_the_same_of(last) or kind_asked(last) is not None
    goes_on |= last.rstrip("?？").endswith("呢") and bool(kinds_named(turn))
    is_long = _HOW_LONG.search(turn.text) is not None
    goes_on |= is_long and _IN_ALL.search(turn.text) is not None  # 从头到尾几天, of that kind
    before = told_before(turn) if goes_on else None
    is_same = before is not None or (is_limit and bool(kinds_named(turn)))
    if is_named and not counts and not is_same:
        return False
    is_inside = counts or is_same or turn.loop is not None
    if len(turn.text) > (LONGEST_INSIDE if is_inside else LONGEST):
        return False
    is_asked = asks_meaning(turn.text) or counts or is_same
    if not (is_asked or is_long or _CONDITIONS.search(turn.text)):
        return False
    named = [(len(name), kind_id) for name, kind_id in kinds_named(turn).items()]
    if not named and (is_limit or is_long) and before is not None:
        named = [(0, kind) for kind in find_project_types(before)[:1]]
    spelt = find_project_types(turn.entity("project_type"))
    is_whole = len(turn.entity("project_type") or "") >= SHORTEST_NAME
    if not named and len(spelt) == 1 and is_whole and turn.entity("matter") is None:
        named = [(0, spelt[0])]  # 拿地既开工
    word = turn.entity("matter")
    if not named or (word is not None and not any(word in name for name in kinds_named(turn))):
        return False  # 工业用地招拍挂，公告到摘牌多久 is about the sale
    told = project_type_text(app().catalogue.project_type(max(named)[1]))
    sizes = sizes_told(turn) if asks_if_low_risk(turn.text) else {}
    if sizes:
        say_low_risk({}, sizes, say, is_asked=True)
    say.utter_message(response="utter_matters_answer", answer=told.text, source=told.source)
    return True


def told_before(turn: Turn) -> str | None:
    """Return what people call the kind of project that was told right before, None for none.

    "那它还用送审图不" is about that kind.
    """
    said = "\n".join(str(event.get("text") or "") for event in last_bot_messages(turn))
    if may_be_of_class(turn):  # 这种还用审图不
        return app().catalogue.project_type(SMALL).aliases[0]
    kinds = app().catalogue.project_types.values()
    named = (kind for kind in kinds if kind.name in said and kind.aliases)
    told = next((kind.aliases[0] for kind in named), None)
    if told is not None:
        return told
    before = typed_before(turn) or ""
    asked = find_project_types(before)  # 普通工业项目呢
    if len(asked) > 1:
        return _last_named(before)  # 盖个单层仓库 说是简易低风险的
    return app().catalogue.project_type(asked[0]).aliases[0] if asked else None


def _last_named(text: str) -> str | None:
    """Return the name of a kind of project that stands last in a text; None for none."""
    kinds = app().catalogue.project_types.values()
    names = [name for kind in kinds for name in kind.aliases if name in text]
    return max(names, key=lambda name: (text.rfind(name) + len(name), len(name)), default=None)


def kinds_named(turn: Turn) -> dict[str, str]:
    """Return the names of kinds of project that stand in a text, with the id of the kind."""
    # 标准地是啥意思 can mean nothing else
    is_kind = asks_meaning(turn.text) or asks_if_low_risk(turn.text)  # 3200平算低风险吗
    shortest = SHORTEST_NAME - 1 if is_kind else SHORTEST_NAME
    return {
        name: kind.id
        for kind in app().catalogue.project_types.values()
        for name in kind.aliases
        if len(name) >= shortest and name in turn.text
    }


def as_trade(turn: Turn) -> tuple[Entity, ...]:
    """Return the names in a text, a kind of project as a trade: 俺有个养老院的想法."""
    return tuple(
        replace(one, name="industry") if one.name == "project_type" else one
        for one in turn.entities
    )


def opens_in_rooms(turn: Turn) -> bool:
    """Tell whether rooms that stand are taken for a trade, and no project begins: 盘栋楼做宾馆."""
    named = [one.value for one in as_trade(turn) if one.name == "industry"]
    return takes_rooms(turn.text, named) and any(map(trade_of, named))
