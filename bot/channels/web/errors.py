"""Refusals of the web interface, with a code for programs and a sentence for people."""

from bot.domain.errors import BotError


class ApiError(BotError):
    """A request that is refused.

    Attributes:
        status: HTTP status.
        code: One of `bot.domain.hub_texts.ERROR_CODES`.
        values: What the sentence of the code has placeholders for.
    """

    def __init__(self, status: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values
