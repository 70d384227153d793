"""What the pages of bookings share: reception, words for errors, parsing of fields."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from bot.desk.context import Desk
from bot.desk.errors import NO_REASON
from bot.desk.guard import Fields
from bot.domain.assistance import AssistanceClosed, HasHelper, UnknownAssistance
from bot.domain.bookings import (
    AlreadyBooked,
    BadContact,
    BookingClosed,
    NotToday,
    SlotNotOffered,
    SlotPast,
    SlotTaken,
    SlotTooFar,
    TooManyBookings,
    UnknownBooking,
)
from bot.domain.conversations import Conversation, UnknownConversation
from bot.domain.errors import BotError, UnknownDistrict
from bot.domain.halls import BadServiceSetting
from bot.domain.helpers import BadAbsence, HelperBusy, UnknownAbsence, UnknownHelper
from bot.domain.people import Agent, NotAllowed, UnknownAgent
from bot.services.bookings.desk import Reception
from bot.services.bookings.office import SettingChanged
from bot.services.desk import reading as desk_reading
from bot.services.privacy.personal_data import NoReason

NOTES: Mapping[type[BotError], str] = {
    AlreadyBooked: "这个电话在同一时间已经有预约了，请换个时间。",
    AssistanceClosed: "这次帮办已经结束了。",
    BadAbsence: "请写明起止时间和原因：结束要晚于开始、晚于现在，最长一年。",
    BadContact: "称呼、电话或备注填写有误：称呼 40 字以内，电话 7 到 15 位数字，备注 500 字以内。",
    BadServiceSetting: "有一项填写有误，没有保存：请检查时间先后、数字和重叠的时段。",
    BookingClosed: "这个预约刚刚变了，下面是最新状态，请看过再操作。",
    HasHelper: "这位申请人已经有一对一帮办，或者正在等他答复。",
    HelperBusy: "这位帮办那个时间不在岗，或者已经有人约了（上门还要算路上的时间）。",
    NoReason: NO_REASON,
    NotAllowed: "您没有这一步的权限。",
    NotToday: "还没到这个预约的日子或时间，不能记到场、未到场。",
    SettingChanged: "别人刚刚改过这里的设置，下面是最新的，请看过再改。",
    SlotNotOffered: "那个时间不在服务时间里，请从列出的时段里选。",
    SlotPast: "那个时间已经过了，或者太近来不及安排。",
    SlotTaken: "那个时段刚刚满了，请从列出的时段里再选一个。",
    SlotTooFar: "那个时间太远，还约不到。",
    TooManyBookings: "这个电话没办的预约已经到上限。",
    UnknownAbsence: "没有这条请假，或者已经撤销了。",
    UnknownAgent: "没有这个账号。",
    UnknownAssistance: "没有找到这次帮办，或者不归您。",
    UnknownBooking: "没有找到这个预约，编号不对，或者不是您负责的区县。",
    UnknownConversation: "没有找到这个会话。",
    UnknownDistrict: "这个区县还没有大厅。",
    UnknownHelper: "请从列出的帮办里选。",
}
"""What went wrong, in words; what was typed stays in the form."""


def reception_of(desk: Desk, agent: Agent) -> Reception:
    """Return what the use cases of the desk take."""
    return Reception(desk.unit_of_work, agent, desk.now(), desk.calendar, desk.booking_teller)


def render(
    desk: Desk, template: str, *, status: HTTPStatus = HTTPStatus.OK, **context: object
) -> Response:
    """Return a page."""
    html = desk.templates.get_template(template).render(catalogue=desk.catalogue, **context)
    return HTMLResponse(html, status_code=status)


def refused(desk: Desk, agent: Agent, error: BotError) -> Response:
    """Return the page that says why there is nothing to show."""
    status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.NOT_FOUND
    text = NOTES[type(error)]
    return render(desk, "booking_refused.html", status=status, agent=agent, text=text)


def opened(desk: Desk, agent: Agent, conversation_id: str) -> Conversation | Response:
    """Return the conversation that a page is about, or the page that says why there is none."""
    try:
        return desk_reading.read(
            desk.unit_of_work, conversation_id=conversation_id, agent_id=agent.id, now=desk.now()
        ).conversation
    except (NotAllowed, UnknownConversation) as error:
        return refused(desk, agent, error)


def status_of(error: BotError) -> HTTPStatus:
    """Return the status of a page that comes back with a note."""
    return HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT


def one(fields: Fields, name: str) -> str:
    """Return the first value of a field, "" when it is not there."""
    return (fields.get(name) or [""])[0]


def day_of(text: str, default: date) -> date:
    """Return an ISO day, or the default for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default
