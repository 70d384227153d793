"""Sends pieces of lines to Telegram."""

import html
from urllib.parse import urlsplit

import httpx
import structlog
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.client import Bot, as_delivery_error
from bot.channels.telegram.keyboards import Markup, keyboard
from bot.channels.telegram.texts import TelegramTexts
from bot.domain.channels import ChoiceWords, Part, PartKind
from bot.domain.conversations import Author
from bot.domain.deliveries import Delivery, DeliveryError
from bot.domain.splitting import TextUnit, split_text

MAX_FILE_BYTES = 20_000_000
FETCH_S = 20.0

log = structlog.get_logger()


class TelegramSender:
    """Sends what the outbox holds; see `bot.hub.outbox.Sender`.

    Args:
        bot: The client.
        texts: Who says it, hints.
        words: A file that cannot be sent goes as a link.
        base_url: Address in the links of our own files.
        fetch_url: Where this machine reaches its own hub.
    """

    def __init__(
        self,
        bot: Bot,
        texts: TelegramTexts,
        words: ChoiceWords,
        *,
        base_url: str,
        fetch_url: str,
    ) -> None:
        self._bot = bot
        self._texts = texts
        self._words = words
        self._base_url = base_url
        # loopback only; making a client anew for each file would load certificates each time
        self._http = httpx.AsyncClient(base_url=fetch_url, timeout=FETCH_S, trust_env=False)

    async def close(self) -> None:
        """Close the connections to our own hub."""
        await self._http.aclose()

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Send one piece.

        Raises:
            DeliveryError: Telegram did not take it; it may have when the answer was lost.
        """
        try:
            if part.kind is PartKind.TEXT:
                await self._say(delivery, part)
            else:
                await self._show(delivery, part)
        except TelegramError as error:
            raise as_delivery_error(error) from error

    async def _say(self, delivery: Delivery, part: Part) -> None:
        who = self._texts.agent_line if delivery.message.author is Author.AGENT else ""
        markup = keyboard(delivery.message.id, part.buttons, self._texts.contact_hint)
        formatted = f"<b>{html.escape(who)}</b>\n" if who else ""
        formatted += html.escape(part.text, quote=False)
        try:
            await self._bot.send_message(
                delivery.recipient, formatted, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        except BadRequest as error:
            plain = f"{who}\n{part.text}" if who else part.text
            await self._say_otherwise(delivery.recipient, plain, markup, error)

    async def _say_otherwise(
        self, chat: str, text: str, markup: Markup | None, refused: BadRequest
    ) -> None:
        reason = str(refused).lower()
        if "too long" in reason:  # Telegram counts otherwise than we do: in two then
            pieces = split_text(text, max(TextUnit.UTF16.length(text) * 2 // 3, 8))
        elif "parse entities" in reason:
            pieces = [text]
        else:
            raise refused
        log.warning("telegram_text_refused", reason=reason[:60], pieces=len(pieces))
        for number, piece in enumerate(pieces, start=1):
            under = markup if number == len(pieces) else None
            await self._bot.send_message(chat, piece, reply_markup=under)

    async def _show(self, delivery: Delivery, part: Part) -> None:
        item = part.attachment
        assert item is not None
        content = await self._fetch(item.url)
        if content is None:
            await self._link(delivery, part)
            return
        name = urlsplit(item.url).path.rsplit("/", 1)[-1] or item.title
        try:
            if part.kind is PartKind.IMAGE:
                await self._bot.send_photo(
                    delivery.recipient, content, caption=part.text, filename=name
                )
            else:
                await self._bot.send_document(
                    delivery.recipient, content, caption=part.text, filename=name
                )
        except BadRequest as error:
            if as_delivery_error(error).is_unreachable:
                raise
            log.warning("telegram_file_refused", reason=str(error)[:60])
            await self._link(delivery, part)

    async def _link(self, delivery: Delivery, part: Part) -> None:
        item = part.attachment
        assert item is not None
        url = f"{self._base_url}{item.url}" if item.url.startswith("/") else item.url
        text = self._words.link.format(title=item.title, url=url)
        await self._bot.send_message(delivery.recipient, text)

    async def _fetch(self, url: str) -> bytes | None:
        """Return one of our own files; anything else stays a link, whoever wrote it."""
        path = url.removeprefix(self._base_url)
        if not path.startswith("/") or path.startswith("//"):
            return None
        try:
            answer = await self._http.get(path)
        except httpx.TransportError as error:
            raise DeliveryError(type(error).__name__, permanent=False) from error
        is_fine = answer.status_code == httpx.codes.OK and len(answer.content) <= MAX_FILE_BYTES
        return answer.content if is_fine else None
