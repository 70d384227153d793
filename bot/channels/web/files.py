"""`POST /api/chat/files`: a photograph or paper for the whistle, sent in the chat page."""

import anyio
from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.bootstrap import App
from bot.channels.web.bodies import check_client_id
from bot.channels.web.errors import ApiError
from bot.domain.conversations import Conversation, TooManyMessages
from bot.hub.hub import Hub
from bot.hub.wakeups import DESK, conversation_topic
from bot.services.chat_files import SentFile, take_chat_file
from bot.services.ticket_business import BusinessSide
from bot.store.chat_file_texts import load_chat_file_words

PATH = "/api/chat/files"
MAX_BODY_BYTES = 40 * 1024 * 1024
"""More than a file may have: a photograph that is too large gets its own sentence."""

LARGER_BODIES = {PATH: MAX_BODY_BYTES}


class ChatFiles:
    """Takes files in."""

    def __init__(self, app: App, hub: Hub) -> None:
        self._app = app
        self._hub = hub
        self._words = load_chat_file_words(app.settings.data_dir / "services" / "chat_files.yml")

    async def take(self, request: Request, conversation: Conversation) -> None:
        """Take a file; whether it was good is said in the chat.

        Raises:
            ApiError: No file in the form, a bad `client_id`, or too many in a short time.
        """
        async with request.form(max_files=1, max_fields=2) as form:
            client_id, chosen = form.get("client_id"), form.get("file")
            if not isinstance(client_id, str) or not isinstance(chosen, UploadFile):
                raise ApiError(422, "bad_request")
            check_client_id(client_id)
            sent = SentFile(client_id, chosen.filename or "", await chosen.read())
        app = self._app

        def store() -> None:
            side = BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, app.now())
            take_chat_file(side, self._words, conversation_id=conversation.id, sent=sent)

        try:
            await anyio.to_thread.run_sync(store)
        except TooManyMessages as error:
            raise ApiError(429, "too_many_messages") from error
        self._hub.wakeups.ring(DESK, conversation_topic(conversation.id))
