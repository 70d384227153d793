"""Recognises a question by when one must do something oneself, which asks for no time limit."""

import re

_WHEN = "(?:多久|多长时间|几天|多少天|几个月|啥时候|什么时候)(?:之内|以内|之前|以前|内|前)?"
_MUST = "(?:必须|就得|一定得|得)"
_ACT = "动工|开工|开业|备案|报|登记|改|变更|通知|开门"
_DEADLINE = re.compile(
    f"{_WHEN}{_MUST}去?(?:{_ACT})|"
    f"最[晚迟](?:{_WHEN}{_MUST}|{_MUST}{_WHEN})去?(?:{_ACT}|[续交缴换补]|申[请报]|注销|延续)"
)
"""By when one does it oneself; 最晚几天能办下来 asks how long the office takes."""


def asks_deadline(text: str) -> bool:
    """Tell whether it is asked by when one must do something oneself: 证下来多久必须动工."""
    return _DEADLINE.search(text) is not None
