"""A turn that loses its action server leaves no trace, so that the hub can simply say it again.

Rasa logs the failure of an action and goes on without the action's events: the form is half
filled, the tracker is stored, and the same message said again meets another state (a confirmed
whistle then opened no ticket). Here such a failure ends the turn before the tracker is stored.
"""

from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction

_PLAIN_RUN = RemoteAction.run


class TurnBroken(BaseException):
    """An action could not be run; no `Exception`, because Rasa swallows those of actions.

    Like `asyncio.CancelledError` it passes through Rasa's turn, which gives its lock back.
    """


def keep_turns_whole() -> None:
    """Make every action call end the turn when the action server fails."""
    RemoteAction.run = _run_or_break  # type: ignore[assignment]  # Rasa 3.6.21 has no setting


async def _run_or_break(action: RemoteAction, *arguments: Any, **options: Any) -> Any:
    try:
        return await _PLAIN_RUN(action, *arguments, **options)
    except ActionExecutionRejection:  # an answer: other policies decide
        raise
    except Exception as error:  # away, in trouble, too slow, or what nobody thought of
        raise TurnBroken(action.name()) from error
