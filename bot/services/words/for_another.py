"""Recognises who does something for somebody else, or sends one, and asks if that may be."""

import re

from bot.services.words.request import goes_instead

LONGEST = 44
"""Characters of such a question."""

_KIN = (
    "爸|妈|爹|娘|父亲|母亲|媳妇|老婆|老公|对象|儿子|儿|闺女|女儿|孩子|哥|嫂|弟|姐|妹|叔|姑|舅|姨|爷|奶|公公|婆婆|"
    "岳父|岳母|朋友|同学|同事|老板|领导|客户|亲戚|邻居|员工|会计"
)
_DOES = "去|来|跑|办|注册|登记|交|递|弄|填|申请|开户"
_FOR = re.compile(
    f"[替代](?:[我俺咱]们?的?)?(?:客户|别人|人家|老板|法人|经营者|公司|企业|[他她]们?|(?:{_KIN}))[^，,。\\s]{{0,3}}?(?:{_DOES})|"
    f"[帮给](?:客户|别人|人家|[我俺咱]们?的?(?:{_KIN})|(?:{_KIN}))[^，,。\\s]{{0,3}}?(?:{_DOES})|"
    "(?:非得|必须|得|要|用|是不是|一定)[^，,。]{0,4}(?:本人|老板|法人|自己|亲自)(?:亲自)?(?:去|到场|来|跑)|"
    "(?:本人|老板|法人)(?:本人)?(?:非得|必须|得|要|用|一定)[^，,。]{0,3}(?:去|到场|来|跑)"
)
_NO_PLAN = re.compile("约|排[个一]|贷|补贴|社保|催|查|投诉|吹哨")
_MAY = re.compile(
    "(?:行|中|可以|能|成)(?:行)?[不吗吧么嘛][?？]?|行不行|中不中|成不成|可不可以|能不能|"
    "(?:去|到场|来|跑)(?:一?趟)?[不吗么嘛][?？]?$|非得|是不是"
)


def acts_for_another(text: str) -> bool:
    """Tell whether it is asked if one may go for somebody: 替客户注册公司 我去交材料可以吧."""
    is_brief = len(text) <= LONGEST and _NO_PLAN.search(text) is None
    is_sent = _FOR.search(text) is not None or goes_instead(text)  # 能让我儿子替我去不
    return is_brief and is_sent and _MAY.search(text) is not None
