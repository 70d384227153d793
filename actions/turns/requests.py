"""What a message asks for: one thing or several; the first is done, the rest is not forgotten."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions import app
from actions.turns.intent_groups import (
    APPLIES,
    APPOINTMENTS,
    BOOKING,
    BOOKS,
    CASES,
    EMPTY,
    JOURNEYS,
    MISREAD,
    POLICIES,
    RATES,
    SERVICE_INTENTS,
    STORIES,
    SUMMED,
    TELLING,
    TRADES,
    UNNAMED,
)
from actions.turns.names import AFTERWARDS, matter_in, sure_matter
from actions.turns.turn import QUESTION_INTENTS, Clause, Entity, Turn
from bot.domain.ratings import is_rated_by_others
from bot.services.bookings import bookings
from bot.services.plans.open_already import is_running
from bot.services.words.asked import joins, wants_to_hear
from bot.services.words.booking import books_anew
from bot.services.words.bought import is_only_bought
from bot.services.words.business import builds, buys_building, enlarges, pauses
from bot.services.words.form_remarks import is_online, speaks_of_booking
from bot.services.words.matter_remarks import asks, asks_whether_needed, asks_which_licences
from bot.services.words.remarks import (
    asks_the_same_of,
    clauses,
    gives_reason,
    is_done_already,
    is_done_by_others,
    is_new_wish,
    wants_it_done,
)
from bot.services.words.running import is_open_already
from bot.services.words.story import finds_fault, is_reported, speaks_of_case

DOUBLES: Mapping[str, frozenset[str]] = {
    "cancel_appointment": frozenset({"change_appointment"}),
    "query_case": frozenset({"follow_case", "urge_case"}),
    "query_appointment": frozenset({"cancel_appointment", "change_appointment"}),
    "search_policy": frozenset({"match_policy"}),
}
"""A vague wish, and those that say the same more exactly."""


_COMPLAINS = re.compile(
    "(?:那|就|反正|我|俺|咱|想|要|得|必须|来|[，, ])*(?:要|想)(?:投诉|举报)(?:你们|他们|了)?"
)

SURE_SERVICE = 0.7
SURE_QUESTION = 0.6
SURE_MAIN = 0.5
NAMES = ("matter", "material", "industry", "policy")
"""Entities that say what a question is about."""


@dataclass(frozen=True)
class Request:
    """One thing that is asked for; it can be kept in a slot."""

    intent: str
    text: str
    entities: tuple[Entity, ...] = ()

    def turn(self, turn: Turn) -> Turn:
        """Return the turn as if only this had been said."""
        return replace(
            turn,
            intent=self.intent,
            text=self.text,
            entities=self.entities,
            confidence=1.0,
            choice=None,
            clauses=(),
        )

    def as_slot(self) -> dict[str, Any]:
        """Return what a slot can hold."""
        entities = [{"name": e.name, "value": e.value} for e in self.entities]
        return {"intent": self.intent, "text": self.text, "entities": entities}


def request_of(raw: Mapping[str, Any]) -> Request:
    """Return a request that was kept in a slot."""
    entities = tuple(
        Entity(str(e.get("name")), str(e.get("value")), 0, 0) for e in raw.get("entities") or ()
    )
    return Request(str(raw.get("intent") or ""), str(raw.get("text") or ""), entities)


def requests_in(turn: Turn) -> list[Request]:
    """Return what the message asks for in its order; one entry when it asks for one thing."""
    main = Request(turn.intent, turn.text, turn.entities)
    heard = (c for c in turn.clauses if not misheard(turn, c) and not _only_hurries(turn, c))
    turn = replace(turn, clauses=tuple(c for c in heard if not _is_subject(turn, c)))
    if turn.choice is not None or not turn.text or turn.intent in STORIES | {"out_of_scope"}:
        return [main]
    if turn.loop is None and turn.intent in CASES and _complains(turn):
        return [replace(main, intent="complain")]  # 十来天没动静 我要投诉 拖着不办
    found: list[Request] = []
    about: tuple[Entity, ...] = ()
    # beside the beginning of a journey a question is about the whole of it
    together = _joined(turn)
    is_journey = JOURNEYS.intersection([turn.intent, *(c.intent for c in turn.clauses)])
    whole = () if is_journey else _names(turn.entities)
    parts = turn.clauses or (Clause(turn.text, turn.intent, turn.confidence, turn.entities),)
    for clause in map(_second_matter, parts, (False, *[not is_journey] * (len(parts) - 1))):
        said = _names(clause.entities)
        about = () if is_journey else (_with_matter(said, about) if said else about)
        about = about if is_journey else _with_matter(_what_happened(clause), about)
        for intent in _intents(clause, turn):
            is_question = intent in QUESTION_INTENTS
            named = _with_matter(clause.entities, about or whole)
            asked = Request(intent, clause.text, named if is_question else clause.entities)
            is_lone = is_question and not is_journey and _names_no_matter(clause, named)
            is_whole = pauses(turn.text) or sure_matter(turn.text) is not None
            if (is_lone or asks_which_licences(clause.text)) and is_whole:
                asked = Request(intent, turn.text, turn.entities)  # 卖包子 四十平 得办啥证
            elif is_question and together.intersection(e.value for e in named):
                asked = Request(intent, turn.text, turn.entities)  # 渣土证、占道施工去哪办
            if not any(_same(asked, other) for other in found):
                found.append(asked)
    found = _booked_anew(turn, _one_building(turn.text, found))
    return _settled(turn, main, _without_doubles(found))


def _one_building(text: str, found: list[Request]) -> list[Request]:
    """Return the requests without the beginning of a business that is only enlarged."""
    is_one = enlarges(text) and any(one.intent == "plan_project" for one in found)
    return [one for one in found if not (is_one and one.intent == "start_business")]


def _complains(turn: Turn) -> bool:
    """Tell whether a story of something held up says in so many words that it is a complaint."""
    is_wish = any(_COMPLAINS.fullmatch(one.text) for one in turn.clauses)
    return is_wish and turn.entity("case_number") is None and not asks(turn.text)


def _booked_anew(turn: Turn, found: list[Request]) -> list[Request]:
    """Return the requests with one new booking for the change of an old one that is not here.

    "号早不知道扔哪了 重新约一个得了 电话帮办 下周三" tells all of the new one.
    """
    is_booked = turn.intent == BOOKS or any(one.intent == BOOKS for one in found)
    if not is_booked or not books_anew(turn.text) or has_booking(turn.conversation_id):
        return found
    kept = [one for one in found if one.intent not in {*APPOINTMENTS, BOOKS}]
    return [*kept, Request(BOOKS, turn.text, turn.entities)]


def has_booking(conversation_id: str) -> bool:
    """Tell whether something is booked in this conversation that is still to come."""
    return bool(bookings.my_bookings(app().unit_of_work, conversation_id, only_open=True))


def _what_happened(clause: Clause) -> tuple[Entity, ...]:
    """Return the matter that a clause tells of without asking: 营业执照弄没了, 补一个 要几天."""
    matter = None if asks(clause.text) or not _names(clause.entities) else sure_matter(clause.text)
    is_later = matter is not None and matter.category in AFTERWARDS
    return (Entity("matter", matter.name, 0, 0),) if matter is not None and is_later else ()


def _second_matter(clause: Clause, is_second: bool) -> Clause:
    """Return a later clause with the matter that it wants, which the model does not mark.

    "执照丢了，顺便把经营范围也改一下" asks for two things.
    """
    is_vague = clause.intent in UNNAMED and not _names(clause.entities)
    matter = matter_in(clause.text) if is_second and is_vague else None
    if matter is None or not (matter.category in AFTERWARDS or asks(clause.text)):
        return clause
    named = Entity("matter", matter.name, 0, len(clause.text))
    likely = "ask_eligibility" if asks(clause.text) else "ask_procedure"
    intent = clause.intent if clause.intent in QUESTION_INTENTS else likely
    return replace(clause, intent=intent, confidence=1.0, entities=(*clause.entities, named))


def _only_hurries(turn: Turn, clause: Clause) -> bool:
    """Tell whether "急着投标用" behind another request speaks of no case of its own."""
    is_case = clause.intent in CASES and turn.intent not in CASES
    named = clause.entity("case_number") is not None or speaks_of_case(clause.text)
    return is_case and not named


def _is_subject(turn: Turn, clause: Clause) -> bool:
    """Tell whether a clause only says what is asked about, and is no wish of its own.

    For what money is asked (顶上想铺光伏 这个有补贴没), or who rates us (同行瞎打差评 咋整).
    """
    if clause.intent == RATES and turn.intent in QUESTION_INTENTS:
        return is_rated_by_others(clause.text)
    is_wish = turn.intent in POLICIES and clause.intent in JOURNEYS and not asks(clause.text)
    return is_wish and is_only_bought(clause.text, turn.text)


def _names_no_matter(clause: Clause, named: tuple[Entity, ...]) -> bool:
    """Tell whether neither a clause nor what was said before it names a matter: "去哪报"."""
    is_named = any(entity.name == "matter" for entity in named)
    return not is_named and sure_matter(clause.text) is None


def misheard(turn: Turn, said: Turn | Clause) -> bool:
    """Tell whether a text, or a part of it, is taken for a booking though nothing speaks of one.

    "退了" of somebody who has retired drops no booking.
    """
    if said.intent not in APPOINTMENTS or turn.choice is not None or turn.loop == BOOKING:
        return False
    is_dated = said.entity("date") or said.entity("time") or said.entity("service_mode")
    return not is_dated and not speaks_of_booking(said.text)


def _joined(turn: Turn) -> set[str]:
    """Return the names of matters that a text puts side by side, none when it names one only."""
    named = [entity.value for entity in turn.entities if entity.name == "matter"]
    return set(named) if len(named) > 1 and joins(turn.text, named) else set()


def _without_doubles(found: list[Request]) -> list[Request]:
    """Leave out what another part of a message asks for more exactly.

    "我约的是明天上午 改后天行吗" only says which booking is to be moved, and "政策太多看不懂
    帮我看看我能享受哪个" wants one thing.
    """
    intents = {request.intent for request in found}
    left_out = {vague for vague, exact in DOUBLES.items() if intents & exact}
    return [request for request in found if request.intent not in left_out]


def _settled(turn: Turn, main: Request, found: list[Request]) -> list[Request]:
    """Put the model's reading of the whole beside what its parts ask."""
    intents = [request.intent for request in found]
    if "ask_deferral" in intents and "apply_online" in (turn.intent, *intents):
        # 申请食品许可，健康证还没拿到，可以先送件吗: the wish says only what is short of a paper
        return [Request("ask_deferral", turn.text, turn.entities)]
    if turn.intent in JOURNEYS and [r.intent in SUMMED for r in found] == [True]:
        if _asks_the_list(found[0]):
            return [main]  # 盘了个门面想开棋牌室 还得办啥证: the journey says it
        return [main, *found]  # the journey is told by the whole, the question by a clause
    if len(found) <= 1:
        gives_way = turn.intent in EMPTY and found and turn.clauses
        if gives_way and found[0].intent in SERVICE_INTENTS:  # other clauses tell more of it
            found = [replace(found[0], text=turn.text, entities=turn.entities)]
        return found if gives_way else [main]
    if turn.intent in intents:
        if turn.intent in SERVICE_INTENTS:  # the whole sentence tells more than its clause
            found[intents.index(turn.intent)] = main
            found = [_with_rest(request, turn) for request in found]
    elif turn.intent in SERVICE_INTENTS | QUESTION_INTENTS and turn.confidence >= SURE_MAIN:
        found.insert(0, main)
    begun = {request.intent for request in found} & JOURNEYS
    return _beside_journey(found, turn) if begun else found


def _names_trade(request: Request) -> bool:
    return any(one.name in TRADES for one in request.entities)


def _beside_journey(found: list[Request], turn: Turn) -> list[Request]:
    """Return requests without the questions that the journey among them answers itself.

    "家里老宅子想改成民宿，消防咋弄啊" is told to it as a whole. Where a package of policies is
    wanted, a business that names no trade is none: 开个体店，一个月卖七万，看看我能享受哪些优惠.
    """
    if turn.intent in {"match_policy", "search_policy"}:
        is_open = is_open_already(turn.text)  # 开饭馆 去年刚开 有啥补贴
        found = [r for r in found if r.intent not in JOURNEYS or (_names_trade(r) and not is_open)]
    kept = [r for r in found if r.intent not in QUESTION_INTENTS - SUMMED or _is_apart(r)]
    kept = [r for r in kept if not _asks_the_list(r)]
    dropped = {r.intent for r in found if r not in kept}
    if not dropped:
        return kept
    return [_with_question(r, turn) for r in kept]


def _asks_the_list(request: Request) -> bool:
    """Tell whether no more is asked than which licences the trade wants: 要哪些证."""
    is_list = request.intent == "ask_materials" and asks_which_licences(request.text)
    return is_list and _LICENCES.search(request.text) is not None


_LICENCES = re.compile("证(?!明|件)|证照|执照|许可")


def _with_question(request: Request, turn: Turn) -> Request:
    """Return a journey with the whole text, in which something is asked beside it."""
    is_journey = request.intent in JOURNEYS
    return replace(request, text=turn.text, entities=turn.entities) if is_journey else request


def _with_rest(request: Request, turn: Turn) -> Request:
    """Return a journey beside a booking with all that the sentence tells of it.

    "五金店，茌平，个体，60平，帮我约明天上午" tells form, place and size in clauses of their own.
    """
    if request.intent not in JOURNEYS or request.intent == turn.intent:
        return request
    own = [c for c in turn.clauses if c.intent not in SERVICE_INTENTS - JOURNEYS]
    entities = tuple(entity for clause in own for entity in clause.entities)
    return replace(request, text="，".join(c.text for c in own), entities=entities)


def _intents(clause: Clause, turn: Turn) -> Iterator[str]:
    """Yield what one clause asks for: a service that the model is sure of, then questions."""
    if clause.intent in MISREAD and _needs_one(clause.text):
        clause = replace(clause, intent="ask_eligibility", confidence=SURE_SERVICE)
    if turn.clauses and _is_no_wish(clause, turn):
        return
    topics = [f"ask_{topic}" for topic in app().dialogue_words.topics_in(clause.text)]
    if clause.intent in SERVICE_INTENTS and clause.confidence >= SURE_SERVICE:
        yield clause.intent
        if clause.intent not in JOURNEYS:
            return
        yield from topics
        return
    if turn.clauses and asks_which_licences(clause.text) and sure_matter(turn.text) is not None:
        yield "ask_eligibility"  # 卖包子豆浆 得办啥证 还有大厅礼拜六上不上班
        return
    if not turn.clauses:
        is_asking = clause.intent in topics or (clause.intent in EMPTY and len(topics) > 1)
        yield from topics if is_asking else [clause.intent]
        return
    own = clause.entity("matter") is not None and asks(clause.text)  # 再就是门头招牌要审批不
    sure = clause.intent in QUESTION_INTENTS and (clause.confidence >= SURE_QUESTION or own)
    if sure and not topics and _only_tells(clause, turn):
        return
    if sure and clause.intent not in topics:
        yield clause.intent
        return
    is_ours = any(entity.value in clause.text for entity in _names(turn.entities))
    if clause.intent == "out_of_scope" and not is_ours:
        return
    yield from topics


def _only_tells(clause: Clause, turn: Turn) -> bool:
    """Tell whether a clause that sounds like a question of procedure says why another one asks.

    "公司想注销，走简易的公示几天" asks one thing.
    """
    others = (other for other in turn.clauses if other.text != clause.text)
    is_wanted = asks(clause.text) or wants_to_hear(clause.text)
    is_wanted &= not asks_the_same_of(clause.text)  # 那消防设计审查呢，几天
    is_vague = clause.intent in TELLING and not is_wanted
    return is_vague and any(asks(other.text) for other in others)


def _is_no_wish(clause: Clause, turn: Turn) -> bool:
    """Tell whether a clause leaves a thing to others, or only says why: 我懒得跑 blames nobody."""
    is_reason = clause.intent != turn.intent and gives_reason(clause.text)
    is_built = clause.entity("project_type") is not None or builds(clause.text)
    is_reason |= clause.intent == "plan_project" != turn.intent and not is_built  # 想快点开工
    is_reason |= clause.intent == "plan_project" and buys_building(clause.text)
    is_reason |= clause.intent == "apply_online" != turn.intent and not wants_it_done(clause.text)
    whistled = clause.intent == "blow_whistle" and turn.intent in POLICIES  # 干不动了 有补贴没
    is_told = whistled or clause.intent == "complain" != turn.intent
    blames_none = is_told and not finds_fault(clause.text)
    blames_none |= clause.intent == "complain" and is_reported(clause.text)  # 没办证 被人举报了
    return is_reason or blames_none or is_done_by_others(clause.text)


def _is_apart(request: Request) -> bool:
    """Tell whether it is asked if one thing of a business needs something of its own."""
    parts = clauses(request.text)
    if request.intent != "ask_eligibility" or not any(map(asks_whether_needed, parts)):
        return False
    is_named = any(entity.name == "matter" for entity in request.entities)
    return is_named or sure_matter(request.text) is not None


def _needs_one(text: str) -> bool:
    return asks_whether_needed(text) and sure_matter(text) is not None


def _same(one: Request, other: Request) -> bool:
    named = [{e.value for e in r.entities if e.name in NAMES} for r in (one, other)]
    return one.intent == other.intent and (
        one.intent not in QUESTION_INTENTS or not named[0] or not named[1] or named[0] == named[1]
    )


def _with_matter(said: tuple[Entity, ...], about: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return what a clause names, with what was named before where it names nothing of its own.

    A paper alone ("健康证还没出来能先收不") is one of the matter spoken of before.
    """
    if not _names(said):
        return (*said, *about)
    if any(entity.name != "material" for entity in _names(said)):
        return said
    return (*said, *(entity for entity in about if entity.name == "matter"))


def _names(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    return tuple(e for e in entities if e.name in NAMES)


def with_journey(turn: Turn, asked: list[Request]) -> list[Request]:
    """Put the journey before the questions of a text that tells all of a new business.

    "临清 有限公司 五金店 80平，一共多少钱" says what is to be opened though no verb does.
    """
    told = all(turn.entity(name) for name in ("enterprise_type", "district", "industry"))
    is_question = bool(asked) and all(request.intent in SUMMED for request in asked)
    if not told or not is_question or turn.loop is not None or turn.entity("matter"):
        return asked
    return [Request("start_business", turn.text, turn.entities), *asked]


def _is_booked_for(request: Request) -> bool:
    """Tell whether a wish beside a booking only says what it is for: 约个帮办 我要注销公司."""
    if request.intent in JOURNEYS:
        return not _names_trade(request) or app().life_events.find(request.text) is not None
    return request.intent == APPLIES and not is_online(request.text)


def _is_there(text: str) -> bool:
    """Tell whether what a text seems to open stands already: 弄了个照相馆."""
    return is_done_already(text) or is_running(text)


def without_done(asked: list[Request]) -> list[Request]:
    """Leave out the journey to what is open already, where something is asked about it.

    "自己开了个修车铺，有啥补贴没" asks for policies only.
    """
    done = {r for r in asked if r.intent in JOURNEYS and _is_there(r.text)}
    left = [r for r in asked if r not in done or is_new_wish(r.text)]
    if any(r.intent == BOOKS for r in left):
        left = [r for r in left if not _is_booked_for(r)]
    return left or asked
