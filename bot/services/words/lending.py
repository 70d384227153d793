"""Recognises that the licence of one is to serve another: lent, hired out, sold or simply used."""

import re

SHORT_LENT = 10
"""Characters of a text that may ask of the licence spoken of without naming one: 租给旁人使呢."""

_KIN = (
    "爹|娘|爸|妈|哥|姐|弟|妹|姑|姨|叔|舅|婶|嫂|媳妇|老婆|老公|对象|亲戚|朋友|同学|同事|邻居|老乡|"
    "舅子|姨子|姐夫|妹夫|女婿|孩子|儿子|闺女|合伙人"
)
_SOMEBODY = (
    f"(?:(?:[俺我咱他她]们?家?的?)?(?:小|大|老|表|堂|二|三)?(?:{_KIN})子?|"
    "别人|旁人|人家|他人|外人|他们?|她|"
    "上家|下家|房东|(?:原来|以前|上一个|前头)的?(?:那个)?(?:老板|店主|东家|业主))"
)
_OF_OTHER = "(?<!药)房|地址|产权|身份|复印|手机|电话|办(?![的好下])"
_LICENCE_OF = (
    f"(?:家|那)?(?:的|那个?|这个?|[那这]张)?(?:(?!{_OF_OTHER})[^，,。]){{0,4}}"
    "(?:证(?!明)|(?<!护)照(?!片)|许可)"
)
"""No 用我爸的房办执照, where no licence is his."""
_LENDING = re.compile(
    f"(?:盘|兑|顶|接手|转让)[^。]{{0,12}}原来的?{_LICENCE_OF}|"
    f"(?:借|租|包|转|卖|让|挂靠)给{_SOMEBODY}|(?:外包|转包|出租|出借|转借)(?:给|出去)|"
    f"(?:使|用|拿|挂|借)着?{_SOMEBODY}{_LICENCE_OF}|"
    f"{_SOMEBODY}{_LICENCE_OF}[^，,。]{{0,6}}(?:使(?!馆)|用|顶)|"
    f"{_SOMEBODY}有[个张]?[^，,。]{{0,4}}(?:证|照|许可)[，, ]?"
    f"[^，,。]{{0,4}}(?:使|用|拿|挂){_SOMEBODY}"
)
"""Says that the licence of one serves another: 借给俺小舅子跑几天, 就使俺爹那个执照干."""

_GOODS = re.compile("[钱货店铺车票税房款股]")
"""What is lent or sold to somebody in a few words that name no licence: 店租给他要交税不."""


def lends(text: str) -> bool:
    """Tell whether a licence, or what is not named, is to serve another: 就使俺爹那个执照干."""
    return _LENDING.search(text) is not None


def tells_little(text: str) -> bool:
    """Tell whether a text is too short to name a licence, and names nothing else: 租给旁人使呢."""
    return len(text) <= SHORT_LENT and _GOODS.search(text) is None
