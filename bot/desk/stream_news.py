"""What a ring of the desk's bell means for one open page: its queue, its own lists, or nothing."""

from sse_starlette import ServerSentEvent

from bot.desk.context import Desk
from bot.desk.queue_piece import own_marks, queue_json
from bot.domain.desk_work import HELP_DESK
from bot.domain.people import Agent

WAKE = "wake"
QUEUE = "queue"


class News:
    """Compares what a page has with what there is; called from threads, one call at a time.

    Most rings change the queue and nothing that an agent holds. Then the page is handed the
    queue, made once for all, and fetches nothing; fifty pages that fetch their lists at the same
    moment would keep the messages of everybody waiting.
    """

    def __init__(self, desk: Desk, agent: Agent, *, takes_queue: bool) -> None:
        self._desk, self._agent, self._takes_queue = desk, agent, takes_queue
        self._queue = ""
        self._own = own_marks(desk).get(agent.id) if takes_queue else None

    def after_ring(self, *, is_own: bool) -> list[ServerSentEvent]:
        """Return what to tell the page.

        Args:
            is_own: The bell of what this agent holds has rung, so that its lists have changed.
        """
        if is_own or not self._takes_queue:
            return [ServerSentEvent(event=WAKE, data="")]
        own = own_marks(self._desk).get(self._agent.id)
        if own != self._own:
            self._own = own
            return [ServerSentEvent(event=WAKE, data="")]
        queue = queue_json(self._desk, self._agent.department_id or HELP_DESK, self._desk.now())
        if queue == self._queue:
            return []
        self._queue = queue
        return [ServerSentEvent(event=QUEUE, data=queue)]
