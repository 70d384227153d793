"""Recognises danger to life in plain words: what must never wait for a model or a queue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_CRY = 120
"""Characters; who is in danger writes no longer story, and a longer one mentions much."""


LONGEST_CALM = 30
"""Characters of what only says that a danger is over."""


_PUT_OUT = re.compile("火(?:已经?|都|给|早)?就?扑?灭了(?!吗|没|么|[?？])")
_BEATEN = re.compile("打(?!假|电话|款|印|听|算|点|卡|扰|车|的|折|包|开|官司|市场)|揍|捅|砍|棍子|刀")
_HINTED = re.compile(
    "[火烟烧炸爆塌漏毒晕昏血伤死救命打捅砍刀困锁电触砸摔跌坠掉倒压卡气味冒淹喘疼急险抢"
    "跳割腕休克病抽噎呛溺绞翻咬药绑埋]"
)
_STANDS = re.compile(
    "冒烟|浓烟|着火|起火|[怪糊焦烟汽]味|煤气|燃气|动弹不|压[住着在]|埋|塌|晕|"
    "(?:人|孩子|工人|师傅)[^，,。]{0,3}在?(?:里头?|里面|底下|下面|下头)"
)
"""Danger that stands there whatever else is spoken of: 材料堆里冒烟了."""

_FIRE = re.compile("失火|着了?大?火|起火|火灾|冒[着了]?[浓黑]?烟|烧起来了?")


@dataclass(frozen=True)
class DangerWords:
    """Signs of danger now, and words that show there is none.

    Attributes:
        signs: Danger now.
        calm: What if, prevention, the past.
        over: Help has come.
        unlikely: Dealings with offices, landlords and the like.
        after: Words that end a danger which was cried out just before: 灭了, 救出来了.
        hurt: Words that somebody is hurt, said right after a cry for help.
        cries: Words beside a sign that leave no doubt, whatever else is spoken of: 里头还有人.
        despair: Words of somebody who speaks of ending their own life.
    """

    signs: re.Pattern[str]
    calm: re.Pattern[str]
    over: re.Pattern[str]
    unlikely: re.Pattern[str]
    after: re.Pattern[str]
    hurt: re.Pattern[str]
    cries: re.Pattern[str]
    despair: re.Pattern[str]

    def are_in(self, text: str) -> bool:
        """Tell whether the text cries for help."""
        if len(text) > LONGEST_CRY or self.signs.search(text) is None:
            return False
        return self.calm.search(text) is None or self.cries.search(text) is not None

    def despairs(self, text: str) -> bool:
        """Tell whether somebody speaks of ending their own life."""
        return self.despair.search(text) is not None

    def is_over(self, text: str) -> bool:
        """Tell whether the text says that help has come ("救护车来了，投诉还给我提上").

        It weighs against a guess of the model only: a sign of danger counts all the same.
        """
        return self.over.search(text) is not None

    def is_doubtful(self, text: str) -> bool:
        """Tell whether a guess of the model that somebody is in danger is likely wrong."""
        is_hit = self.hurt.search(text) is not None or _BEATEN.search(text) is not None
        is_unlikely = self.unlikely.search(text) is not None and _STANDS.search(text) is None
        return not is_hit and (self.is_over(text) or is_unlikely)

    def is_hinted(self, text: str) -> bool:
        """Tell whether a text holds a word that a danger to life could be told with."""
        return _HINTED.search(text) is not None

    def is_put_out(self, text: str) -> bool:
        """Tell whether all that a text cries for is a fire that is out: "失火了，现在火早灭了".

        A sign of any other danger, or of any behind it, counts all the same.
        """
        out = _PUT_OUT.search(text)
        if out is None or self.hurts(text):
            return False
        others = _FIRE.sub("", text[: out.start()])
        return self.signs.search(others) is None and self.signs.search(text[out.end() :]) is None

    def hurts(self, text: str) -> bool:
        """Tell whether a text says that somebody is hurt: 火灭了 但是胳膊烫伤了."""
        last = re.split(r"[，,。；;！!\s]+", text)[-1]
        return self.hurt.search(text) is not None and not self.is_over(last)

    def calms(self, text: str) -> bool:
        """Tell whether a short text says that the danger of the message before is over."""
        is_short = len(text) <= LONGEST_CALM and not self.are_in(text) and not self.hurts(text)
        return is_short and (self.is_over(text) or self.after.search(text) is not None)


def danger_words(raw: Mapping[str, Sequence[str]]) -> DangerWords:
    """Compile the lists of `data/common/danger.yml`.

    Raises:
        re.error: An expression is malformed.
        KeyError: A list is missing.
    """
    names = ("signs", "calm", "over", "unlikely", "after", "hurt", "cries", "despair")
    return DangerWords(**{name: _any(raw[name]) for name in names})


def _any(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions))
