"""Recognises who wants to hear what is to be done: counted, listed so far, or what is more."""

import re

from bot.services.words.matter_remarks import asks

_COUNTED = re.compile("(?:几|多少)(?:个|样|道|项|种|套)?(?:手续|证|许可|步骤|审批)")
_LISTED = re.compile(
    "(?:要|该|得)[办跑弄]的[^，,。]{0,6}(?:列|说|捋|发|念|写|数)|"
    "[列捋数念](?:一下|下|出来|给我|给俺)*[^，,。]{0,3}(?:要|该|得)[办跑弄](?:的|啥|哪)"
)
_MORE = re.compile("(?:单另|另外|单独|额外|再|另)(?:去|多)?[办弄跑领加](?!公司|个体|店)")
_INSISTS = re.compile("(?:我|俺)(?:就|只|光|是|其实|想|刚才)*问(?!过|了)")
_INSTEAD = re.compile(
    "(?:不是|并非)[^，,。？? ]{1,12}[，,。 ]+(?P<so>(?:而是|是)[^，,。？? ]{2,20})"
)
_ABOUT = "(?:这|那|一|个|家|下|理)"


def counts_steps(text: str) -> bool:
    """Tell whether it is asked how many steps there are: 总共要几个手续."""
    return _COUNTED.search(text) is not None


def orders_list(text: str) -> bool:
    """Tell whether it is told to list what is to be done: 你把要办的列给我."""
    return _LISTED.search(text) is not None


def asks_more(text: str) -> bool:
    """Tell whether it is asked if something more is to be got: 还得单另办啥不."""
    return _MORE.search(text) is not None


def insists(text: str) -> bool:
    """Tell whether somebody says what was asked: 东昌府 我问厂房能不能改成幼儿园."""
    return _INSISTS.search(text) is not None and asks(text)


def said_instead(text: str) -> tuple[str, ...]:
    """Return what a text says to be so instead, () for nothing: 不是财政的钱 是老板自己投资."""
    found = _INSTEAD.search(text)
    return () if found is None else (found.group("so"),)


def registers(text: str, form: str) -> bool:
    """Tell whether a text is about getting a form of enterprise registered: 办这个分公司.

    Args:
        text: What was said.
        form: How the text calls the form.
    """
    name = re.escape(form)
    verb = "(?:办|注册|成立|设立|登记)"
    return re.search(f"{verb}{_ABOUT}*{name}|{name}(?:登记|注册|设立)", text) is not None
