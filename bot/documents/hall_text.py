"""Where a hall is, in words; what the operator has not entered is said to be missing."""

from bot.domain.halls import Hall


def hall_text(hall: Hall) -> str:
    """Return name, address and telephone of a hall."""
    return f"{hall.name}：{hall.address_text}{f'，电话 {hall.phone}' if hall.phone else ''}"
