"""A form around a story: what is told after it, while another question is open, belongs to it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.filing.anonymity import FEEDBACK
from actions.filing.just_filed import REVIEWED
from actions.filing.story import substance
from actions.filing.story_firm import firm_behind, only_says_who, renamed_firm
from actions.forms.ask import MAX_FREE_TEXT, NONE
from actions.forms.form import ValidateForm
from actions.forms.leaving import leaves_now
from actions.forms.patience import unanswered
from actions.forms.question import Question, Value, acknowledge
from actions.forms.reading import POLITE, SURE, VERY_SURE, answers_by_entity
from actions.steering.alarm import alarm
from actions.steering.asides import aside_in
from actions.steering.unwished import denies_this
from actions.turns.context import OFFERED
from actions.turns.focus import MATTER, matter_named
from actions.turns.history import last_responses, said_lately, texts_before, typed_before
from actions.turns.intent_groups import POLICIES, SERVICE_INTENTS, STORIES
from actions.turns.turn import CONTROL_INTENTS, QUESTION_INTENTS, Entity, Turn
from bot.documents.known_text import quoted
from bot.services.reading.answers import read_yes_no
from bot.services.reading.identifiers import check_phone
from bot.services.words.closing import closing
from bot.services.words.form_remarks import asks_what_is_known, confirms, leaves, leaves_to_us
from bot.services.words.heard import tells_mishap, tells_no_story
from bot.services.words.machine_orders import gives_orders
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import (
    clauses,
    declines,
    hesitates,
    is_babble,
    is_correction,
    is_here_again,
    restarts,
    resumes,
    urges_on,
)
from bot.services.words.steering import asks_why_number, only_sounds, says_part_wrong
from bot.services.words.story import (
    asks_something,
    finds_fault,
    names_paper,
    says_who_is_to_blame,
    tells_trouble,
    tells_unknown,
)
from bot.services.words.ticket import asks_anonymity, asks_time_to_answer, names_ticket

SHORTEST_MORE = 4
"""Characters; a shorter text is rather a slip than a part of the story."""

NO_WORD = 5
"""Characters from which on a text is no slip, whatever the model takes it for."""

SURELY_MORE = 8
"""Characters from which a text that means nothing else belongs to the story."""

LOOKED_BACK = 4
"""Messages before a wish to file something in which the trouble may have been told."""

STORY = 12
"""Signs from which on such a message tells one."""

SHORT_WISH = 14
"""Characters; a longer text tells a story, whatever wish it sounds like."""

_NO_STORY = re.compile(
    r"\d{5}|[零一二三四五六七八九十幺〇]{6}|(留|给|填|打|回)?个?(电话|手机|号码)|联系(方式|我)|编号|单号|"
    r"不(想|愿意?|方便|用|要)?(留|给|填)(了|吧|啊|$)"
)
"""A number, or words about leaving one."""

_WISHES = SERVICE_INTENTS - STORIES - {"urge_case", "query_ticket", "query_case", "follow_case"}
"""Wishes that lead out of a story when they are short and sure."""

_SAID = frozenset({"inform", "nlu_fallback", "out_of_scope", "rate_service", "suggest"})
_SAID_SHORT = _SAID | STORIES | {"urge_case", "affirm", "deny", "chitchat"}
"""Intents of short texts that go on with a story; the model knows none for parts of one."""

_CONTACT = re.compile(
    r"(我|俺)?的?(电话|手机号?|号码|联系方式)(是|号)?|打这个|找我|(我|俺)?(姓|叫)[\u4e00-\u9fff]{1,3}$|[\s，,。：:是]"
)
"""What stands around a telephone number and tells nothing of what happened."""

_DECLINED = re.compile(
    "(那|那个|这个|信用代码|代码|编码|电话|手机号?|[，, ])*(先|就)?不(留|填|给|写|报)(了|吧)?"
)
_ADDS = re.compile(
    "(?:再|还|另外|麻烦|帮我|给我|[，, ])*(?:添|补|加|写)(?:上|充|进去)?"
    "[一两几]?(?:句|条|点|个|下|段)[^不]{4,}"
)
"""Adds to what was told: 再添一句 …."""

_LASTS = re.compile(
    "(都|已经|快|有|得有|前后|拖了|等了)*[一二两俩三仨四五六七八九十半几好多\\d]+个?(来|多)?(年|月|天|周|星期|礼拜|小时)(多|半|来)?(了|啦|喽)"
)
"""How long something has lasted already: 俩月了."""

_CIRCUMSTANCE = re.compile(
    r"(上|这|本|头)(个)?(周|星期|礼拜|月)|昨|前天|前几|那天|当天|今[天早儿]|\d+[月号]|我叫|俺叫|本人|"
    r"^(他|她)(姓|叫)|[\d百千万十]块钱?$|工号|(号|个)窗口|(男|女)的|(局|厅|科|所|站|办|中心|大厅)(的|里|，|,|$)|这(两|几)天|每[天次回]|天天|"
    r"(姓|叫).{1,3}的|(就|都|是)姓.|(叫|姓)(啥|什么)|戴眼镜|[早中下晚]上?午?.{0,2}点"
)
"""Who, where and when: what a department asks back about a complaint."""


_WHEN = re.compile(
    r"(上|这|本|头)(个)?(周|星期|礼拜|月)|昨天|前天|前几天|那天|当天|\d+[月号]|去年|今年|年初|月初|月底"
)
_TAKEN_BACK = re.compile(
    "(?:[说记写弄讲打](?:错|岔|反)了?|^(?:刚才)?(?:那句)?不对)[，,。 ]*(?:应该)?"
    "(?:不?[是在]|有)[^，,]{2,}"
)
"""Says it otherwise than before: 刚才说错了 是一个月."""

_BOOKS = re.compile("约|帮办|上门")
"""Speaks of a visit: 你们上门来 电话138…."""

_SETS_RIGHT = re.compile("是[^，,。]{1,6}的(事|问题|毛病)|别(派|分|弄|搞)(错|岔)")
"""Says what the story is about, where the name of a firm is asked for."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope", "skip"})
"""What the model takes a mishap for that no office is named with."""

_FIRM = re.compile("[店厂馆司社行部院场坊屋吧室站园城铺楼居阁轩]$")
_STATES = re.compile(
    "(?:我|俺|咱)们?(?:又|也|都|早|压根|根本|可)?(?:不|没|是|交|付|去|来|找|欠|早)|"
    "欠的|交的|[是有]因为|就是(?:说|因为|那)|明明|凭(?:啥|什么)"
)
"""Says something that no name of a firm says: 欠的是滞纳金 我不认."""

_SUPPLIER = re.compile(
    "(供电|电力|供水|自来水|水务|燃气|天然气|供热|热力|物业|移动|联通|电信)(公司|局|所)?(那边|的|说|$)"
)
"""Who is often to blame without being an office."""


class StoryForm(ValidateForm):
    """Asks for a story and a few things more; the story may go on meanwhile."""

    story: ClassVar[str]
    """Slot that keeps the story."""

    added: ClassVar[str]
    """Response when something was added to it."""

    phone: ClassVar[str]
    """Slot of the telephone."""

    def takes_questions(self, turn: Turn) -> bool:
        """Tell whether a question can be the story itself: "周末能不能也开门" is a suggestion."""
        return False

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take what goes on with the story before it is taken for anything else."""
        if denies_this(turn):
            return [SlotSet("requested_slot", turn.requested)]  # it is left
        questions = self.questions(turn, turn.slots)
        opened = next((q for q in questions if q.slot == turn.requested), None)
        if opened is not None and opened.slot == self.phone and _gives_number(turn):
            turn = replace(turn, intent="inform", clauses=())
        if opened is not None and opened.slot == self.story:
            turn = _as_story(turn)
        told = str(turn.slots.get(self.story) or "")
        renamed = renamed_firm(turn, questions)
        if renamed:  # 公司叫聊城鼎恒商贸
            return self._accept(turn, renamed, say, None)
        is_told = bool(told) and opened is not None and not opened.is_story
        if is_told and says_part_wrong(turn.text) and not self._names_question(turn, questions):
            say.utter_message(response="utter_feedback_say_right")
            return self._ask_again(turn, say)
        rest = _without_declined(turn)
        left: dict[str, Any] = {}
        if opened is not None and rest is not turn and opened.may_be_declined:
            left = {opened.slot: opened.when_unknown}
        if told and turn.choice is None and self._goes_on(rest, questions, opened):
            turn = rest
            if alarm(turn, say):
                return self._ask_again(turn, say)
            say.utter_message(response=self.added)
            longer = joined(told, turn.typed or turn.text)
            told_place = _place_told(turn, questions)
            acknowledge(questions, turn.slots, told_place, opened, say)
            left |= {**told_place, "form_failures": 0.0}
            changes = {**left, **named_in_story(turn), self.story: longer}
            return self._ask_next(turn, dict(turn.slots), changes, say)
        return super()._read(turn, say)

    def _read_answer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        if opened is not None and opened.slot == self.story:
            left_out = self._leaves_phone_out(turn, questions) or self._only_contact(turn)
            left_out = left_out or self._only_named(turn, questions, opened)
            left_out = left_out or only_says_who(turn, questions)
            if left_out:
                return self._accept(turn, left_out, say, opened)
            if tells_no_story(turn.text) or only_sounds(turn.text):  # 哈哈哈哈
                return self._refuse(turn, unanswered(turn), opened, say)
            is_asking = asks_something(turn.text) and not self.takes_questions(turn)
            is_asking = is_asking and not tells_trouble(turn.text)  # 又不说哪不合格, 不给办
            if is_asking and _asks_us(turn):
                return self._refuse(turn, unanswered(turn), opened, say)
            if turn.intent in QUESTION_INTENTS and not is_asking and len(turn.text) >= SURELY_MORE:
                turn = replace(turn, intent="inform")
        return super()._read_answer(turn, questions, opened, say)

    def _leaves_phone_out(self, turn: Turn, questions: Sequence[Question]) -> dict[str, Any]:
        """Return the telephone left out, when a text says no more than that it is not given."""
        number = next((q for q in questions if q.slot == self.phone), None)
        is_left = number is not None and number.may_be_declined and declines(turn.text)
        return {self.phone: NONE} if is_left and _NO_STORY.search(turn.text) else {}

    def _only_contact(self, turn: Turn) -> dict[str, Any]:
        """Return the telephone that is given where the story is asked for, and nothing with it."""
        said = turn.entity("phone")
        number = check_phone(said or "")
        rest = _CONTACT.sub("", turn.text.replace(said or "", ""))
        return {self.phone: number.value} if number.is_valid and not rest else {}

    def _only_named(
        self, turn: Turn, questions: Sequence[Question], opened: Question
    ) -> dict[str, Any]:
        """Return what names answer where the story is asked for and nothing else is said."""
        is_bare = turn.entity("company_name") is not None and not _unnamed(turn).strip(" ，,。")
        return self.answers_beside(turn, questions, opened) if is_bare else {}

    def _skip(self, turn: Turn, opened: Question, say: CollectingDispatcher) -> list[EventType]:
        """Leave an answer out and keep the telephone told with it: 代码记不住 电话0635…."""
        number = check_phone(turn.entity("phone") or "")
        if opened.slot == self.phone or opened.when_unknown is None or not number.is_valid:
            return super()._skip(turn, opened, say)
        say.utter_message(response=opened.skipped)
        told = {opened.slot: opened.when_unknown, self.phone: number.value}
        return self._accept(turn, told, say, opened)

    def _goes_on(self, turn: Turn, questions: Sequence[Question], opened: Question | None) -> bool:
        """Tell whether a text that answers nothing goes on with the story."""
        is_aside = aside_in(turn) is not None or asks_time_to_answer(turn.text)
        is_aside |= turn.loop == FEEDBACK and asks_anonymity(turn.text)  # 不留名行吧，怕使绊子
        is_none = is_aside or is_babble(turn.text) or leaves(turn.text)
        is_none |= asks_why_number(turn.text)  # 你们要号干嘛使
        if opened is None or opened.slot == self.story or is_none:
            return False
        is_taken_back = self._corrects(turn, questions, opened)
        is_more = _LASTS.fullmatch(turn.text) is not None or _is_place(turn, questions)
        is_more |= _ADDS.match(turn.text) is not None
        if is_more or (_TAKEN_BACK.search(turn.text) is not None and not is_taken_back):
            return True
        is_short = len(turn.text) < SHORTEST_MORE and not _is_circumstance(turn.text)
        if is_short or is_taken_back:
            return False
        if opened.free_text and not self._is_no_name(turn, opened):
            return False
        if not opened.free_text and isinstance(opened.parse(turn), Value):
            return False
        is_asking = asks_something(turn.text) and not tells_unknown(turn.text)
        is_asking |= closing(turn.text) is not None
        is_asking |= turn.intent in POLICIES and asks(turn.text)  # 我那个补贴到账没
        if is_asking or _NO_STORY.search(turn.text) or _steers(turn):
            return False
        if self.answers_beside(turn, questions, opened) and len(_unnamed(turn)) < SHORTEST_MORE:
            return False
        if len(str(turn.slots.get(self.story))) + len(turn.typed) >= MAX_FREE_TEXT:
            return False  # rather asked about than cut off
        is_told = _is_circumstance(turn.text) or tells_trouble(turn.text)
        if is_told or len(turn.text) >= SURELY_MORE:
            return True
        is_short_wish = turn.intent in _WISHES and turn.confidence >= SURE
        is_said = turn.intent in _SAID_SHORT or (len(turn.text) > NO_WORD and not is_short_wish)
        return is_said and len(turn.text) > SHORTEST_MORE

    @staticmethod
    def _names_question(turn: Turn, questions: Sequence[Question]) -> bool:
        """Tell whether a text calls a question by its name."""
        return any(question.is_called(turn.text) for question in questions)

    def _corrects(self, turn: Turn, questions: Sequence[Question], opened: Question) -> bool:
        """Tell whether an answer is taken back, and not a word of the story."""
        if turn.intent != "go_back" and not is_correction(turn.text):
            return False
        named = self._names_question(turn, questions)
        return named or bool(self.answers_beside(turn, questions, opened))

    def _is_no_name(self, turn: Turn, opened: Question) -> bool:
        """Tell whether "消防推住建，住建推消防" stands where a name is asked for."""
        if opened.entity is None or turn.entity(opened.entity) is not None:
            return False
        is_long = turn.intent in STORIES and len(turn.text) >= SURELY_MORE
        is_story = is_long and turn.confidence >= SURE and not names_ticket(turn.text)
        is_when = _WHEN.search(turn.text) is not None and _FIRM.search(turn.text) is None
        is_story |= is_when and len(turn.text) > NO_WORD  # 上个月20号申请的
        is_story |= _SETS_RIGHT.search(turn.text) is not None
        is_paper = turn.entity("matter") is not None or names_paper(turn.text)
        is_story |= is_paper and len(turn.text) >= SURELY_MORE and _is_no_firm(turn.text)
        is_story |= _STATES.search(turn.text) is not None and _FIRM.search(turn.text) is None
        return is_story or says_who_is_to_blame(turn.text) or tells_trouble(turn.text)


def _as_story(turn: Turn) -> Turn:
    """Return the turn of a mishap as told, whatever the model holds of it: 我住三楼漏水.

    A firm that stands by itself behind it is named.
    """
    is_told = turn.intent in REFUSED and tells_mishap(turn.text)
    firm = firm_behind(turn.text) if turn.entity("company_name") is None else None
    if firm is not None:
        at = turn.text.rindex(firm)
        named = Entity("company_name", firm, at, at + len(firm))
        turn = replace(turn, entities=(*turn.entities, named))
    return replace(turn, intent="inform") if is_told else turn


def _gives_number(turn: Turn) -> bool:
    """Tell whether a telephone is given and nothing is to be booked: 留个电话吧 138…."""
    return turn.entity("phone") is not None and _BOOKS.search(turn.text) is None


def _is_no_firm(text: str) -> bool:
    """Tell whether a text has no sign with which the name of a firm ends."""
    return re.search("公司|有限|商行|企业$", text) is None and _FIRM.search(text) is None


def _place_told(turn: Turn, questions: Sequence[Question]) -> dict[str, Any]:
    """Return the district told beside what goes on with a story, if it is still asked for."""
    places = [q for q in questions if q.entity == "district" and turn.slots.get(q.slot) is None]
    return answers_by_entity(turn, places, None)


def _is_place(turn: Turn, questions: Sequence[Question]) -> bool:
    """Tell whether a text only names the district of what happened, in a form that asks none."""
    is_asked = any(question.entity == "district" for question in questions)
    is_named = turn.entity("district") is not None and not asks_something(turn.text)
    return is_named and not is_asked and len(_unnamed(turn)) < SHORTEST_MORE


def _without_declined(turn: Turn) -> Turn:
    """Return the turn without leaving out an answer that is not asked for, if it says more.

    "那个先不填了 事儿就是增容没批" goes on with the story.
    """
    parts = clauses(turn.text)
    if turn.choice is not None or len(parts) < 2 or _DECLINED.fullmatch(parts[0]) is None:  # noqa: PLR2004
        return turn
    rest = turn.text[turn.text.index(parts[1]) :]
    if any(map(confirms, parts[1:])):
        return turn
    kept = tuple(found for found in turn.entities if found.value in rest)
    return replace(turn, text=rest, typed=rest, entities=kept, clauses=turn.clauses[1:])


def _asks_us(turn: Turn) -> bool:
    """Tell whether a short text asks about the service before anything is told: "这个管用吗".

    "凭啥让我跑五趟" asks nothing.
    """
    is_short = len(turn.text) <= SHORT_WISH and asks(turn.text)
    return is_short and not finds_fault(turn.text) and "凭" not in turn.text


def _is_circumstance(text: str) -> bool:
    """Tell whether a text says who, where, when or how much: 他姓王, 就今天, 三百块."""
    return _CIRCUMSTANCE.search(text) is not None or _SUPPLIER.match(text) is not None


def _unnamed(turn: Turn) -> str:
    """Return what a text says beside the names in it."""
    rest = turn.text
    for entity in turn.entities:
        rest = rest.replace(entity.value, "")
    return rest


def _steers(turn: Turn) -> bool:
    """Tell whether a text says yes or no, leaves, waits, or wants something else for sure."""
    text = turn.text
    plain = (confirms, declines, leaves_to_us, hesitates, resumes, is_here_again, restarts)
    if any(says(text) for says in (*plain, asks_what_is_known, gives_orders, is_babble)):
        return True
    parts = clauses(text)
    is_settled = any(map(confirms, parts)) or any(map(declines, parts)) or any(map(urges_on, parts))
    if is_settled or read_yes_no(text) is not None or leaves_now(turn):
        return True
    if turn.intent in CONTROL_INTENTS | POLITE | {"abuse"} and turn.confidence >= SURE:
        return _CIRCUMSTANCE.search(text) is None or len(text) < SURELY_MORE
    is_wish = turn.intent in _WISHES and turn.confidence >= VERY_SURE
    return is_wish and len(text) <= SHORT_WISH


def named_in_story(turn: Turn) -> dict[str, Any]:
    """Return the slots after which the matter that a story names is talked about.

    "到底要不要办这个" between the questions of a complaint is about it.
    """
    named = matter_named(turn)
    return {**named, "focus": MATTER} if named else {}


def joined(before: str | None, now: str | None) -> str | None:
    """Return a story of one or two parts, None when there is none at all."""
    return "；".join(part for part in (before, now) if part)[:MAX_FREE_TEXT] or None


def _told_earlier(turn: Turn) -> str | None:
    """Return the trouble told some messages before, where nothing was filed since; or None.

    "你给我吹个哨呗" after questions on a debt is about the debt.
    """
    if turn.slots.get("ticket_number") or substance(turn.text) is not None:
        return None
    told = (text for text in reversed(texts_before(turn)[-LOOKED_BACK:]) if tells_trouble(text))
    return next((text for text in told if len(text) >= STORY and not asks(text)), None)


def take_before(turn: Turn, say: CollectingDispatcher) -> str | None:
    """Return the trouble that the message just before this one tells, and say that it is kept.

    None, and nothing is said, when it tells none.

    Who has told how a permit is held up, and then asks for help, is not asked to tell it again.
    """
    before = typed_before(turn)
    is_told = before is not None and (tells_trouble(before) or bool(OFFERED & last_responses(turn)))
    if said_lately(turn, REVIEWED):  # what was blamed, and where and when it was
        told = [one for one in texts_before(turn)[-LOOKED_BACK:] if not asks(one)]
        before = joined(*told[:2]) if len(told) > 1 else before
    elif not is_told:
        before = _told_earlier(turn)
    if before is None or len(before) < SHORTEST_MORE:
        return None
    say.utter_message(response="utter_common_told_before", told=quoted(before))
    return before[:MAX_FREE_TEXT]
