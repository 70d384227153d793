"""The desk's pages and who sees a link to them; every page of the desk shows the same bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

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
        group: Under which title it folds away, "" for none.
    """

    name: str
    path: str
    title: str
    needs: Permission
    key: str = ""
    group: str = ""


CASES, CONCERNS, KNOWLEDGE, TEAM, CITY = "办件", "诉求", "知识", "团队", "管理"

LINKS: Sequence[Link] = (
    Link("desk", "/desk/", "接待", P.SERVE_APPLICANTS, "d"),
    Link("board", "/desk/board", "看板", P.LEAD_THE_TEAM, "b"),
    Link("applications", "/desk/applications", "办件窗口", P.READ_APPLICATIONS, "w", CASES),
    Link("cases", "/desk/cases", "办件登记", P.READ_CASES, "c", CASES),
    Link("bookings", "/desk/bookings", "预约", P.WORK_ON_BOOKINGS, "y", CASES),
    Link("tickets", "/desk/tickets", "吹哨单", P.WORK_ON_TICKETS, "s", CONCERNS),
    Link("routing", "/desk/routing", "派单", P.DISPATCH_TICKETS, "p", CONCERNS),
    Link("hot", "/desk/hot", "热点", P.READ_HOT_ISSUES, "h", CONCERNS),
    Link("feedback", "/desk/feedback", "投诉建议", P.WORK_ON_FEEDBACK, "f", CONCERNS),
    Link("reviews", "/desk/reviews", "好差评", P.READ_REVIEWS, "v", CONCERNS),
    Link("talks", "/desk/talks", "政企沟通", P.HOLD_TALKS, "", CONCERNS),
    Link("inspections", "/desk/inspections", "监督", P.INSPECT, "", CONCERNS),
    Link("catalogue", "/desk/catalogue", "事项目录", P.READ_THE_CATALOGUE, "m", KNOWLEDGE),
    Link("challenges", "/desk/challenges", "指正", P.CHECK_FACTS, "", KNOWLEDGE),
    Link("learning", "/desk/learning", "学习", P.TEACH_THE_BOT, "x", KNOWLEDGE),
    Link("canned", "/desk/canned", "常用语", P.SERVE_APPLICANTS, "r", KNOWLEDGE),
    Link("calendars", "/desk/calendars", "日历", P.READ_CALENDARS, "", KNOWLEDGE),
    Link("team", "/desk/team", "班组", P.LEAD_THE_TEAM, "t", TEAM),
    Link("quality", "/desk/quality", "质检", P.SERVE_APPLICANTS, "q", TEAM),
    Link("reports", "/desk/reports", "报表", P.LEAD_THE_TEAM, "e", TEAM),
    Link("switches", "/desk/switches", "开关", P.SWITCH_PARTS_OFF, "", CITY),
    Link("people", "/desk/people", "人员", P.MANAGE_PEOPLE, "", CITY),
    Link("audit", "/desk/audit", "审计", P.READ_THE_AUDIT_LOG, "", CITY),
)
"""In the order in which they stand in the bar, groups together; other areas add theirs here."""


@dataclass(frozen=True)
class Entry:
    """What stands in the bar: one link, or a title with several below it."""

    title: str
    links: tuple[Link, ...]

    def current(self, here: str) -> Link | None:
        """Return the link of the page that is shown, None when it is another entry's."""
        return next((link for link in self.links if link.name == here), None)


def entries_for(agent: Agent) -> list[Entry]:
    """Return what this person may follow; a group of one is just its link."""
    mine = [link for link in LINKS if agent.may(link.needs)]
    entries = []
    for group, found in groupby(mine, key=lambda link: link.group):
        links = tuple(found)
        if group and len(links) > 1:
            entries.append(Entry(group, links))
        else:
            entries.extend(Entry(link.title, (link,)) for link in links)
    return entries
