"""Recognises whose price is asked for: not a licence's, but that of what somebody else does."""

import re

_PRICE = (
    "(?<=费)多少|多少钱|多少费|啥价|什么价|几块钱|收费|要钱|花钱|收钱|贵不贵|贵吗|费用|"
    "(?:自己|谁|还?得)掏钱|几个钱"
)
_BOUGHT = (
    "查体|查身体|电线|线路|变压器|打井|管道|油烟机|净化器|空调|牌匾|灯箱|门头|监控|押金|转让费|加盟费|"
    "工钱|人工|大棚|帐篷|集装箱|地磅|货架|冰柜"
)
"""What is bought or hired, beside the above."""

_ELSEWHERE = re.compile(
    "(?P<what>检测|检验|体检|化验|评估|测绘|鉴定|公证|审计|验资|设计图?|监理|勘察|代理?记账|代账|装修|"
    "房租|租金|设备|机器|机子|培训|加盟|律师|翻译|登报|快递|软件|摄像头|灭火器|消防器材)"
    "(?!站|中心|机构|公司|所|店|院|学校|班|厂|许可|资质|抵押|登记|验收)"
    f"(报告|费|的钱)?[^，,。？?证照章]{{0,8}}?({_PRICE})"
)
_HIRED = re.compile(
    "(?:^|[，, 我俺那])(?:装|买|租|雇)(?:个|台|辆|套|一[个台辆套])?"
    "(?P<what>(?!水|电|燃气|天然气|暖|地)[^，,。 证照的]{2,5}?)(?:得|要|大概|大约)?多少钱|"
    "(?:^|[，, 那])(?P<per>(?!社保|公积金|工资|保险|利息)[^，,。 证照的]{2,5}?)"
    "(?:一个月|一[台天套辆吨])(?:得|要)?多少钱"
)
_OTHERS = re.compile(
    f"(?P<what>{_BOUGHT})(?P<between>[^，,。？?证照章]{{0,10}}?)({_PRICE})|"
    f"(?:{_PRICE})[啊呀呢]?[，, ]+(?P<behind>{_BOUGHT})(?P<rest>[^，,。？?证照]{{0,12}})$"
)
_OF_OFFICE = re.compile("批|备案|许可|登记|办(?!公)|验收|审")
_CUSTOMERS = re.compile(
    "(能不能|可不可以|能|可以|让不让|准不准|允许)(向|跟|问|找|对)?"
    "(客人|顾客|人家|学员|家长|学生|租户|业主|商户|会员|司机|车主)?们?"
    "[^，,。？?不免证照]{0,4}(收费|收钱|要钱|收押金|收会费)[^，,。？?]{0,3}$"
)
_OFFICE = re.compile(
    "办|证|照|许可|窗口|大厅|你们|恁们|登记|备案|年报|刻章|补|帮|注销|变更|[免不]收|"
    "^(那|这|个)*(能|可以)(不能|不可以)?收[费钱]"
)


def cost_beside(text: str) -> str | None:
    """Return what somebody else does and takes money for, where its price is asked; None for none.

    "检测多少钱" asks for no fee of the licence, which costs nothing.
    """
    if "办证" in text:
        return None  # 那拍片的机子要多少钱办证
    found = _ELSEWHERE.search(text)
    return found["what"] if found is not None else _bought_beside(text)


def _bought_beside(text: str) -> str | None:
    """Return what is bought or hired and is no matter of an office: 电线 of 电线拉二百米多少钱."""
    hired = _HIRED.search(text)
    if hired is not None and _OF_OFFICE.search(text) is None:
        return hired["what"] or hired["per"]  # 装北斗多少钱, 塔吊一个月多少钱
    found = _OTHERS.search(text)
    if found is None or _OF_OFFICE.search(found["between"] or found["rest"] or ""):
        return None  # 门头审批要钱不
    return found["what"] or found["behind"]


def charges_customers(text: str) -> bool:
    """Tell whether somebody asks if customers may be charged: 麻将机能不能收费."""
    return _CUSTOMERS.search(text) is not None and _OFFICE.search(text) is None
