"""Which matters cannot be meant: those of another form of business, or of another trade."""

import re

from actions import app
from actions.finding.matter_before import LICENCE, of_other_form, of_other_registration
from actions.plans.planned import planned_matters
from actions.trades.start_answers import TRADE, trade_matters
from actions.turns.focus import read_focus
from actions.turns.history import entities_before, slot_values
from actions.turns.names import AFTERWARDS
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks

CHANGE, END = "change", "close"
"""Category of what is changed, and the event by which a business ends."""

BUILDS, OPENS = "plan_project_form", "start_business_form"
"""Forms of what is built, and of a business that is begun."""

CONVERSION = "chg-ind-to-ent"
COMPANY = re.compile("公司|企业|升级|个转企|转型|法人")
"""The matter by which one becomes the other, and what speaks of it."""

WORKS = frozenset({"装修", "装潢", "翻修", "改造"})
"""Trades whose name is said of one's own rooms as well: 租的门面装修."""

SHOP, PROJECT = "start_business", "plan_project"
"""Journeys of a business that is begun, and of what is built."""

BUILT, RECENT = "construction", 4
"""Category of what is built; matters spoken of last."""

_BUILT = re.compile("[盖建修]|工程|施工|消防|图纸|承重|拆")

NAMED = 0.75
"""From this fit on a change or end is meant though something is built."""

POINTED_AT = 0.3
"""From this fit on a text means a licence though its trade does not want it: 面馆能卖烟不."""


def not_meant(turn: Turn) -> frozenset[str]:
    """Return the ids of matters of which no question can be meant."""
    others = of_other_form(turn) | of_other_registration(turn)
    others |= _of_other_trade(turn) | _of_no_building(turn) | _of_wished_end(turn)
    others |= _of_planned_shop(turn)
    return others | _of_no_conversion(turn)


def _of_no_conversion(turn: Turn) -> frozenset[str]:
    """Return the conversion into a company where the text speaks of none: 盘的店 原来的证能用不."""
    is_spoken = turn.slots.get("matter_id") == CONVERSION or COMPANY.search(turn.text)
    return frozenset() if is_spoken else frozenset({CONVERSION})


def _of_planned_shop(turn: Turn) -> frozenset[str]:
    """Return, behind the plan of a shop, what a running one changes and what is built.

    "最快几天" asks for no reduction of capital, "我自己去还是找人代办" for no other owner.
    """
    focus = read_focus(turn)
    if turn.loop is not None or not focus.is_plan or focus.journey != SHOP:
        return frozenset()
    known = app().catalogue.matters
    ranked = app().matter_resolver.rank(turn.text, len(known))
    near = {one.matter_id for one in ranked if one.score >= POINTED_AT}
    near |= {*slot_values(turn, "matter_id")[-RECENT:]}
    near |= {one.id for one in planned_matters({**turn.slots, "journey": SHOP})}
    apart = AFTERWARDS if _BUILT.search(turn.text) else AFTERWARDS | {BUILT}
    return frozenset({one.id for one in known.values() if one.category in apart} - near)


def _of_wished_end(turn: Turn) -> frozenset[str]:
    """Return the changes of a business where a text only says that it is to end.

    "俺想把个体户执照注销了" asks nothing of who takes it over.
    """
    event = app().life_events.find(turn.text) if turn.loop is None else None
    if event is None or event.id != END or asks(turn.text):
        return frozenset()
    return frozenset(one.id for one in app().catalogue.matters.values() if one.category == CHANGE)


def _of_no_building(turn: Turn) -> frozenset[str]:
    """Return, while something is built, what is of a business and is not meant for sure.

    "20天够不" of a project asks nothing of how a company is wound up, 这得跑多少趟 of no lorry.
    """
    focus = read_focus(turn)
    stands = turn.loop is None and focus.is_plan and focus.journey == PROJECT
    if turn.loop != BUILDS and not stands:
        return frozenset()
    known = app().catalogue.matters
    ranked = app().matter_resolver.rank(turn.text, len(known))
    meant = {one.matter_id for one in ranked[:1] if one.score >= NAMED}
    meant |= {*slot_values(turn, "matter_id")[-RECENT:]} if stands else set()
    meant |= {
        one.matter_id for one in ranked if one.score >= POINTED_AT and _licenses(one.matter_id)
    }
    own = (one for one in known.values() if one.category in AFTERWARDS or _licenses(one.id))
    return frozenset({one.id for one in own} - meant)


def _licenses(matter_id: str) -> bool:
    return app().catalogue.matter(matter_id).category == LICENCE


def _of_other_trade(turn: Turn) -> frozenset[str]:
    """Return the licences that the trade spoken of does not want, nor the text means.

    "小区一楼能开图文店吗" asks nothing of those who cook.
    """
    trade = _trade(turn)
    if trade is None:
        return frozenset()
    own = {matter.id for matter in trade_matters(trade)}
    known = app().catalogue.matters
    ranked = app().matter_resolver.rank(turn.text, len(known))
    near = {one.matter_id: one.score for one in ranked if one.score >= POINTED_AT}
    if turn.loop == OPENS:  # 离学校多远, of a dance hall, is about no net café
        pointed = app().matter_resolver.is_pointed_at
        near = {x: s for x, s in near.items() if s >= NAMED or pointed(known[x], turn.text)}
    meant = set(near)
    licences = {matter.id for matter in known.values() if matter.category == LICENCE}
    return frozenset(licences - own - meant)


def _trade(turn: Turn) -> str | None:
    """Return the trade of the text, else of the plan being made, else that was named last."""
    said = trade_of(turn.entity("industry"))
    if said is not None or turn.entity("industry") is not None:
        return said
    planned = str(turn.slots.get(TRADE) or "")
    named = (word for word in entities_before(turn, "industry") if word not in WORKS)
    before = map(trade_of, named)
    return planned if ":" in planned else next(filter(None, before), None)
