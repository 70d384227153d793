"""What people write in a run of faults: all is typed, so that it is the same on every channel."""

from collections.abc import Iterator
from dataclasses import dataclass

BUSINESS, PHONE = "{business}", "{phone}"
"""Stand for what is each conversation's own: whistles of one business are joined."""

SYLLABLES = "安邦昌达丰广宏佳康隆明宁鹏瑞盛泰万祥裕正"


@dataclass(frozen=True)
class Script:
    """Sentences of one conversation.

    Attributes:
        table: Where exactly one row must stand afterwards; empty for none.
    """

    sentences: tuple[str, ...]
    table: str = ""

    def typed(self, at: int) -> list[str]:
        """Return what the conversation of this number types."""
        return [
            one.replace(BUSINESS, business_name(at)).replace(PHONE, f"139{at + 10_000:08d}")
            for one in self.sentences
        ]


QUESTIONS = ("食品经营许可要什么材料", "那要交多少钱", "公司设立登记多久能办好", "在哪办", "你好")
ASKS = Script((*QUESTIONS, *QUESTIONS))
WHISTLES = Script(
    ("我要吹哨, 厂房通不上电", BUSINESS, "跳过", "开发区", PHONE, "对，派单", *QUESTIONS),
    "tickets",
)
BOOKS = Script(
    ("想约个电话帮办，茌平的，越快越好", "李雷", PHONE, "对，约上", *QUESTIONS), "bookings"
)
RATES = Script(("我要评价", "满意", "跳过", *QUESTIONS), "reviews")
APPLIES = Script(
    (
        "我要申请食品经营许可",
        "企业（有营业执照）",
        f"名称{BUSINESS}，信用代码91440101MA5CJQ4N59，联系人李雷，电话{PHONE}",
        "东昌府区",
        "柳园路1号",
        "就这样",
        "同意",
        "提交",
        *QUESTIONS,
    ),
    "applications",
)
ALL = (ASKS, WHISTLES, BOOKS, RATES, APPLIES)


def scripts(messages: int) -> Iterator[Script]:
    """Yield the scripts of conversations until there are so many messages."""
    sent = turn = 0
    while sent < messages:
        script = ALL[turn % len(ALL)]
        yield script
        sent, turn = sent + len(script.sentences), turn + 1


def business_name(at: int) -> str:
    """Return another name for each conversation; works for negative numbers as well."""
    first, second = divmod(at, len(SYLLABLES))
    third = (first // len(SYLLABLES)) % len(SYLLABLES)
    shown = SYLLABLES[third] + SYLLABLES[first % len(SYLLABLES)] + SYLLABLES[second]
    return f"聊城{shown}机械有限公司"
