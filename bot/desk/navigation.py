"""The desk's pages and who sees a link to them; every page of the desk shows the same bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.people import Agent


@dataclass(frozen=True)
class Link:
    """One entry of the bar.

    Attributes:
        name: What a page sets as `here`.
        key: Letter that leads there after "g", "" for none.
        serves: Only for those who talk to applicants.
        oversees: Only for those who oversee.
    """

    name: str
    path: str
    title: str
    key: str = ""
    serves: bool = False
    oversees: bool = False


LINKS: Sequence[Link] = (
    Link("desk", "/desk/", "接待", "d", serves=True),
    Link("applications", "/desk/applications", "办件窗口", "w"),
    Link("cases", "/desk/cases", "办件登记", "c"),
    Link("catalogue", "/desk/catalogue", "事项目录", "m"),
    Link("canned", "/desk/canned", "常用语", "r", serves=True),
    Link("team", "/desk/team", "班组", "t", oversees=True),
)
"""In the order in which they stand in the bar; other areas add theirs here."""


def links_for(agent: Agent) -> list[Link]:
    """Return the links that this person may follow."""
    return [
        link
        for link in LINKS
        if (agent.serves or not link.serves) and (agent.oversees or not link.oversees)
    ]
