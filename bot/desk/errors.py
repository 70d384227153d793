"""Which status, code and sentence each domain error becomes at the desk."""

from collections.abc import Mapping

from starlette.responses import JSONResponse

from bot.domain.conversations import MAX_TEXT_LENGTH, EmptyMessage, TextTooLong, UnknownConversation
from bot.domain.desk_errors import (
    BadCanned,
    BadFilter,
    BadNote,
    BadProfile,
    BadReason,
    BadSnooze,
    NotPresent,
    PersonalNumbers,
    ShortcutTaken,
    UnknownColleague,
)
from bot.domain.desk_files import BadFile, FileTooLarge
from bot.domain.errors import BotError
from bot.domain.handovers import (
    AlreadyClaimed,
    BadField,
    NotWaiting,
    NotYours,
)
from bot.domain.people import NotAllowed, SessionExpired, StepNeeded, UnknownAgent
from bot.hub.files import FileAway
from bot.services.cases.cases import CaseNotVerified
from bot.services.desk.sending import NoPlan
from bot.services.papers.file_scan import FileInfected, ScannerAway
from bot.services.privacy.identity import TooManyTries


class BadRequest(BotError):
    """The body is not what this address takes."""


class ForeignOrigin(BotError):
    """A write that another site caused."""


NO_REASON = "请选择或写明查看个人信息的理由，至少 4 个字。"
"""What a page says to who wants to see personal data and does not say why."""

ANSWERS: Mapping[type[BotError], tuple[int, str, str]] = {
    AlreadyClaimed: (409, "already_claimed", "客服{by_name}已经接入了这位用户"),
    BadCanned: (
        422,
        "bad_canned",
        "快捷码（字母、数字或汉字，20 字内）、标题（40 字内）、内容（2000 字内）都要填",
    ),
    BadFile: (
        422,
        "bad_file",
        "只能发 PDF、图片（PNG、JPG）、Word（docx）、Excel（xlsx），不能带宏",
    ),
    BadFilter: (422, "bad_filter", "先搜索或选好条件，再起一个 20 字内的名字（最多存 20 个）"),
    BadNote: (422, "bad_note", "备注不能为空，最多 2000 字"),
    BadProfile: (422, "bad_profile", "同时接待 1 到 50 个；秒数 10 到 3600；专长最多 10 个"),
    BadReason: (422, "bad_reason", "请写明原因，200 字以内"),
    BadSnooze: (422, "bad_snooze", "请选一个以后的时间，最远 60 天"),
    BadField: (422, "bad_field", "这一项填写的内容不合要求，请检查后再试"),
    BadRequest: (400, "bad_request", "请求内容有误，请刷新页面后再试"),
    EmptyMessage: (422, "empty_message", "请先输入要回复的内容"),
    CaseNotVerified: (
        422,
        "not_verified",
        "没有对上：编号不存在，或手机号后四位不符。还可以试 {tries_left} 次",
    ),
    FileTooLarge: (413, "file_too_large", "文件是空的，或超过 5 MB"),
    FileInfected: (422, "file_infected", "这个文件里查出病毒，没有放行，请先杀毒"),
    ScannerAway: (503, "file_unchecked", "病毒检查没有答复，文件没有放行，请过几分钟再试"),
    FileAway: (404, "file_away", "这个文件取不到了，平台可能已经删除，请对方再发一次"),
    ForeignOrigin: (403, "foreign_origin", "请求来源不对，请从客服工作台操作"),
    NotAllowed: (403, "not_allowed", "您没有权限查看或操作这个会话"),
    NoPlan: (409, "no_plan", "这次对话里还没有生成过方案，没有可以发送的内容"),
    PersonalNumbers: (
        409,
        "personal_numbers",
        "这条回复里有完整的手机号、身份证号或银行卡号，还没有发出。请核对；确实要发，再按一次发送",
    ),
    NotPresent: (409, "not_present", "{name}现在不在，请转给在的同事，或退回队列"),
    NotWaiting: (409, "not_waiting", "这位用户已经不在排队了"),
    NotYours: (409, "not_yours", "这个会话已不由您接待，内容没有发出"),
    ShortcutTaken: (409, "shortcut_taken", "这个快捷码已经有了，请换一个"),
    TooManyTries: (429, "too_many_tries", "试错次数太多，已暂停核实，请过半小时再试"),
    UnknownAgent: (404, "unknown_agent", "没有这个账号"),
    UnknownColleague: (404, "unknown_colleague", "没有这位同事或这个部门，请重新选"),
    TextTooLong: (422, "text_too_long", f"回复不能超过 {MAX_TEXT_LENGTH} 字"),
    SessionExpired: (401, "session_expired", "登录已过期，请重新登录"),
    StepNeeded: (401, "step_needed", "登录还没有完成，请刷新页面继续"),
    UnknownConversation: (404, "unknown_conversation", "没有找到这个会话"),
}


def message_of(error: BotError) -> str:
    """Return what people read of an error that has an entry."""
    return ANSWERS[type(error)][2].format(**vars(error))


def error_response(error: BotError) -> JSONResponse:
    """Answer a fetch call; an error without an entry is a bug and is raised again."""
    if type(error) not in ANSWERS:
        raise error
    status, code, message = ANSWERS[type(error)]
    return JSONResponse(
        {"error": {"code": code, "message": message.format(**vars(error))}}, status_code=status
    )
