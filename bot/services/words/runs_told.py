"""Recognises who runs a business and has a trouble, and what only sounds like a trade."""

import re

_OTHERS = re.compile(
    "(?:那|这|那个|这个|他们|她们|他|她|人家|对方|原来那?|以前那|欠钱的?|骗[我俺]的?)(?:家|"
    "个)?的?"
    "(?:公司|厂子?|单位|企业|老板|店|中介|代办)[^，,。？?]{0,4}(?:是|就是|原来是|"
    "当时是)?(?:[搞做干开卖弄](?!不)|经营|生产)"
)
_RUNS = re.compile(
    "(?:我们?|俺们?|咱们?|[我俺咱]们?家|自己)(?:是|就是|就|一直|现在)?(?:[做搞干卖弄打跑养修加]|"
    "经营|生产|从事)[^，,。？? 想要]{1,12}的(?![钱店铺馆厂话])|"
    "(?:我们?|俺们?|咱们?)(?:是|就是|就)?(?:一?[个家间])?(?:小|家)*(?:公司|厂子?|店|企业|"
    "作坊)?[做搞干][^，,。？? 想要]{1,12}的(?![钱店铺馆厂话])"
)
_BARE = re.compile(
    "^(?:就|就是|是|也就)?(?:打|做|搞|卖|干|弄|开|修|养|加工|生产|跑|喷|焊|印|缝|"
    "拉)[^，,。？? 想要]{1,10}的(?=[，,。 ]|$)"
)
_SIZE = re.compile(
    r"(?:\d+|[一二两三四五六七八九十百几俩仨]+)(?:来|多|几)?(?:个|号|名)?(?:人|工人|员工)(?!干)|"
    r"好?(?:\d+|[一二两三四五六七八九十几])(?:来|多)?年了|有执照|执照(?:早)?有"
)
_TROUBLE = re.compile(
    "罚|查封|封条|封了|停产|整改|拖欠|欠(?:我|俺|咱|着|薪)|不给钱|不给(?:我|俺|咱)?(?:结|付|钱)|"
    "一分钱?(?:都|也)?[不没]给|没给(?:我|俺|咱)?钱|"
    "异常|吊销|法院|起诉|限高|执行|挂(?:个|了)?名|退回来|给(?:我|俺)退|不批|不让|扣了|骗|跑路|"
    "联系不上|找不[着到]人|投诉|举报|"
    "催[了着]|没人来|不给办|告(?:我|俺)"
)
_NO_TRADE = re.compile(
    "想回|回来|想去|毕业|^(?:这|那|有|没|就|想|要|说)|"
    "[一二两三四五六七八九十几\\d]+(?:多)?(?:年|个月|岁|天)|"
    "(?:我|俺|咱|她|他)(?:们)?|出钱|给钱"
)
_LONG_DONE = re.compile(
    "(?P<done>[洗修补理剪做裁弹焊刷拉开烤炸磨缝印编刻养种卖打装])了(?:\\d+|"
    "[一二两三四五六七八九十几好]+)(?:来|"
    "多)?年(?:的)?(?P<what>[\u4e00-\u9fff]{1,3}?)(?=[，,。 ]|了|$)"
)


def is_of_another_firm(text: str) -> bool:
    """Tell whether it is told what somebody else's firm does: 那公司搞钢结构的."""
    return _OTHERS.search(text) is not None


def tells_running(text: str, before: str) -> bool:
    """Tell whether who told a trouble, or tells a firm's size, says what they do.

    "我们做服装加工的 30个人", "打家具的 喷漆" behind 没办排污的那个要罚我.

    Args:
        text: What was said.
        before: What was said before it, "" for nothing.
    """
    is_own = _RUNS.search(text) is not None
    is_bare = _BARE.match(text) is not None
    if is_own and _SIZE.search(text) is not None:
        return True
    return (is_own or is_bare) and has_trouble(f"{before} {text}")


def has_trouble(text: str) -> bool:
    """Tell whether a text tells of a trouble of a business that runs: 要罚我, 一分钱不给."""
    return _TROUBLE.search(text) is not None


def is_no_trade(word: str) -> bool:
    """Tell whether what was taken for a trade is none: 两年想回来."""
    return _NO_TRADE.search(word) is not None


def long_done(text: str) -> str | None:
    """Return what somebody has done for years: 洗车 of 给人洗了五年车; None for nothing."""
    found = _LONG_DONE.search(text)
    return None if found is None else found["done"] + found["what"]
