"""Recognises the wish to hear of new policies, and the wish for silence."""

import re

_TELL = r"(?:告诉|通知|提醒|推送|推给|发给|说一声|通报)"
_ON = re.compile(
    rf"新(?:的|出的)?(?:惠企)?政策.{{0,6}}{_TELL}|{_TELL}我.{{0,4}}新(?:的|出的)?(?:惠企)?政策"
    r"|订阅.{0,4}政策|政策订阅|盯着.{0,6}政策"
)
_OFF = re.compile(
    r"(?:别|不要|不用|停止|停了|取消|关掉|退订|不想).{0,4}"
    rf"(?:再)?(?:订阅|{_TELL}|发|推|收).{{0,6}}政策"
    rf"|政策.{{0,6}}(?:别|不要|不用|停止|取消|关掉|不想).{{0,4}}(?:订阅|{_TELL}|发|推|收|了)"
    r"|退订.{0,4}政策|取消政策订阅"
)
LONGEST = 30
"""Characters of such a wish; a longer text tells of something else as well."""


_OF_FIRM = re.compile(
    r"(我|俺|咱|我们|俺们)[这那家]?(个|家)?(公司|店|厂|企业|单位|小店|合作社)?[^，,。？?]{0,6}"
    r"(成立|开了|干了|注册|毕业|退伍|退役|当过兵|失业|下岗|返乡|残疾|雇了|有\d|员工|规模|一年[^，,]{0,6}[万亿]|一般纳税|小微|年产值|营业额|不到|才)"
)
_WANTS = re.compile(r"想(开|办|注册|成立|弄)|要(开|办|注册|成立)|准备(开|办)|[？?]|吗$")
_CLAIM = re.compile(
    r"(在哪|去哪|上哪|到哪|哪里|哪儿|咋|怎么|找谁|谁管|谁负责|哪个部门)[^，,。]{0,4}(申请|申领|领|报|办|兑现|享受|弄|管|负责)?|谁负责|有电话"
)
_MORE = re.compile(
    "(那|就)?(还有|就这|只有)(别的|其他|其它|啥|些|几个)[^，,]{0,3}[吗不么没啊]?[?？]?"
)
_WHEN_PAID = re.compile(
    r"(钱|款|补贴|奖励|资金|补助)[^，,]{0,4}(啥时候|什么时候|多久|几天|何时|多长时间|几时)[^，,]{0,4}"
    r"(到|下来|发|给|拿到|兑现|打过?来)|(多久|几天|啥时候|什么时候|何时)[^，,]{0,3}(到账|打钱|发钱|兑现|拨付|拿到钱)"
)


def asks_when_paid(text: str) -> bool:
    """Tell whether it is asked when the money of a policy comes: "钱啥时候到账"."""
    return _WHEN_PAID.search(text) is not None


def tells_of_firm(text: str) -> bool:
    """Tell whether somebody tells of themselves or their firm, and wants nothing to be opened."""
    return _OF_FIRM.search(text) is not None and _WANTS.search(text) is None


def asks_how_to_claim(text: str) -> bool:
    """Tell whether it is asked where or how a policy is claimed: "在哪申请", "谁负责 有电话没"."""
    return _CLAIM.search(text) is not None


def asks_for_more(text: str) -> bool:
    """Tell whether it is asked if that is all: "还有别的不", "就这些吗"."""
    return _MORE.fullmatch(text.strip()) is not None


def watch_wish(text: str) -> bool | None:
    """Return True for "有新政策告诉我", False for "别再推政策了", None for neither."""
    if not text or len(text) > LONGEST:
        return None
    if _OFF.search(text):
        return False
    return True if _ON.search(text) else None
