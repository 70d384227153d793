"""Tells how somebody may be called from what they say of themselves when asked for their name."""

import re

from bot.services.personal_names import SURNAMES

_SURNAME = re.compile(f"[{SURNAMES}]")
_TITLED = re.compile(
    "[\u4e00-\u9fff·]{1,6}(?:师傅|先生|女士|小姐|同志|经理|老板娘?|掌柜的?|主任|会计|店长|厂长|老师|大夫|医生|"
    "大?[哥姐爷妈叔姨娘婶伯嫂]|[大二三四老小]?[爷奶叔姨婶舅姑]|总)|"
    f"[{SURNAMES}]工"
)
_NICKNAMED = re.compile(f"[老小大阿][{SURNAMES}][\u4e00-\u9fff]?")
_FOREIGN = re.compile(
    "[A-Za-z][A-Za-z .·'-]{1,40}|[\u4e00-\u9fff]{1,10}(?:·[\u4e00-\u9fff]{1,10})+"
)
_FIRM = re.compile("公司|..[店厂馆社部院场坊铺]$")
_NOT_IN_NAMES = re.compile("[我俺您你恁它咱这那哪啥谁咋怎没不别的了着过吗呢吧啊呀嘛么很]")
"""Signs that stand in sentences and in no name."""

_NO_NAME = re.compile(
    "安排|解决|马上|高兴$|万一|时间|方便|单位|路[远上]|成不|白跑|常来|随便|麻烦|谢谢|人工|电话|手机|职工|农民|个体|军人|学生|老人|残疾"
)
"""Words that begin with the sign of a surname, or are said for want of a name."""

_NOT_IN_SHORT = re.compile(
    "[不是有要太就才疼痛病车岁户点些去来在给让把被跟能会可想说问填写办弄都也还又再先后上下等急烦累忙怕好行中懂知用约人]"
)
"""The same of what begins with no surname; 有才 and 来福 stand behind one."""

_SHORTEST, _LONGEST = 2, 4


def may_be_called(text: str) -> bool:
    """Tell whether a text may be how somebody is called: 王有才, 老周, 李姐, 秀兰.

    "材料我都备齐了", "真麻烦" and "孩子没人看" are said of other things.
    """
    said = text.strip(" ，,。.!！")
    if any(one.fullmatch(said) for one in (_FOREIGN, _TITLED)) or _FIRM.search(said):
        return _NOT_IN_NAMES.search(said) is None
    several = re.split("[和跟、，, ]+", said)
    if len(several) > 1:
        return all(map(may_be_called, several))
    if not _SHORTEST <= len(said) <= _LONGEST or _NO_NAME.search(said):
        return False
    if _NOT_IN_NAMES.search(said):
        return False
    is_plain = _SURNAME.match(said) is not None or _NICKNAMED.fullmatch(said) is not None
    return is_plain or _NOT_IN_SHORT.search(said) is None


_SENTENCE = re.compile(
    "[我俺您你恁咱]|[了吗呢吧啊呀嘛么的]$|^(?:不|没|先|都|别|好的|对了|真|嗯|哦|嗷)|死了|备齐|怎么|咋|为[啥什]"
)
_TELLS = re.compile("[我俺咱你您恁][^，,。]{0,3}[了过着没不想要]|^(?:还?没有?|不是)")
"""Tells what somebody has done or wants: 我开了个小饭馆."""

_IN_SENTENCES = re.compile("[不没要想给去在是等问说]")
_BARE = 4


def may_name_firm(text: str) -> bool:
    """Tell whether a text may be the name of a business or of who runs it: 好又来, 喜乐蛋糕.

    "家里孩子没人看" and "真麻烦" are said of other things.
    """
    said = text.strip(" ，,。.!！")
    if _TELLS.search(said) is not None:
        return False
    if _FIRM.search(said) is not None or may_be_called(said):
        return True
    if _SENTENCE.search(said) or _NO_NAME.search(said):
        return False
    return len(said) <= _BARE or _IN_SENTENCES.search(said) is None
