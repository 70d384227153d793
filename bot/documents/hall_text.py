"""Where a hall is, in words; what the operator has not entered is said to be missing."""

from bot.domain.halls import Hall


def hall_text(hall: Hall) -> str:
    """Return name, address and telephone of a hall."""
    where = hall.address or "地址以大厅公布为准，也可以拨打 12345 问"
    return f"{hall.name}：{where}{f'，电话 {hall.phone}' if hall.phone else ''}"
