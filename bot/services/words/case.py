"""Recognises what is wanted with cases, whatever the model takes it for."""

import re

_LIST = re.compile(
    r"(我|俺|咱|本人|公司|单位|店|司)(们|的|家|这边)*(所有|全部|在办|办理|办过)?的?(办件|件|申请|单子)$|"
    r"名下|名字底下|都(列|查|看|调)|列(一下|出来|个)|全部办件|所有办件|哪些(件|办件|申请)|几个(件|申请|在办)|"
    r"(件|申请|单子).{0,6}都|换一?件|其[他它]办件|别的办件|办件列表|用(手机|电话|信用代码|身份证).{0,4}查"
)
_NO_NUMBER = re.compile(
    r"(没有?|没得|无|忘了?|不记得|记不|找不|丢|不知道|不晓得|没存|弄没).{0,8}(编号|单号|受理号|号码|号|通知书|回执)|"
    r"(编号|单号|受理号|号码|号|通知书|回执).{0,6}(没|忘|丢|找不|不记得|记不|想不起|不知道|不晓得|不见|是啥|看不清|认不出|糊)|"
    r"^(没有?了?|忘了?|不记得了?|不知道|不清楚|记不得了?|想不起来了?)$|"
    r"(单子|条子|那张[单纸条票]|那[单纸条]子?|回执|受理[单书]|凭条|凭证|收条)[^，,。]{0,12}"
    r"(扔|丢|撕|弄没|没了|没给|没拿|没留|没见|找不|不见|洗了|洗烂|烧了|湿透|泡|看不清|糊|落在?|垫了|不知道?(?:搁|放|塞))|"
    r"(编号|单号|受理号|号|单子|条子|那张[单纸条票]|那[单纸条]子?|回执|受理[单书]|通知书|凭条|收条)[^，,。]{0,4}"
    r"([不没]在(我|俺)?(们)?(手|跟前|身边|身上|这|家|店|公司)|在[^，,。]{1,6}(那|手里|手上|家里|单位|公司|会计|经理))|"
    r"(单子|条子|回执|受理[单书]|通知书|东西)[^，,。]{0,4}(叫|让|被|给)[^，,。]{1,6}(拿|带|收|弄)(走|去|丢|没)|"
    r"(我|俺)?(手上|手里|手头|跟前|身边)(现在|眼下)?没(有|带)?(编号|单子|单号|回执|条子)?$|"
    r"(没|没有|不)给[^，,。]{0,6}(单子|条子|回执|受理[单书]|凭条|凭证|收条)"
)
"""Says that the number, or the slip on which it stands, is not at hand."""

_WRONG_NUMBER = re.compile(
    r"(编号|单号|受理号|号码?|后四位|尾号|电话)[^，,。]{0,6}(抄|记|写|打|输|填|看|弄|搞|说|报|发)(的)?(错|岔|混|串|不对)|"
    r"(抄|记|写|打|输|填|看|弄|搞|说|报|发)(错|岔|混|串)了?[^，,。]{0,3}(编号|单号|受理号|号码?|后四位|尾号|电话)|"
    r"(编号|单号|受理号|号码?|后四位|尾号)[^，,。]{0,4}(不对|不准|有误|有问题)"
)
"""Says that the number given is not the right one."""

_QUICKER = re.compile("(能|可以|会|还)(不能)?.{0,3}(快|早)(点|些)?(吗|不|么|嘛)?[?？]?$")
_MINE = re.compile("催|我的|俺的|我那|俺那|交上去|报上去|递|受理|件|审|批了|等了")
_NO_NEWS = re.compile(
    r"(别|不要|不用|甭|不想|不必|停止|停了|取消|关闭|关掉|退订|解除).{0,8}"
    r"(通知|提醒|关注|推送|订阅|告诉我|发消息|发短信|发了|跟踪|盯)|"
    r"(通知|提醒|关注|推送|订阅|跟踪).{0,4}(取消|关了|关掉|关闭|停了|停掉|停一下|退了)|退订"
)
_DO_NOT_FORGET = re.compile(r"别忘|不要忘|别不|不用我|别漏|不要漏")


def wants_list(text: str) -> bool:
    """Tell whether all cases are meant ("我的办件", "名下都有啥件") rather than one."""
    return _LIST.search(text.strip(" ，。！？?!")) is not None


def has_no_number(text: str) -> bool:
    """Tell whether somebody says that the number is not at hand."""
    return _NO_NUMBER.search(text.strip(" ，。！？?!")) is not None


def has_wrong_number(text: str) -> bool:
    """Tell whether somebody says that the number given may be wrong: 号可能抄错了."""
    return _WRONG_NUMBER.search(text) is not None


_TAIL = re.compile(r"(?<![\dA-Za-z])(?P<tail>\d{3}[\dXx])(?![\dA-Za-z年月块元平米号人])")
LONGEST_TAIL = 16
"""Signs of what tells the last four digits anew and no more."""


def tail_told(text: str) -> str | None:
    """Return the last four digits that a few words tell anew: 哦看错手机了 0901; None for none."""
    found = _TAIL.search(text) if len(text) <= LONGEST_TAIL else None
    return found["tail"].upper() if found is not None else None


def asks_if_quicker(text: str) -> bool:
    """Tell whether it is asked if a thing can go quicker at all: "只卖乙类，能快点不"."""
    return _QUICKER.search(text) is not None and _MINE.search(text) is None


def wants_no_news(text: str) -> bool:
    """Tell whether somebody wants to hear no more ("别通知我了", "取消关注")."""
    return _NO_NEWS.search(text) is not None and _DO_NOT_FORGET.search(text) is None


_BY_PHONE = re.compile(
    "(?:拿|用|按|报|凭|走)(?:我|俺)?的?(?:手机号?|电话)(?:号码?)?(?:来|去|给我)?(?:查|找|搜)(?:吧|得了|就行|好了|一下|查)*$"
)
_ONLY_PAPER = re.compile(
    "(?:就|是|我|俺|那个|[，, ])*[^，,。？?不没吗么啥\\d就是我俺]{1,8}"
    "(?:证|照|许可|备案)的?(?:那个|那件)?"
)


def chooses_phone(text: str) -> bool:
    """Tell whether a case is to be looked for by the telephone instead: 那我拿手机号查."""
    return _BY_PHONE.search(text.strip(" 。！!")) is not None


def names_only_paper(text: str) -> bool:
    """Tell whether a text names the paper that was applied for and no more: 旅馆证."""
    return _ONLY_PAPER.fullmatch(text.strip(" 。！!")) is not None
