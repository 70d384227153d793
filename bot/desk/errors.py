"""Which status, code and sentence each domain error becomes at the desk."""

from collections.abc import Mapping

from starlette.responses import JSONResponse

from bot.domain.conversations import MAX_TEXT_LENGTH, EmptyMessage, TextTooLong, UnknownConversation
from bot.domain.errors import BotError
from bot.domain.handovers import (
    AlreadyClaimed,
    BadField,
    NotWaiting,
    NotYours,
)
from bot.domain.people import NotAllowed, SessionExpired
from bot.hub.files import FileAway


class BadRequest(BotError):
    """The body is not what this address takes."""


class ForeignOrigin(BotError):
    """A write that another site caused."""


ANSWERS: Mapping[type[BotError], tuple[int, str, str]] = {
    AlreadyClaimed: (409, "already_claimed", "客服{by_name}已经接入了这位用户"),
    BadField: (422, "bad_field", "这一项填写的内容不合要求，请检查后再试"),
    BadRequest: (400, "bad_request", "请求内容有误，请刷新页面后再试"),
    EmptyMessage: (422, "empty_message", "请先输入要回复的内容"),
    FileAway: (404, "file_away", "这个文件取不到了，平台可能已经删除，请对方再发一次"),
    ForeignOrigin: (403, "foreign_origin", "请求来源不对，请从客服工作台操作"),
    NotAllowed: (403, "not_allowed", "您没有权限查看或操作这个会话"),
    NotWaiting: (409, "not_waiting", "这位用户已经不在排队了"),
    NotYours: (409, "not_yours", "这个会话已不由您接待，内容没有发出"),
    TextTooLong: (422, "text_too_long", f"回复不能超过 {MAX_TEXT_LENGTH} 字"),
    SessionExpired: (401, "session_expired", "登录已过期，请重新登录"),
    UnknownConversation: (404, "unknown_conversation", "没有找到这个会话"),
}


def error_response(error: BotError) -> JSONResponse:
    """Answer a fetch call; an error without an entry is a bug and is raised again."""
    if type(error) not in ANSWERS:
        raise error
    status, code, message = ANSWERS[type(error)]
    return JSONResponse(
        {"error": {"code": code, "message": message.format(**vars(error))}}, status_code=status
    )
