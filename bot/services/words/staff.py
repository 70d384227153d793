"""Recognises that somebody who is employed has left, and that the firm has to report it."""

import re

from bot.services.words.told import thing_done

_WHO = (
    "员工|职工|工人|小工|临时工|服务员|营业员|店员|伙计|学徒|厨师|师傅|保安|保洁|阿姨|司机|会计|"
    "小伙子?|小姑娘|(?:[他她它]们?|有|那|这|其中|新来|新招|招来|雇)的?(?:了|里|里面)?(?:[一两俩\\d])?(?:个|位|名)?(?:人)?"
)
_EMPLOYED = re.compile(
    "(?:我们|我|俺|店里|厂里|两个|俩|几个|[一三四五]个)*(?:人手|员工|职工|工人|小工|服务员|营业员|店员|伙计|学徒|厨师|"
    "大厨|保安|保洁|阿姨|司机|会计|老师|护士|大夫|医生|药师|技师|教练)"
)
"""Whoever works for a shop; a 师傅 may as well be the one who paints it."""
_HIRED = re.compile("[招请雇找聘](?:[好完妥齐够定到上着]|齐全|到位|[回过下]来)?了[^，,。]{0,2}$")
_LEFT = (
    "(?:不(?:想)?(?:干|来|做|上班)|走人?|离职|辞职|辞|撂挑子|炒|辞退|开除|劝退|不辞而别|到期不续)"
    "了?(?=[，, 。吗么呢的后]|$|以后|之后|社保|保险|咋|怎么|要|得|几)"
)
_STAFF_LEFT = re.compile(
    f"(?:^|[，, 。])(?:店里|厂里|公司|单位|我们?|俺们?|我家|那|要是|如果|的|[，, ])*(?:{_WHO})"
    f"[^，,。老板股东合伙法人店厂公司]{{0,8}}{_LEFT}"
)
_REPORTS = re.compile(
    "停(?!业|产|工|电|水|车|薪)|减员|增减员|退保|社保|保险(?!公司)|转出|报(?:备|告|减)|手续"
)
_OTHER = re.compile(
    "公积金|告(?:我|俺|了|到)|仲裁|赔|补(?:交|缴|偿)|没(?:给)?(?:交|缴|上)|工资|欠|失业金|押金|合同没"
)
"""Says what else is wanted of who has left: a quarrel, or money."""


def asks_to_report_leaving(text: str) -> bool:
    """Tell whether it is asked what to do for who left: 有一个干一星期不干了 咋给他停."""
    is_left = _STAFF_LEFT.search(text) is not None and _OTHER.search(text) is None
    return is_left and _REPORTS.search(text) is not None


def is_staff_leaving(text: str) -> bool:
    """Tell whether somebody employed leaves, and not the owner: 招的小工不干了."""
    return _STAFF_LEFT.search(text) is not None


def has_hired(text: str) -> bool:
    """Tell whether a clause says that somebody to work there is found, or hired: 厨师找好了."""
    is_staff = _EMPLOYED.fullmatch(thing_done(text)) is not None
    return is_staff and _HIRED.search(text) is not None
