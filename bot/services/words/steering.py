"""Recognises what steers an open service: another one instead, what is to be said, taking back."""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.unwished import wishes_story

LONGEST = 24
"""Signs of a text that steers and tells no story."""

LONGEST_BESIDE = 8
"""Signs of a clause that may stand beside taking back: 消消气了, 解决了."""

_BESIDE = re.compile(
    "还是|算了|赶紧|麻烦|可以|刚才|刚刚|方才|上面|前面|头里|登记|得了|[那把就都先也再快我俺咱你您恁给帮替请想要能"
    "刚这个条份张的它事提报写说吹约了吧呗掉去来行中成不吗啊呀哈]"
)
"""What points at a thing or asks for it, and tells nothing else."""

_FILED = re.compile("(?:投诉|举报|吹?哨|建议|意见|诉求|工单|单子)?")
_BACK = re.compile(
    "撤(?:回|销|掉|下)?|收回|取消|作废|删[了掉除]|不要了|不用管了|当我没说|不投诉了|不告了"
)
_OF_BOOKING = re.compile("预约|约的|帮办|号源|排队")
_BARE_BACK = re.compile("(?:不要|不用管)了(?:吧|哈|啊)?")
"""Says no to an offer as well, where it does not say what."""

_AROUND = re.compile(
    "要不然|要不|还是|不如|干脆|直接|可以|一下|管用|好使|有用|得了|算了|"
    "[那咱我俺就能想要去来给帮替他她你们了吧呗个一中不行成吗沾啊呢]"
)
_INSTEAD = {
    "blow_whistle": re.compile("吹哨?|哨"),
    "complain": re.compile("投诉|举报|告"),
}
"""What is left of a clause that wants something filed instead: 那我吹哨中不中."""

_DENIED = re.compile(
    "(?<![要行中])[不别没甭](?:想|再|用|要)?(?:吹|投诉|举报|告)|(?:[他她你]们?|人家)告|告(?:我|俺)"
)

_BEGINS = "(?:^|[，, ])(?:我|俺|咱|那|这|该|要|得|应该|具体|都|是|可以|能|不知道?|里头?|儿)*"
_WHAT_TO_SAY = re.compile(
    "(?:让|叫|要|想让|问)(?:我|俺|咱)?(?:们)?(?:写|填|说|答|回|讲|报)(?:的)?(?:些|点)?(?:啥|什么|嘛)|"
    f"{_BEGINS}(?:写|填|说|评|答|讲)(?:些|点|个)?(?:啥|什么|嘛)(?:呀|啊|呢|好|合适)*[?？]?$|"
    f"{_BEGINS}(?:咋|怎么|怎样)(?:写|填|评|讲)(?:呀|啊|呢|才好|法|合适)*[?？]?$|"
    "(?:给|举|来|有没有|有|看|要)(?:我|俺|咱)?(?:个|份)?(?:样子|例子|样本|模板|范本|范文|样式|格式)|"
    "从(?:哪儿?|何)(?:里)?(?:说|讲|写)起|(?:不会|不知道(?:该|要|怎么|咋)?)(?:写|讲|评)(?:啥|什么)?$"
)
"""Asks what is to be said where any text does: 这是要我写啥呀, 给个样子."""

_WHY_NUMBER = re.compile(
    "(?:要|留|问|填|给|打听)[^，,。]{0,4}(?:电话|手机|号)码?[^，,。]{0,3}(?:干|做|弄|有?啥用|有?什么用|图)|"
    "(?:为啥|为什么|凭啥|凭什么|咋还?|干嘛|干啥)[^，,。]{0,4}(?:要|留|问|填|给)[^，,。]{0,4}(?:电话|手机|号)"
)
_PART_WRONG = re.compile(
    "(?:哎呀?|诶|刚才|刚刚|前面|头里|我|俺|说的|写的|那个?|[，, ])*"
    "(?:地[方点]|窗口|时间|日[子期]|大厅|单位|部门|那句话?)(?:我|俺|好像|刚才|给)*"
    "(?:说|写|弄|讲|记|搞|报)?(?:错|岔|反|混|不对)[了啊呀吧]*"
)
"""Says that a part of what was told is wrong, and not what is right: 刚才说的地方错了."""
_SOUNDS = re.compile("(?:[哈呵嘿嘻嗡嘟啦咕呜哇喵汪咩滴嘀]|[，,。.！!~～ ])+")

_KEEPS_NUMBER = re.compile(
    "(?:电话|手机号?|号码?|联系方式)(?:我|俺)?(?:就|也|真|可)?(?:不想|不愿意?|不)(?:再)?(?:给|留|说|报|告诉)(?:了)?"
)


def keeps_number(text: str) -> bool:
    """Tell whether a clause only says that no telephone is given: 号我不想给."""
    return _KEEPS_NUMBER.fullmatch(text) is not None


def only_sounds(text: str) -> bool:
    """Tell whether a text is a laugh or a sound and tells nothing: 哈哈哈哈, 啦啦啦."""
    return _SOUNDS.fullmatch(text) is not None


_NO_PERSON = re.compile(
    "(?:那|算了|行|好|我|俺|先|就|[，, ])*(?:不|别|甭|不用|不要|先不)(?:再|用|想|必)?"
    "(?:转|找|要|叫|等|换)?"
    "(?:真人|人工|人|客服|坐席)?(?:工)?了(?:吧|啊|哈)?"
)


def wants_no_person(text: str) -> bool:
    """Tell whether a person is not wanted any more: 不找人了, 别转人工了."""
    parts = clauses(text)
    is_said = "人" in text or "转" in text or "客服" in text
    return is_said and any(_NO_PERSON.fullmatch(part) for part in parts)


def asks_why_number(text: str) -> bool:
    """Tell whether it is asked what a telephone is wanted for: 你们要号干嘛使."""
    return len(text) <= LONGEST and _WHY_NUMBER.search(text) is not None


def says_part_wrong(text: str) -> bool:
    """Tell whether only a part of a story is said to be wrong: 刚才说的地方错了."""
    return _PART_WRONG.fullmatch(text.strip(" 。！!")) is not None


def takes_back_just(text: str) -> bool:
    """Tell whether what was just filed is taken back: 消消气了 刚才那条投诉撤了吧."""
    parts = clauses(text.strip(" 。！!~～"))
    if len(text) > LONGEST or _OF_BOOKING.search(text) is not None:
        return False
    back = [part for part in parts if _only_takes_back(part)]
    if not back or all(_BARE_BACK.fullmatch(part) for part in parts):
        return False
    rest = [part for part in parts if part not in back]
    is_else = any(asks(part) or wishes_story(part) for part in rest)
    return not is_else and all(len(part) <= LONGEST_BESIDE for part in rest)


def _only_takes_back(part: str) -> bool:
    """Tell whether a clause takes back and says nothing else but of what: 那条投诉撤了吧."""
    found = _BACK.search(part)
    if found is None or part[: found.start()].endswith(("不", "别", "没")):
        return False
    around = (part[: found.start()], part[found.end() :])
    return all(_FILED.fullmatch(_BESIDE.sub("", one)) is not None for one in around)


_GIVES_UP = re.compile(
    "(?:那|算了|先|我|俺|[，, ])*[不别甭](?:吹|投诉|告|举报|登|写)(?:哨|投诉)?了?吧?"
)
_FILES = re.compile("(?:我|俺|那|就|还是|咱)*(?:要|想)?(?P<what>投诉|举报|吹个?哨)")


def story_behind_stop(text: str) -> tuple[str, str] | None:
    """Return what is filed instead of the story that is told, and the text from there on.

    "先不吹了 我要投诉那个窗口的人"; None where nothing is given up, or nothing else wanted.
    """
    first, *rest = clauses(text)[:2] or [""]
    found = _FILES.match(rest[0]) if rest and _GIVES_UP.fullmatch(first) else None
    if found is None:
        return None
    intent = "blow_whistle" if "哨" in found["what"] else "complain"
    return intent, text[text.index(rest[0]) :]


def story_wanted_instead(text: str) -> str | None:
    """Return the intent of what is to be filed instead: 那我吹哨中不中, 高唐的; None for none."""
    if len(text) > LONGEST:
        return None
    parts = clauses(text.strip(" 。！!?？"))
    if _DENIED.search(text) is not None:
        return None
    left = [_AROUND.sub("", part) for part in parts]
    wanted = [name for name, words in _INSTEAD.items() if any(map(words.fullmatch, left))]
    is_bare = len(parts) == 1 or all(len(one) <= LONGEST_BESIDE for one in parts)
    return wanted[0] if wanted and is_bare else None


def asks_what_to_say(text: str) -> bool:
    """Tell whether it is asked what is to be said here, or how: 评啥, 不会写 给个样子."""
    return len(text) <= LONGEST and _WHAT_TO_SAY.search(text) is not None
