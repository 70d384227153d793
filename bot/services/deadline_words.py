"""Recognises a question by when one must do something oneself, which asks for no time limit."""

import re

_DEADLINE = re.compile(
    "(?:多久|多长时间|几天|多少天|几个月|啥时候|什么时候)(?:之内|以内|之前|以前|内|前)?"
    "(?:必须|就得|一定得|得)(?:去)?(?:动工|开工|开业|备案|报|登记|改|变更|通知|开门)|"
    "最[晚迟](?:多久|几天|啥时候|什么时候)"
)


def asks_deadline(text: str) -> bool:
    """Tell whether it is asked by when one must do something oneself: 证下来多久必须动工."""
    return _DEADLINE.search(text) is not None
