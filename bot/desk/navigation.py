"""The desk's pages and who sees a link to them; every page of the desk shows the same bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.people import Agent
from bot.domain.permissions import Permission

P = Permission


@dataclass(frozen=True)
class Link:
    """One entry of the bar.

    Attributes:
        name: What a page sets as `here`.
        needs: Only those who may do this see it.
        key: Letter that leads there after "g", "" for none.
    """

    name: str
    path: str
    title: str
    needs: Permission
    key: str = ""


LINKS: Sequence[Link] = (
    Link("desk", "/desk/", "接待", P.SERVE_APPLICANTS, "d"),
    Link("board", "/desk/board", "看板", P.LEAD_THE_TEAM, "b"),
    Link("applications", "/desk/applications", "办件窗口", P.READ_APPLICATIONS, "w"),
    Link("cases", "/desk/cases", "办件登记", P.READ_CASES, "c"),
    Link("tickets", "/desk/tickets", "吹哨单", P.WORK_ON_TICKETS, "s"),
    Link("routing", "/desk/routing", "派单", P.DISPATCH_TICKETS, "p"),
    Link("feedback", "/desk/feedback", "投诉建议", P.WORK_ON_FEEDBACK, "f"),
    Link("reviews", "/desk/reviews", "好差评", P.READ_REVIEWS, "v"),
    Link("inspections", "/desk/inspections", "监督", P.INSPECT),
    Link("talks", "/desk/talks", "政企沟通", P.HOLD_TALKS),
    Link("hot", "/desk/hot", "热点", P.READ_HOT_ISSUES, "h"),
    Link("bookings", "/desk/bookings", "预约", P.WORK_ON_BOOKINGS, "y"),
    Link("catalogue", "/desk/catalogue", "事项目录", P.READ_THE_CATALOGUE, "m"),
    Link("learning", "/desk/learning", "学习", P.TEACH_THE_BOT, "x"),
    Link("challenges", "/desk/challenges", "指正", P.CHECK_FACTS),
    Link("canned", "/desk/canned", "常用语", P.SERVE_APPLICANTS, "r"),
    Link("team", "/desk/team", "班组", P.LEAD_THE_TEAM, "t"),
    Link("quality", "/desk/quality", "质检", P.SERVE_APPLICANTS, "q"),
    Link("reports", "/desk/reports", "报表", P.LEAD_THE_TEAM, "e"),
    Link("calendars", "/desk/calendars", "日历", P.READ_CALENDARS),
    Link("people", "/desk/people", "人员", P.MANAGE_PEOPLE),
    Link("audit", "/desk/audit", "审计", P.READ_THE_AUDIT_LOG),
)
"""In the order in which they stand in the bar; other areas add theirs here."""


def links_for(agent: Agent) -> list[Link]:
    """Return the links that this person may follow."""
    return [link for link in LINKS if agent.may(link.needs)]
