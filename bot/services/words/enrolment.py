"""Recognises a question by when people who were hired must be enrolled in social insurance."""

import re

LONGEST = 40

_DUES = re.compile("社保(?!卡)|五险|社会保险|养老保险|工伤保险|参保|保险(?!公司|柜|箱)")
_BY_WHEN = re.compile(
    "(?:啥|什么|多)时候|何时|几时|多会儿?|多久|[几多]少?天|多长时间|几个?月|期限|时限|限期|最[晚迟]"
)
_GIVES = re.compile("[给得要该能]?[^，,。 ]{0,3}(?:[上交缴办参入买弄]|登记)")
_HIRED = re.compile(
    "[雇招聘请]了?(?:[一二两俩仨三四五六七八九十几个\\d]|人|员|工|服务)|员工|工人|伙计|帮工|小工|店员|"
    "职工|服务员|用工|新人|新来|入职|来上班|招工"
)
_ELSE = re.compile(
    "辞|离职|不干|走人|[走跑]了|开除|解雇|停|减[少员]|转|断|退|报销|领|到账|到手|返|补|查|生育|生孩子|"
    "[办弄](?:好|完|成|下来?)|受伤|摔|伤了|意外|商业|放弃|[多几]少?钱|罚|欠|想开|要开|准备开|打算开|开个"
)
"""Asks for something else: when it stops, is paid back or is done with."""


def asks_by_when_enrolled(text: str) -> bool:
    """Tell whether it is asked by when staff must be enrolled: "雇了俩人 社保啥时候给上"."""
    is_asked = _DUES.search(text) is not None and _HIRED.search(text) is not None
    is_asked &= _BY_WHEN.search(text) is not None and _GIVES.search(text) is not None
    return is_asked and len(text) <= LONGEST and _ELSE.search(text) is None
