"""Cuts a breath that asks two things of a matter: 施工证要带啥得几天拿证, papers and time.

Who dictates sets no comma between them. What is read from a message and what is answered of it
(`bot.nlu`, `actions`) cut at the same places.
"""

import re

_WHAT = "(?:些|点)?(?:啥|什么|哪些|哪几样)"
_TOPICS = re.compile(
    "(?:[这那](?:个|张)?[证照本]?)?(?P<valid>(?:能)?管(?:多久|多长时间|[几多]少?年)|"
    "能用(?:[几多]少?年|多久)|有效期(?:是|有|到)?(?:[几多]少?年|多久|多长时间|啥时候)|"
    "[几多]少?年(?:一)?(?:换|续|年?审|年?检))|"
    "和?(?:(?:要不要|用不用|需不需要|得|要|需要|都要|都得|大概|大约|一共|总共|我家|俺家|一般)*"
    "(?:(?P<time>多久|多长时间|多少天|几天|(?:啥|什么)时候能)|"
    f"(?P<papers>(?:准备|带|交|拿|提供){_WHAT}|{_WHAT}(?:材料|证件|资料))|"
    "(?P<fee>花?多少钱|花钱|交钱|收费|贵不贵|收不收[费钱]|要不要钱|要钱[不吗])|"
    "(?P<place>[在去上到]哪|找谁办|哪个(?:窗口|部门|大厅)|哪里(?:办|申请))|"
    f"(?P<who>有?{_WHAT}条件|(?:{_WHAT}样?的?人|谁|[我俺])(?:能|可以)(?:办|申请)(?!好|下|完))|"
    "(?P<how>怎么(?:办(?!法)|申请|个办法)|咋(?:办|申请|个办法)|流程)))"
)
"""What is asked of a matter; where one of another kind follows without a joint, it is a clause."""


def split_topics(text: str) -> list[str]:
    """Return a text cut before each topic of another kind than the one before it; all of it."""
    cuts, kind = [0], ""
    for found in _TOPICS.finditer(text):
        if kind and found.lastgroup != kind:
            cuts.append(found.start())
        kind = found.lastgroup or kind
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def asks_conditions(text: str) -> bool:
    """Tell whether a text asks who may, in so many words: 什么人能办, 有啥条件."""
    return any(found.lastgroup == "who" for found in _TOPICS.finditer(text))
