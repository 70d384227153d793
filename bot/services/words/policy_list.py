"""Recognises what is asked of a whole list of policies: which gives most, what else there is."""

import re
from collections.abc import Sequence
from enum import Enum

LONGEST = 16
"""Signs of such a question."""


class Compared(Enum):
    """By what the policies of a list are compared."""

    GAIN = "gain"
    CLAIM = "claim"
    TIME = "time"
    UNTIL = "until"


_WHICH = (
    "(?:那|这|里头|里面|几个|几条|到底|[，, ])*(?:哪|那)(?:一)?(?:条|个|项|样|种)(?:政策|补贴)?"
)
_COMPARED = (
    (
        Compared.TIME,
        re.compile(
            f"{_WHICH}(?:能|可以)?(?:来|到账|下来|到手|办|领|拿)?(?:得|的|钱)*(?:最|更|比较)?快[^，,。]{{0,3}}"
        ),
    ),
    (
        Compared.CLAIM,
        re.compile(
            f"{_WHICH}(?:能|可以)?(?:申请|领|办|拿)?(?:得|的|起来)*(?:最|更|比较|好)?(?:容易|简单|省事|好[申领办拿]请?|省心|方便)[^，,。]{{0,3}}"
        ),
    ),
    (
        Compared.GAIN,
        re.compile(
            f"{_WHICH}(?:能|可以)?(?:给|领|补|拿|返|省)?(?:的|得|到)?(?:钱|补贴)?(?:给|领|补|拿)?(?:的|得)?(?:最|更|比较)?"
            "(?:多|高|划算|合算|值|实惠|大方|香|好)[^，,。]{0,3}"
        ),
    ),
    (
        Compared.UNTIL,
        re.compile(
            "(?:那|我|俺|[，, ])*(?:去年|前年|上一?年|以前|往年|之前)(?:的|没领的|那份)*"
            "(?:还)?(?:能|可以|给|让)(?:不能)?(?:再)?"
            "(?:补|领|申|追)(?:领|申请|报|上|发)?(?:吗|不|么|嘛)?[?？]?|"
            "(?:这|那)?(?:几|三|些)(?:条|个)(?:都)?(?:还)?(?:有效|能领|在不在|能享受|管用)(?:吗|不|么)[?？]?|"
            "(?:过期|到期|过了期)了?(?:的)?(?:还|也)?(?:能|给|可以)(?:领|享受|补|申请)(?:吗|不|么)[?？]?"
        ),
    ),
)
_OTHERS = re.compile(
    "(?:那|就|[，, ])*(?:还|另外|再)(?:有没有|有|没)(?:点|些)?"
    "(?:别的|其他|其它|旁的|另外的|啥|什么|啥别的|哪些)"
    "(?:的|政策|补贴|优惠)*(?:没|吗|不|么|嘛|了|呢)?[?？]?|"
    "(?:那)?(?:别的|其他的?|其它的?|旁的|剩下的|其余的)(?:政策|补贴)?(?:呢|嘞|有啥|有哪些|还有吗)[?？]?|"
    "(?:那)?(?:就|只|光)(?:有)?这(?:几|三|些|点|两)(?:条|个|样|些)?(?:吗|么|了吗|啊|了|政策吗)?[?？]?"
)
_HOW_MANY = re.compile(
    "(?:那|你们?|这|[，, ])*(?:一共|总共|拢共|统共|到底)(?:有)?(?:多少|几)(?:条|个|项|样)"
    "(?:政策|补贴)?[^，,。]{0,2}"
)
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("个体(?:工商)?户?", ("个体",)),
    ("小微(?:企业)?|微型企业|小企业|小公司|小店", ("小微", "小型", "微型")),
    ("小规模(?:纳税人)?", ("小规模", "small_scale")),
    ("一般纳税人", ("一般纳税人", "general")),
    ("(?:应届)?(?:大学生|毕业生|学生)", ("毕业生",)),
    ("农民工?|农村(?:人|的)?|返乡的?", ("农民", "农村", "返乡")),
    ("退[伍役](?:军人|兵|士兵)?|当过兵的?", ("退役",)),
    ("残疾人?", ("残疾",)),
    ("失业(?:人员|的)?|下岗(?:工人|的|职工)?", ("失业", "就业困难")),
    ("妇女|女的|女人|女性|宝妈", ("妇女", "女性")),
    ("老年人|老人|退休的?", ("老年", "退休")),
    ("合作社", ("合作社",)),
    ("高新(?:企业|技术企业)?|科技(?:型)?(?:公司|企业)", ("高新技术", "科技型")),
    ("外地人?|外地户口", ("外地",)),
)
"""Who asks, and the words of a policy that speaks of them."""

_ANY = "(?:哪|啥|什么)(?:些|个|条|几条|几个|样)?"
_GETS = "(?:能|可以)(?:领|享受|拿|申请|用)"
_ASKS = "(?:没|吗|不|么|呢)?[?？]?"
_FOR_WHOM = (
    "(?:那|就)?(?:有没有|有)(?:啥|什么|哪些)?(?:专门)?(?:给|对|针对|让|适合){who}"
    "(?:的|能领的|能享受的|用的)+(?:政策|补贴)?" + _ASKS,
    "(?:那|要是|像|给)?{who}(?:的|能|可以|有)+(?:领|享受|拿|申请|用)?(?:到)?(?:的)?(?:是|有)?"
    + _ANY
    + "(?:政策|补贴)?"
    + _ASKS,
    "(?:那)?有(?:没有)?{who}" + _GETS + "的" + _ASKS,
    "(?:那|我|俺)?(?:们)?(?:是|属于)(?:个)?{who}[，, ]*" + _GETS + _ANY + "(?:呢)?[?？]?",
)
_IN_LIST = ("(?:那)?{who}(?:的)?(?:有没有|有)(?:照顾|优惠|政策|补贴|份|的|专门的)*" + _ASKS,)
_OF_TAXPAYER = "(?:那)?{who}(?:能|可以)(?:不能)?(?:领|享受|拿|申请|用)" + _ASKS
"""Asked of one policy as well: 小规模能享受不."""


def _for(forms: Sequence[str]) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Return the expressions of each group with the words of its policies."""
    return tuple(
        (re.compile("|".join(one.replace("{who}", f"(?:{who})") for one in forms)), words)
        for who, words in _GROUPS
    )


_READ = _for(_FOR_WHOM)
_READ_IN_LIST = (
    *_for(_IN_LIST),
    *((one, words) for one, words in _for((_OF_TAXPAYER,)) if "纳税" in one.pattern),
)
_DUES = re.compile(
    "(?:那|我|俺|是不是|[，, ])*(?:要|得|必须|非得|非|不|没|没有|用|一定要|需要)"
    "(?:不要|不得|给员工|给工人|先|有)*(?:交|缴|上|买)(?:了|过)?"
    "(?:社保|失业险|失业保险|保险|五险)(?:才|也)?(?:行|能领|给|可以|中|算|能享受|成)?"
    "(?:吗|不|么|嘛)?[?？]?"
)


def compared_by(text: str) -> Compared | None:
    """Return by what the policies of a list are to be compared: 哪条给钱最多; None for nothing."""
    if len(text) > LONGEST:
        return None
    said = text.strip()
    return next((by for by, words in _COMPARED if words.fullmatch(said)), None)


def asks_for_others(text: str) -> bool:
    """Tell whether it is asked what there is beside the policies listed, or how many there are."""
    said = text.strip()
    is_short = len(said) <= LONGEST
    return is_short and any(one.fullmatch(said) is not None for one in (_OTHERS, _HOW_MANY))


def group_asked(text: str, *, is_list: bool) -> tuple[str, ...]:
    """Return the words of policies for whom a text asks: 有没有给个体户的; empty for nobody.

    Args:
        text: What is said.
        is_list: Whether several policies stand there, so that none is meant by 小规模能享受不.
    """
    if len(text) > LONGEST:
        return ()
    said = text.strip()
    forms = (*_READ, *(_READ_IN_LIST if is_list else ()))
    return next((words for one, words in forms if one.fullmatch(said)), ())


def asks_of_dues(text: str) -> bool:
    """Tell whether it is asked if dues must be paid for it: 要交社保才行吗."""
    return len(text) <= LONGEST and _DUES.fullmatch(text.strip()) is not None
