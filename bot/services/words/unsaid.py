"""Tells what is no goodbye, no stop and no abuse of us, whatever a model takes it for."""

import re

from bot.services.words.closing import closing
from bot.services.words.form_remarks import has_farewell
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

_ASKS = re.compile("[?？]\\s*$|(?:是吧|对吧|呗)[?？]*$")

_DROPPED = re.compile(
    "(?:好吧?|行吧?|嗯|中|那|就|先|我|俺|咱|还是|暂时|干脆|[，, ])*(?:先)?不(?:再)?"
    "(?:买|租(?!了)|雇|招|聘|请|要|用|上|装|放|加|盖|卖|养|进|添|铺|挖|接|带|搞|弄|做|建(?!议)|摆|"
    "挂|扩)(?:了)?"
    "(?P<thing>[\u4e00-\u9fffA-Za-z]{2,8}?)(?:了|吧|啦|呗|哈)*"
)
"""The whole of a clause: 那先不买机器了."""

_OURS = re.compile(
    "[证照表单号]|手续|申请|预约|投诉|评价|吹哨|清单|问题|东西|这个|那个|办件|政策|备案|登记|执照|"
    "查|问|填|报|人工|电话|"
    "公司|个体|企业|项目|事项|业务|服务|店铺?$|生意|买卖|继续|[办弄做搞写说看吗么不啊呀]"
)
"""Says that what we do is dropped, or what a plan is all about."""

_CHEATS = "(?:骗子|骗人|坑人|骗钱|忽悠人|黑心|黑中介|诈骗|坑钱)"
_OTHER = re.compile(
    f"(?:果然|原来|看来|敢情|闹半天|怪不得|我就说|我说呢)[^，,。]{{0,8}}{_CHEATS}|"
    f"(?:他们?|她们?|那[个家伙]?[人家公司]*|人家|对方|中介|代办[^，,。]{{0,3}}|打电话的|那帮人|"
    f"这帮人|那家|修复的)"
    f"[^，,。]{{0,10}}{_CHEATS}"
)
_US = re.compile("[你您恁]|小二|机器人|系统|政府|窗口|大厅")


def asks_on(text: str) -> bool:
    """Tell whether what sounds like a goodbye asks: 那就算大型的了？."""
    if re.search("没(?:有)?(?:啥|什么)", text):  # 我没啥问的了
        return False
    is_asked = asks(text) or _ASKS.search(text) is not None
    return is_asked and closing(text) is None and not any(map(has_farewell, clauses(text)))


def drops_thing(text: str) -> bool:
    """Tell whether a text leaves a thing of one's plans out, and not what we do: 先不买机器了."""
    parts = clauses(text)
    found = [_DROPPED.fullmatch(part.strip(" 。！!")) for part in parts]
    dropped = [one for one in found if one and _OURS.search(one["thing"]) is None]
    rest = [part for part, one in zip(parts, found, strict=True) if one is None]
    return bool(dropped) and not any("算了" in part or "停" in part for part in rest)


def blames_others(text: str) -> bool:
    """Tell whether somebody else is called a cheat, and not we: 果然是骗子."""
    return _OTHER.search(text) is not None and _US.search(text) is None
