"""Recognises what is wanted with a booking that was just made: 几点来着, 能早点不, 取消吧."""

import re

LONGEST = 14
"""Signs of a text that is about the booking and nothing else."""

_WHEN = re.compile(
    "(?:几点|哪[一]?天|几号|啥时候|什么时候|周几|星期几|礼拜几)(?:来着|的来着|啊|呀|呢|的|来|去)*$|"
    "(?<![大规一法固限决签])(?:约|订|定)(?:的|了|到)?(?:是)?(?:哪|几|啥|什么)"
)
_MOVES = re.compile(
    "(?:能|可以|能不能|可不可以|想)(?:不能)?[^，,。]{0,3}"
    "(?:改|提前|[早晚]一?[点些](?![到去来])|往[前后]|推|换个?(?:时间|日子|点))|"
    "^(?:那|我|俺)*(?:改期|改时间|换个?(?:时间|日子))"
)
_CANCELS = re.compile(
    "取消|不约了|撤(?:了|回|销|掉)?(?:它|这个|刚才|吧|呗|来|去|掉|了)*$|不要了(?:吧)?$|"
    "^(?:那|算了|我|俺|咱|们|先|就|还是|[，, ])*不去了|退了?吧|退掉|别约了|作废"
)
_NOT_CANCELLED = re.compile(
    "会|迟到|晚到|扣|罚|要是|如果|万一|(?:别|不要|不用|不能|不想|没|不)取消|(?:吗|么|嘛|不|没)[?？]?$"
)
"""Asks what cancels a booking, or wants it kept."""

_OF_OFFICE = re.compile("大厅|窗口|上班|下班|开门|关门|你们|放假")
"""Asks when an office is open."""

_NOT_MOVED = re.compile("提前(?:[几多一两]|.{0,3}(?:提醒|通知|告诉|到))|电话|名字|姓名")


def asks_when_booked(text: str) -> bool:
    """Tell whether it is asked when the booking is: 几点来着."""
    is_short = len(text) <= LONGEST and _OF_OFFICE.search(text) is None
    return is_short and _WHEN.search(text) is not None


def moves_booking(text: str) -> bool:
    """Tell whether the booking is to be at another time: 能不能早点."""
    is_short = len(text) <= LONGEST and _NOT_MOVED.search(text) is None
    return is_short and _MOVES.search(text) is not None


def cancels_booking(text: str) -> bool:
    """Tell whether the booking is to be given up: 帮我取消吧."""
    is_short = len(text) <= LONGEST and _NOT_CANCELLED.search(text) is None
    return is_short and _CANCELS.search(text) is not None
