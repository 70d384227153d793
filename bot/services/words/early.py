"""Reads that something is to be begun before its licence is there: 证没下来先干着行吧."""

import re

OK = "(?:行不?行|中不中|可不可以|能不能|成不成|行|中|成|可以|合法|合规|够)"
ASK = "(?:[吗嘛么不没呢啊呀吧]{0,2}[?？]?)$"
"""End what asks whether something may be."""

BEGIN = (
    "(?:干|开(?!票)|营业|试营业|卖|用|做|施工|盖|建|动工|生产|经营|招|"
    "收(?!件|材料|资料)|接|挖|打(?:地基|桩|基础)|进场|跑|拉|养|演|玩|住|看病|使|排|抽|拆)"
)
THEN = "(?:会|要|得|挨|被|啥|什么)*(?:咋|怎么|怎样|后果|罚|抓|查|封|犯法|违法|要紧|[有没出]事)"
NOT_YET = (
    "(?:(?:还|都|也|一直)?没(?:有|去)?"
    "(?:批|办|下|拿|领|发|审|过|弄|到手|备案|登记|许可|报批?|验收)"
    "(?:下来|到手?|好|完|成|过|着|准)?|[没无](?:有|拿|办|领)?(?:证|手续|许可|批文))"
    "(?:呢|的时候|以前|之前)?[，, ]?"
)
FIRST = "[^，,。先就]{0,4}(?:能不能|能|可以)?(?:就先|先|就|直接)"
NO_PAPER = "(?![^，,。]{0,4}(?:交|递|受理|办|报|申|补|登记|收件|约|问|签|租|装|刻|买|订|贷|注册))"
"""Stands before what may be done without a licence, where no paper is handed in."""
NO_STOP = (
    "(?![^，,。]{0,2}(?:停(?!车)|存(?:着|起|一|个|好|上)|放(?:着|一|放|下|这|那)|撤|"
    "查(?:查|询|看|一?下|进度)|看(?:看|一?下|一?眼)|了解|打听|到这|等等|等一?下|排个?[队号]))"
)
"""Stands before what is begun, and not stopped, kept for later or only looked at."""
OF_FORM = "(?:(?:还|都|也|一直)?没(?:有|去)?弄)"
"""Says of a form, and of no licence, that it is not finished: 还没弄完."""

BEFOREHAND = re.compile(
    f"{NOT_YET}{FIRST}{NO_STOP}[^，,。]{{1,12}}[，, ]?[^，,。]{{0,6}}?{THEN}[^，,。]{{0,6}}$|"
    f"{NOT_YET}{FIRST}{NO_STOP}[^，,。]{{0,4}}?{BEGIN}[^，,。]{{0,6}}?(?:{OK}{ASK}|呢[?？]?$)|"
    f"(?!{OF_FORM}){NOT_YET}{FIRST}{NO_STOP}{NO_PAPER}[^，,。]{{1,12}}?[，, ]?{OK}{ASK}|"
    f"{NOT_YET}(?:能不能|能|可以)先[^，,。]{{0,3}}?{BEGIN}[^，,。]{{0,6}}?{ASK}|"
    "(?:批|办|下|拿|领|发|审)(?:下来|到手?|好|完|成)?(?:之前|以前|前)[，, ]?[^，,。]{0,4}?"
    f"(?:能不能|能|可以|可不可以|就|先)+[^，,。]{{0,4}}?{BEGIN}[^，,。]{{0,6}}$"
)


def begins_before(text: str) -> bool:
    """Tell whether it is asked to begin before a licence is there: 证没下来先给狗打针行吧."""
    return BEFOREHAND.search(text) is not None
