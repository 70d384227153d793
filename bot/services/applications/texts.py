"""What applicants read about their application, in the words of `data/services`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.applications import LaterPaper


@dataclass(frozen=True)
class ApplicationTexts:
    """The words, from `data/services/application_texts.yml`.

    Attributes:
        accepted_later: With {papers}.
        later_item: With {paper} and {day}.
        reminder_soon: With {number}, {matter}, {paper}, {day}; some days before.
        reminder_today: As above, on the day.
        reminder_late: As above, after the day.
        refused: With {reason} and {remedies}.
        second_notice: With {paper} and {reason}.
        supplement_title: Title of the button that leads to handing in papers.
        supplement_payload: What the button sends.
    """

    accepted_later: str
    later_item: str
    reminder_soon: str
    reminder_today: str
    reminder_late: str
    refused: str
    second_notice: str
    supplement_title: str
    supplement_payload: str

    def accepted_with(self, papers: Sequence[LaterPaper]) -> str:
        """Return the sentence that names the papers to come and their days."""
        items = (
            self.later_item.format(paper=one.name, day=plain_day(one.due_on)) for one in papers
        )
        return self.accepted_later.format(papers="、".join(items))

    def refused_because(self, reason: str, remedies: str) -> str:
        """Return the reason with what can be done against it."""
        return self.refused.format(reason=reason, remedies=remedies)

    def second_notice_for(self, paper: str, reason: str) -> str:
        """Return why papers are asked for again."""
        return self.second_notice.format(paper=paper, reason=reason)


def plain_day(day: date) -> str:
    """Return "2026年12月1日"."""
    return f"{day.year}年{day.month}月{day.day}日"
