"""What can stand in the way of an application."""

from bot.domain.errors import BotError


class IncompleteForm(BotError):
    """A required field is empty or wrong."""


class ConsentMissing(BotError):
    """Nothing is sent without the applicant's consent."""


class PaperNotAllowed(BotError):
    """A document cannot be missing in this way.

    Attributes:
        paper: Its name.
    """

    def __init__(self, paper: str) -> None:
        super().__init__(paper)
        self.paper = paper


class PapersAskedAlready(BotError):
    """A second notice of missing papers that the applicant's answer did not cause.

    Source: 行政许可法 第三十二条 – everything that is missing is told once.
    """


class NoPapersNamed(BotError):
    """A notice of missing papers, or an answer to it, without papers."""


class ReasonMissing(BotError):
    """A refusal, a return or a second notice has to say why."""


class PapersOutstanding(BotError):
    """Papers accepted as missing have to come before the case is finished."""


class NothingAsked(BotError):
    """Nothing is missing, so there is nothing to hand in."""


class NotAnApplication(BotError):
    """The case was not handed in here."""
