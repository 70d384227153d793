"""Reads a message that leaves a form and wants something else in the same breath."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import app
from actions.bookings.wishes import books_offered
from actions.forms.handing_in import CONFIRMED, HANDED_IN
from actions.steering.unwished import asked_beside_denial, denies_this
from actions.trades.start_answers import TRADE
from actions.turns.beside import SILENCE, as_clause
from actions.turns.focus import JOURNEY_FORMS
from actions.turns.history import was_just_opened
from actions.turns.intent_groups import SERVICE_INTENTS, STORIES
from actions.turns.names import AFTERWARDS, sure_matter
from actions.turns.requests import SURE_QUESTION
from actions.turns.trades_named import trade_of
from actions.turns.turn import ANSWER_INTENTS, QUESTION_INTENTS, Clause, Turn
from bot.services.words.form_remarks import (
    abandons,
    drops,
    given_up,
    hands_in,
    has_farewell,
    leaves,
    pauses_all,
    postpones,
    says_goodbye,
    thinks_better,
    tires,
)
from bot.services.words.matter_remarks import asks, asks_consequence, asks_penalty
from bot.services.words.remarks import (
    LONGEST_REMARK,
    clauses,
    gives_up,
    goes_back_to,
    hesitates,
    replacement,
    resumes,
    skips_the_rest,
)
from bot.services.words.steering import keeps_number, only_sounds
from bot.services.words.story import asks_something
from bot.services.words.ticket import wants_whistle
from bot.services.words.unwished import drops_story

LOOK_UPS = frozenset({"case_form", "matter_form", "ticket_form"})
"""Forms that give way to the one underneath when a text answers that one and not them."""

DROPS = {"booking_form": "cancel_appointment"}
"""Form to the intent that drops what it is about; nothing beside it is an answer."""

LAST_AND_OPTIONAL = frozenset({"feedback_phone", "review_comment"})
"""Questions after which all is told: who takes leave there hands in what was said."""

SURE = 0.75
"""From this confidence on a farewell is one, in whatever words."""

FIRST_LEFT = re.compile(
    "(那|哎|还是|[，, ])*(算了|不用了)[吧，, ]*(还是)?(?P<rest>先(帮我|给我)?(看|问|查|了解).+)"
)
"""Leaves for a question in one breath."""

OTHER_STORY = {"feedback_form": ("吹哨", "blow_whistle"), "whistle_form": ("投诉", "complain")}
"""Form around a story to the word and the intent of the other one."""

LONGEST_SWITCH = 16
"""Signs of what takes one for the other back."""

_TAKEN_BACK = re.compile("不是|不对|[错岔混]了|应该是|要的是|改|不(吹哨?|投诉)了")

_NO_BOOKING = re.compile(
    "(那|哎|嗯|我|俺|[，, ])*(不是|不|没|没有|没说)(要|想)?(新)?(预约|约)(帮办|人)?(了|的|啊|呀)*"
    "[，, 。]+(?P<rest>.+)"
)
_TICKETS = re.compile("投诉|吹哨|举报|建议|补充")
ADDS = "补充"
"""What is said by who wants to add to something filed."""

_ONLY_ASKS = re.compile("(那|我|俺|你|您|恁)*(就|先|只|只想)(告诉|说说|跟我说|想?问|打听|想?知道)")
"""Begins the one thing that is still wanted to be known."""

_DROPPED = re.compile("不(?:用|再|想)?(?:预)?约了|不去了|取消")
_LEAVES_REST = re.compile("剩下|其余|其[他它]的?|余下|剩余|后面的")

_WANTS = re.compile("(?:那|我|俺|咱|就|还是|先)*(?:要|想|得)")

_EARLIER = re.compile("刚刚?才|刚刚|前面|先头|原来|之前|头里|一开始|上一?个|开头")
"""Says that what went on before is meant."""

_NAMED_BELOW = re.compile(
    "(?:[回转绕说](?:到|回)|(?:接着|继续)[弄办说问搞整]?)(?:刚才|前面|之前|那个)*"
    "(?P<thing>[^，,。]{2,8}?)(?:那个|那事儿?|那块|的事儿?|的)?[吧了呗]*$"
)
"""Goes back to something by its name: 说回培训班吧."""

LONGEST_WORD = 3
"""Signs of what may stand beside leaving and say nothing else."""


def returns_below(turn: Turn) -> bool:
    """Tell whether a text goes back to what waits under the open form: "接着刚才开店的".

    Right behind the question that opened the form "刚才那个接着弄" means what was there before.
    """
    waiting = list(turn.slots.get("open_forms") or [])
    if turn.choice is not None or not waiting or not _goes_back(turn.text):
        return False
    labels = app().dialogue_words.forms
    below, here = (_pairs(labels.get(str(name), "")) for name in (waiting[-1], turn.loop))
    if any(pair in turn.text for pair in below - here) or _names_trade_below(turn, waiting[-1]):
        return True
    is_named = any(pair in turn.text for pair in here)
    return not is_named and _EARLIER.search(turn.text) is not None and was_just_opened(turn)


def _names_trade_below(turn: Turn, below: str) -> bool:
    """Tell whether the trade of the plan that waits below is named: 说回培训班吧."""
    found = _NAMED_BELOW.search(turn.text) if below == JOURNEY_FORMS["start_business"] else None
    return found is not None and trade_of(found["thing"]) == (turn.slots.get(TRADE) or "")


def _goes_back(text: str) -> bool:
    return resumes(text) or goes_back_to(text)


def goes_below(turn: Turn) -> bool:
    """Tell whether a form is left for what waits below: 不投诉了 接着政策, 先不约了，回开店."""
    first, *more = clauses(turn.text) or [turn.text]
    waiting = list(turn.slots.get("open_forms") or [])
    if not more or not waiting or not (leaves(first) or gives_up(first)):
        return False
    label = app().dialogue_words.forms.get(str(waiting[-1]), "")
    is_named = any(pair in more[-1] for pair in _pairs(label))
    is_named = is_named and more[-1].startswith(("接着", "继续", "回"))
    return _goes_back(more[-1]) or is_named


def _pairs(label: str) -> set[str]:
    """Return the pairs of signs of what a form is called: 开店, 店办, 办照."""
    return {label[at : at + 2] for at in range(len(label) - 1)}


def only_leaves(turn: Turn) -> bool:
    """Tell whether a message leaves the open form and adds no more than a word ("没有 不查了")."""
    parts = clauses(turn.text)
    if denies_this(turn):
        return asked_beside_denial(turn) is None
    if abandons(turn.text) or returns_below(turn):
        return True
    if _drops_look_up(turn):
        return len(turn.text) <= LONGEST_REMARK
    if turn.requested in LAST_AND_OPTIONAL and any(map(keeps_number, parts)):
        return False  # 号我不想给 别问了
    left = [part for part in parts if leaves(part)]
    if left and parts[-1] in left and turn.intent not in QUESTION_INTENTS:
        return len(turn.text) <= LONGEST_REMARK  # 我还是不放心，不在网上填了
    if _drops_no_booking(turn):
        return len(turn.text) <= LONGEST_REMARK  # 取消吧 他们刚打电话来了
    rest = [part for part in parts if part not in left]
    return bool(left) and all(
        len(part) <= LONGEST_WORD or hesitates(part) or resumes(part) or goes_back_to(part)
        for part in rest  # 先不投了 回去想想
    )


def _drops_no_booking(turn: Turn) -> bool:
    """Tell whether what is taken for the end of a booking names none, in another form."""
    is_dated = any(turn.entity(name) for name in ("date", "time"))
    is_named = is_dated or "约" in turn.text
    return turn.intent in DROPS.values() and turn.loop not in DROPS and not is_named


def _drops_look_up(turn: Turn) -> bool:
    """Tell whether a look-up is not wanted any more: "不用了，客户不注销了"."""
    parts = clauses(turn.text)
    return turn.loop in LOOK_UPS and bool(parts) and drops(parts[0])


def leaves_now(turn: Turn) -> bool:
    """Tell whether a message leaves the open form, for a pause or for something else."""
    is_away = pauses(turn) or only_leaves(turn) or books_offered(turn)
    return is_away or goes_below(turn) or without_leaving(turn) is not None


def pauses(turn: Turn) -> bool:
    """Tell whether everything is to rest for now, with or without a reason beside it."""
    if turn.loop in HANDED_IN and hands_in(turn.text):  # 就这些没别的了 交上去吧
        return False
    if _LEAVES_REST.search(turn.text) and skips_the_rest(turn.text):  # 先这样，剩下你看着办
        return False
    parts = clauses(turn.text)
    is_short = len(turn.text) <= LONGEST_REMARK and turn.intent not in QUESTION_INTENTS
    edges = (parts[0], parts[-1]) if len(parts) > 1 else (turn.text.partition("了")[2],)
    is_farewell = turn.intent == "goodbye" and turn.confidence >= SURE and not turn.entities
    is_farewell &= not only_sounds(turn.text)  # 啦啦啦
    is_farewell &= len(parts) == 1 or any(map(has_farewell, parts))  # 没事了 就按窗口的约
    is_number = turn.requested is not None and turn.text.isdigit()  # 88 where an area is asked for
    takes_leave = not is_number and (says_goodbye(turn.text) or is_farewell)
    if takes_leave and turn.requested not in LAST_AND_OPTIONAL:
        return True
    is_last = str(turn.requested).endswith(CONFIRMED)  # there it is the no to what was read back
    is_on_top = bool(turn.slots.get("open_forms"))  # 先不约了 goes on with what waits below
    tests = (pauses_all,) if is_last or is_on_top else (pauses_all, postpones)
    is_asking = any(asks_something(part) for part in parts if not any(t(part) for t in tests))
    is_said = any(test(edge) for test in tests for edge in edges)
    return any(test(turn.text) for test in tests) or (is_short and not is_asking and is_said)


def without_leaving(turn: Turn) -> Turn | None:
    """Return what a message wants beside leaving the open form ("不填了，把我的删掉").

    None when it says nothing else, or does not leave.
    """
    parts = clauses(turn.text)
    if goes_below(turn):
        return None  # 不投诉了 接着政策
    if thinks_better(turn.text):
        return None  # 还是别报了 怕他给我穿小鞋
    if denies_this(turn):
        return asked_beside_denial(turn)
    other = _other_story(turn)
    if other is not None:
        return other
    first = FIRST_LEFT.match(turn.text)
    if first is not None and turn.intent in QUESTION_INTENTS | {"deny"}:  # 算了还是先看办照要多久
        asked = replace(turn, text=first["rest"], loop=None, requested=None, clauses=())
        return replace(asked, intent="inform") if turn.intent == "deny" else asked
    is_given_up = turn.intent in ANSWER_INTENTS and bool(parts) and given_up(parts[0])
    if turn.intent == "stop" or pauses(turn) or is_given_up:
        is_back = len(parts) > 1 and resumes(parts[-1])  # 帮办不约了，还是回去把执照那个弄完
        return None if is_back else _request_behind(turn)
    if len(parts) > 1 and turn.intent in QUESTION_INTENTS and pauses_all(parts[-1]):
        before = turn.text[: turn.text.rindex(parts[-1])].strip("，,。 ")  # 要多久 我明天再来
        return replace(turn, text=before, loop=None, requested=None, clauses=())
    if len(parts) < 2 or not leaves(parts[0]):  # noqa: PLR2004
        return None
    return _rest_of(replace(turn, loop=None, requested=None), turn.clauses[1:])


def _other_story(turn: Turn) -> Turn | None:
    """Return the turn as the wish for the other kind of story: 点错了，是投诉; None for none."""
    if turn.loop == "booking_form" and turn.choice is None:
        return _ticket_instead(turn)
    word, intent = OTHER_STORY.get(str(turn.loop), ("", ""))
    is_short = bool(word) and turn.choice is None and len(turn.text) <= LONGEST_SWITCH
    is_meant = is_short and re.search(f"(?<!不)(是|要|想|改|成|走|按){word}", turn.text) is not None
    is_meant = is_meant and _TAKEN_BACK.search(turn.text) is not None
    is_meant |= is_short and turn.intent == intent and wants_whistle(turn.text)  # 给我记个吹哨
    if not is_meant:
        return None
    said = f"我要{word}"  # the slip itself is no part of the story
    asked = replace(turn, intent=intent, confidence=1.0, loop=None, requested=None)
    return replace(asked, text=said, typed=said, ranking=((intent, 1.0),), entities=(), clauses=())


def _ticket_instead(turn: Turn) -> Turn | None:
    """Return the turn as the wish for what was meant instead of a booking; None for none.

    "不是预约 我是补充投诉那个事" adds to what was filed.
    """
    found = _NO_BOOKING.match(turn.text)
    if found is None or _TICKETS.search(found["rest"]) is None:
        return None
    intent = next(
        (name for word, name in OTHER_STORY.values() if word in found["rest"]), "complain"
    )
    said = ADDS if "补" in found["rest"] else found["rest"]
    asked = replace(turn, intent=intent, confidence=1.0, loop=None, requested=None)
    return replace(asked, text=said, typed=said, ranking=((intent, 1.0),), entities=(), clauses=())


def _rest_of(turn: Turn, rest: Sequence[Clause]) -> Turn:
    """Return the turn as if only its last clauses had been said: "先不投诉了，周六有人没"."""
    if not rest:
        return replace(turn, clauses=())
    last = rest[-1]
    said = SILENCE.join(clause.text for clause in rest)
    entities = tuple(found for clause in rest for found in clause.entities)
    return replace(
        turn,
        text=said,
        intent=last.intent,
        confidence=last.confidence,
        entities=entities,
        ranking=((last.intent, last.confidence),),
        clauses=tuple(rest),
    )


def asked_behind_drop(turn: Turn) -> Turn | None:
    """Return what is asked behind dropping a booking: 不约了 就告诉我要交啥; None for nothing."""
    said = [clause.text for clause in turn.clauses]
    dropped = [at for at, text in enumerate(said) if _DROPPED.search(text)]
    rest = turn.clauses[dropped[-1] + 1 :] if dropped else ()
    is_asked = any(asks(one.text) and not resumes(one.text) for one in rest)  # 还是回去把…弄完
    if turn.choice is not None or not is_asked:
        return None
    asked = _rest_of(replace(turn, loop=None, requested=None), rest)
    return replace(asked, typed=asked.text)


def _wants_change(text: str) -> bool:
    """Tell whether a clause wants a change that the catalogue knows: 我要换监事."""
    is_wish = _WANTS.match(text) is not None
    matter = sure_matter(text) if is_wish else None
    return matter is not None and matter.category in AFTERWARDS


def _request_behind(turn: Turn) -> Turn | None:
    """Return the request behind leaving in one breath ("算了 先看办照要多久"), None for none."""
    wishes = QUESTION_INTENTS | SERVICE_INTENTS
    if replacement(turn.text) is not None:  # "算了，改成电话" goes on with another answer
        wishes = QUESTION_INTENTS
    wishes = wishes - {DROPS.get(str(turn.loop))}  # 算了 先不约了 says the same twice
    is_dropped = drops_story(turn.text)
    for clause in turn.clauses[1:]:
        is_wish = clause.intent in wishes and not tires(clause.text)
        is_wish &= not (is_dropped and clause.intent in STORIES)  # 算了不吹了 得罪人
        is_about = clause.entity("matter") is not None or _ONLY_ASKS.match(clause.text) is not None
        is_about |= asks_penalty(clause.text) or asks_consequence(clause.text)  # 没这证罚多少啊
        is_about = is_about and asks(clause.text)
        if not is_about and _wants_change(clause.text):  # 哎算了 我要换监事
            return replace(as_clause(turn, clause), intent="inform", loop=None, requested=None)
        if (is_wish and clause.confidence >= SURE_QUESTION) or is_about:
            return replace(as_clause(turn, clause), loop=None, requested=None)
    return None
