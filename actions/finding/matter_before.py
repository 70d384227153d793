"""The matter that a question means by what came before it: guesses, the plan, the last one."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions import app
from actions.changes.life_events import OFFER as PLAN_OFFER
from actions.plans.planned import planned_matters
from actions.trades.start_answers import TRADE
from actions.turns.focus import MATTER, PLAN, matter_in_focus, read_focus
from actions.turns.forms_named import enterprise_type_in, find_enterprise_type, form_in, form_meant
from actions.turns.history import previous_message_id, slot_values, typed_before, whole_text
from actions.turns.intent_groups import BOOKING
from actions.turns.names import (
    AFTERWARDS,
    ANOTHER,
    COMPANY,
    ENDS,
    LONG_STORY,
    ending_of,
    find_matters,
    is_of_another_form,
    is_of_form,
    matter_in,
    meant_matter,
    registration_of,
    speaks_of_matter,
    sure_matter,
)
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.words.asked import happens_afterwards
from bot.services.words.business import changes_form
from bot.services.words.held import names_this
from bot.services.words.remarks import compares_forms

COMMON_FORMS = ("company", "individual")
"""Ids of the forms of enterprise that most people mean, the commonest first."""

INDIVIDUAL = "individual"
"""Id of the form of one person or family, whose end is a matter of its own."""

LONGEST_BARE = 10
"""Signs of a question that names nothing; a longer one says what it is about."""

END = "exit"
"""Category of what ends a business."""

LICENCE = "licence"
"""Category of what a trade needs to be open."""

RECENT = 4
"""Matters spoken of last among which the licence is that is pointed at."""

_LICENCE = re.compile("整个许可|这个?许可|那个?许可|这个?证(?!明)|那个?证(?!明)")

FOUNDING = "照"
"""Ends the words for the licence of a business itself: 执照."""


def brings_up_another(turn: Turn) -> bool:
    """Tell whether a text is about another matter than what is talked about.

    "哪部法规定的，我得跟合伙人有个说法" sounds a little like a partnership and is about the last.
    """
    focus = read_focus(turn)
    if focus.matter is not None and not focus.is_plan and _is_of_other_area(turn, focus.matter):
        return True
    if not speaks_of_matter(turn.text):
        return False
    known = {matter.id for matter in planned_matters(turn.slots)} if focus.is_plan else set()
    known |= {focus.matter.id} if focus.matter is not None else set()
    if not known or matter_in(turn.text) is not None:
        return True
    best = app().matter_resolver.rank(turn.text, 1)[0]
    return best.matter_id not in known and best.score >= ANOTHER


def is_unspoken(turn: Turn, matter: Matter, spoken: Collection[Matter]) -> bool:
    """Tell whether a matter is one that nobody speaks of, while others are talked about.

    "有效期几年" after the licence of a chemist's fits a question on food, and is not about food.

    Args:
        turn: The message.
        matter: The one that it may be about.
        spoken: All that are talked about.
    """
    is_long = len(turn.text) > LONGEST_BARE
    if not spoken or is_long or turn.entities or matter.id in {one.id for one in spoken}:
        return False  # 房东的房产证没给我 咋办 says what it is about
    ranked = app().matter_resolver.rank(turn.text, len(app().catalogue.matters))
    score = next((one.score for one in ranked if one.matter_id == matter.id), 0.0)
    return score < ANOTHER and not any(n in turn.text for n in (matter.name, *matter.aliases))


def _is_of_other_area(turn: Turn, matter: Matter) -> bool:
    """Tell whether a text names a trade and a field of work that a matter has nothing to do with.

    "饭店重新装修 要报消防吗" is not about a house in a village that was spoken of before.
    """
    words = app().dialogue_words
    area = words.area_in(turn.text) if turn.entity("industry") is not None else None
    names = (matter.name, matter.department, *matter.aliases)
    return area is not None and not any(w in name for w in words.areas[area] for name in names)


def points_at_licence(turn: Turn) -> bool:
    """Tell whether a question is about the licence spoken of: 挪到三百米外了，整个许可多少天."""
    spoken = matter_in_focus(turn)
    is_licence = spoken is not None and spoken.category == LICENCE
    return is_licence and _LICENCE.search(turn.text) is not None


def licence_pointed_at(turn: Turn, spoken: Matter | None) -> Matter | None:
    """Return the licence spoken of last where 这证 points at one, and another matter came between.

    "这证几年到期" behind a question on branches is about the licence of the shop.
    """
    is_other = spoken is not None and spoken.category != LICENCE
    if not is_other or not names_this(turn.text):
        return spoken
    known = app().catalogue.matters
    before = [known[one] for one in slot_values(turn, "matter_id")[-RECENT:] if one in known]
    return next((one for one in reversed(before) if one.category == LICENCE), spoken)


def of_area(text: str, matters: Sequence[Matter]) -> list[Matter]:
    """Return those of some matters that belong to the field of work a text names, else all.

    "KTV开业那消防到底归谁管" is about the inspection by the fire brigade, and not the dance hall.
    """
    area = app().dialogue_words.area_in(text)
    words = app().dialogue_words.areas[area] if area is not None else ()
    own = [one for one in matters if any(w in n for w in words for n in (one.name, *one.aliases))]
    return own or list(matters)


def own_registration(name: str | None, matter: Matter | None, turn: Turn) -> Matter | None:
    """Return the registration that 执照 means while a business is planned, else the matter."""
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    is_founding = matter is None or matter.id in forms
    if name is None or not name.endswith(FOUNDING) or not is_founding:
        return matter
    focus = read_focus(turn)
    if focus.journey == "start_business":
        planned = planned_matters({**turn.slots, "journey": "start_business"})
        return next((one for one in planned if one.id in forms), matter)
    spoken = focus.matter or booked_for(turn)
    return spoken if spoken is not None and spoken.id in forms else matter


def names_held(turn: Turn, matter: Matter) -> bool:
    """Tell whether a licence is meant where the form of a business is named too.

    公司欠薪还能注销吗 ends a company, and no security for wages.
    """
    held = meant_matter(turn.entity("matter"), turn.text)
    return form_in(turn) is None or held == matter or matter_in_focus(turn) == matter


def booked_for(turn: Turn) -> Matter | None:
    """Return what the booking is for that is open, None where none is or nothing was told."""
    is_open = turn.loop == BOOKING
    return app().catalogue.matters.get(str(turn.slots.get("matter_id"))) if is_open else None


def registrations_meant(name: str | None) -> list[Matter]:
    """Return the registrations that 执照 may mean, the commonest first; none for another name."""
    if name is None or not name.endswith(FOUNDING) or name in app().dialogue_words.broad:
        return []
    if sure_matter(name) is not None:
        return []
    kinds = app().catalogue.enterprise_types
    return [app().catalogue.matter(kinds[kind].matter_id) for kind in COMMON_FORMS]


def was_guessed(turn: Turn) -> bool:
    """Tell whether the last message was answered with matters that it may have meant."""
    raw = turn.slots.get("misunderstood")
    is_last = isinstance(raw, dict) and raw.get("message") == previous_message_id(turn)
    return turn.loop is None and is_last


def named_before(turn: Turn) -> str | None:
    """Return the name that candidates are open for, so that "多少钱" keeps them."""
    if turn.loop not in {None, "matter_form"} or brings_up_another(turn):
        return None
    if turn.loop is None:
        return typed_before(turn) if was_guessed(turn) else None
    name = str(turn.slots.get("matter_name") or "")
    if len(turn.text) >= LONG_STORY and not find_matters(name):
        return None  # 我们轴承要出口，报关单位备案怎么办, after words that meant nothing
    return name or None


def spoken_one(name: str | None, turn: Turn) -> Matter | None:
    """Return the matter spoken of last when a word that many share is in its name: 设立登记."""
    matter = read_focus(turn).matter if name is not None else None
    if matter is None or turn.slots.get("focus") != MATTER:
        return None
    if turn.loop is None and _OFFICE.fullmatch(str(name)) and matter.category in AFTERWARDS:
        return matter  # 工商登记那头又收多少, of a share that is handed on
    if turn.loop is None:  # 不动产登记要几天, while one of them is spoken of
        return matter if matter in find_matters(name) else None
    return matter if str(name) in matter.name else None


def is_lost(turn: Turn) -> bool:
    """Tell whether the matter asked for was told already, and nothing was found for it."""
    told = str(turn.slots.get("matter_name") or "")
    is_open = turn.loop == "matter_form" and not brings_up_another(turn)
    return is_open and len(told) >= LONG_STORY and not find_matters(told)


def of_other_form(turn: Turn) -> frozenset[str]:
    """Return the ids of the ends that are those of another form than was told last.

    Who spoke of 个体户 asks "是不是还得挂二十天" about that, and not about a company.
    """
    form = form_meant(turn, read_focus(turn).matter)
    if form_in(turn) is None:  # 要公示不, behind 公司不干了咋注销 in the same message
        form = form_in(replace(turn, text=whole_text(turn))) or form
    known = app().catalogue.matters.values()
    others = {matter.id for matter in known if is_of_another_form(matter, form)}
    return frozenset(others | _other_ends(turn))


def _other_ends(turn: Turn) -> set[str]:
    """Return the ids of the ends of other forms than the one spoken of is for: 要公示吗."""
    spoken = read_focus(turn).matter
    if spoken is None or spoken.category != ENDS or form_in(turn) is not None:
        return set()
    kinds = app().catalogue.enterprise_types.values()
    ends = (one for one in app().catalogue.matters.values() if one.category == ENDS)
    return {one.id for one in ends if any(_differ(one, spoken, kind) for kind in kinds)}


def _differ(one: Matter, other: Matter, kind: EnterpriseType) -> bool:
    """Tell whether one of two ends is for this form only, and the other never is for it."""
    pairs = ((one, other), (other, one))
    return any(is_of_form(a, kind) and is_of_another_form(b, kind) for a, b in pairs)


def registration_named(turn: Turn) -> Matter | None:
    """Return the registration of the one form of enterprise that a question is about.

    "合作社呢，最少几个人" is about that, whatever form was spoken of before. None where a business
    changes its form, or two are weighed.
    """
    kind = find_enterprise_type(turn.entity("enterprise_type")) or enterprise_type_in(turn.text)
    if kind is None or happens_afterwards(turn.text) or changes_form(turn.text):
        return None
    return app().catalogue.matter(kind.matter_id)


_IN_SHORT = re.compile("[这那]?个?(?P<stem>[^这那个办新]{2,6}?)(?:许可)?[证照本]")
"""A licence by a part of its name."""

_OFFICE = re.compile("工商(?:局|登记|变更)?|登记机关")
"""What people call the office, and all that is registered there."""

_SMALL = re.compile("小微企业|小型微利|小企业")
"""What a company is called where its tax is spoken of."""


def of_other_registration(turn: Turn) -> frozenset[str]:
    """Return the ids of the registrations of other forms than the one that a question is about."""
    own = registration_named(turn)
    forms = app().catalogue.enterprise_types.values()
    registrations = {form.matter_id for form in forms}
    if own is not None:
        return frozenset(registrations - {own.id})
    kind = form_in(turn)  # 公司一年赚一百万，企业所得税交多少 is about no partnership
    if kind is None and _SMALL.search(turn.text):  # 小微企业，今年利润100万
        kind = app().catalogue.enterprise_type(COMPANY)
    is_compared = compares_forms(turn.text) or changes_form(turn.text)
    if kind is None or kind.id != COMPANY or is_compared:
        return frozenset()
    return frozenset(registrations - {kind.matter_id})


def planned_one(name: str | None, slots: Mapping[str, Any]) -> Matter | None:
    """Return the one of several matters with this name that stands in the plan."""
    if name is None:
        return None
    planned = {matter.id for matter in planned_matters(slots)}
    found = [matter for matter in find_matters(name) if matter.id in planned]
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    founding = [matter for matter in found if matter.id in forms]  # 设立登记 of the form noted
    one = found[0] if len(found) == 1 else next(iter(founding), None)
    return one or (_shortened(name, slots) if not find_matters(name) else None)


def _shortened(name: str, slots: Mapping[str, Any]) -> Matter | None:
    """Return the matter spoken of or planned that a name in short means: 诊疗证."""
    stem = _IN_SHORT.fullmatch(name)
    spoken = app().catalogue.matters.get(str(slots.get("matter_id") or ""))
    near = [*([] if spoken is None else [spoken]), *planned_matters(slots)]
    if stem is None:
        return None
    called = ((one, (one.name, *one.aliases)) for one in near)
    return next((one for one, names in called if any(stem["stem"] in n for n in names)), None)


def offered_plan(turn: Turn) -> str | None:
    """Return the plan offered last, None when a matter outside of it is spoken of since."""
    offered = str(turn.slots.get(PLAN_OFFER) or "")
    event = app().catalogue.life_events.get(offered)
    if event is None:
        return None
    spoken = read_focus(turn)
    known = {*event.matter_ids, *(step.matter_id for step in event.steps)}
    is_left = spoken.matter is not None and not spoken.is_plan and spoken.matter.id not in known
    return None if is_left else offered


def as_offered(turn: Turn) -> Turn:
    """Return the turn as if the plan that was just offered, of an event or a trade, were shown.

    "材料？" under an offered plan means that plan.
    """
    if turn.loop is not None:
        return turn
    slots: dict[str, Any] = {"focus": PLAN}
    event = offered_plan(turn)
    if event is not None:
        slots |= {"life_event_id": event, "journey": "life_event"}
    elif is_trade_offered(turn):
        slots |= {"journey": "start_business"}
    else:
        return turn
    return replace(turn, slots={**turn.slots, **slots})


def is_trade_offered(turn: Turn) -> bool:
    """Tell whether the plan of a trade was offered, and nothing else is talked about since."""
    is_free = turn.loop is None and turn.slots.get("journey") is None
    return is_free and bool(turn.slots.get(TRADE)) and turn.slots.get("focus") is None


def is_talked_about(word: str, turn: Turn) -> bool:
    """Tell whether a word that names many matters is in the name of what is talked about."""
    if word not in app().dialogue_words.broad:
        return False
    event = app().catalogue.life_events.get(offered_plan(turn) or "")
    matter = read_focus(turn).matter
    return any(word in known.name for known in (event, matter) if known is not None)


def of_form_meant(turn: Turn, matter: Matter | None, named: str | None) -> Matter | None:
    """Return how a business of the form that is meant begins or ends, else the matter itself.

    "公示二十天不" after a sole trader's licence is about the end of that one.
    """
    matter = registration_of(matter, turn.entity("enterprise_type"), turn.text)
    if matter is None or named is not None:
        return matter
    return ending_of(matter, form_meant(turn, read_focus(turn).matter))
