"""When a person can be reached, in words."""

from bot.documents.dates import spoken_moment
from bot.services.office_hours import Closed, Open


def hours_text(hours: Open | Closed) -> str:
    """Return whether the desk is open now, and when it opens next."""
    if isinstance(hours, Open):
        return f"帮办坐席现在上班，今天到 {spoken_moment(hours.until)} 为止。"
    if hours.opens_at is None:
        return "帮办坐席最近没有排班，请拨打 12345。"
    mark = "（那天的放假安排还没公布，以当天为准）" if hours.provisional else ""
    return f"帮办坐席现在下班了，下次上班是 {spoken_moment(hours.opens_at)}{mark}。"
