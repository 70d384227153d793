"""The page on which the single form is signed: a drawing or a name, and a code from the chat."""

import base64
import binascii
import secrets
from collections.abc import Mapping
from contextlib import suppress

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.form_text import form_text
from bot.documents.texts import SigningTexts
from bot.domain.conversations import Author, Reply, UnknownConversation
from bot.domain.plans import SavedPlan
from bot.domain.signing import (
    BadSignature,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    DocumentChanged,
    Signature,
    TooManyCodes,
)
from bot.hub.wakeups import OUTBOX, conversation_topic
from bot.portal.pages import DRAWING_POLICY, file, html
from bot.portal.plan_site import PlanSite
from bot.services.papers.signing import ask_confirmation, sign, signatures_of
from bot.services.times.local_time import LOCAL

PNG_ADDRESS = "data:image/png;base64,"
STATUS: Mapping[str, int] = {"": 200, "sent": 200, "too_many_codes": 429, "no_chat": 410}


def routes(site: PlanSite, texts: SigningTexts) -> list[Route]:
    """Return the routes of the page."""
    own = SignPage(site, texts)
    path = "/plans/{token}/sign"
    return [
        Route(path, site.guarded(own.show), methods=["GET"], name="plan_sign"),
        Route(path, site.guarded(own.sign), methods=["POST"], name="plan_signed"),
        Route(f"{path}/code", site.guarded(own.send_code), methods=["POST"], name="plan_code"),
        Route("/plans/{token}/receipt/{signature:int}.pdf", site.guarded(own.receipt)),
    ]


class SignPage:
    """Handlers of the page."""

    def __init__(self, site: PlanSite, texts: SigningTexts) -> None:
        self._site = site
        self._texts = texts

    async def show(self, request: Request) -> Response:
        """Show the form as it would be signed."""
        return await self._page(request, await self._site.plan_of(request), "")

    async def send_code(self, request: Request) -> Response:
        """Write a code into the conversation that owns the plan."""
        saved = await self._site.plan_of(request)
        app = self._site.app
        filled = await run_sync(self._site.maker.filled_form, saved)
        try:
            code = await run_sync(
                lambda: ask_confirmation(
                    app.unit_of_work,
                    origin=f"page:{saved.id}:{secrets.token_hex(8)}",
                    saved=saved,
                    now=app.now(),
                )
            )
            await self._tell(request, saved, self._texts.code_line(filled.form.title, code))
        except TooManyCodes:
            return await self._page(request, saved, "too_many_codes")
        except UnknownConversation:
            return await self._page(request, saved, "no_chat")
        return await self._page(request, saved, "sent")

    async def sign(self, request: Request) -> Response:
        """Keep the signature, tell the conversation, and lead to the receipt."""
        saved = await self._site.plan_of(request)
        async with request.form(max_files=0, max_fields=8) as form:
            given = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            signature, title = await self._signed(saved, given)
        except BadSignature as error:
            return await self._page(request, saved, error.reason, given)
        except CodeWrong as error:
            return await self._page(request, saved, "wrong", given, tries_left=error.tries_left)
        except CodeExpired:
            return await self._page(request, saved, "expired", given)
        except CodeUsed:
            return await self._page(request, saved, "used", given)
        except DocumentChanged:
            return await self._page(request, saved, "changed", given)
        with suppress(UnknownConversation):  # kept all the same; nobody is left to be told
            await self._tell(request, saved, self._texts.signed_line(title, signature))
        return await self._page(request, saved, "signed")

    async def receipt(self, request: Request) -> Response:
        """Give the sealed receipt of a signature."""
        saved = await self._site.plan_of(request)
        kept = await run_sync(signatures_of, self._site.app.unit_of_work, saved)
        wanted = request.path_params["signature"]
        signature = next((one for one in kept if one.id == wanted), None)
        if signature is None:
            return self._site.page("plan_missing.html", 404)
        filled = await run_sync(self._site.maker.filled_form, saved)
        made = await self._site.maker.receipt(saved, signature, filled.form.title)
        return file(made.content, made.media_type, f"签署回执-{made.number}.pdf")

    async def _signed(self, saved: SavedPlan, given: Mapping[str, str]) -> tuple[Signature, str]:
        app = self._site.app
        filled, document = await self._site.maker.form(saved)
        if not filled.is_complete:
            raise BadSignature("incomplete")
        if given.get("agree") != "yes":
            raise BadSignature("agree")
        image = drawing(given.get("image", "")) if given.get("method") == "drawn" else None
        if image is not None and not await self._site.maker.is_drawing(image):
            raise BadSignature("image")

        def keep() -> Signature:
            return sign(
                app.unit_of_work,
                saved=saved,
                document=document,
                shown_sha256=given.get("sha256", ""),
                code=given.get("code", ""),
                signer=given.get("signer", ""),
                image=image,
                now=app.now(),
            )

        return await run_sync(keep), filled.form.title

    async def _tell(self, request: Request, saved: SavedPlan, text: str) -> None:
        app = self._site.app

        def write() -> None:
            with app.unit_of_work() as unit:
                unit.conversations.get(saved.conversation_id)
                reply = Reply(text, author=Author.SYSTEM)
                unit.conversations.add_message(saved.conversation_id, reply, now=app.now())

        await run_sync(write)
        topic = conversation_topic(saved.conversation_id)
        request.app.state.hub.wakeups.ring(OUTBOX, topic)

    async def _page(
        self,
        request: Request,
        saved: SavedPlan,
        outcome: str,
        given: Mapping[str, str] | None = None,
        tries_left: int = 0,
    ) -> Response:
        filled, document = await self._site.maker.form(saved)
        kept = await run_sync(signatures_of, self._site.app.unit_of_work, saved)
        image = (given or {}).get("image", "")
        body = self._site.pages.get_template("sign.html").render(
            title=filled.form.title,
            lines=form_text(filled).splitlines(),
            is_complete=filled.is_complete,
            missing=[one.label for one in filled.missing],
            document=document,
            outcome=outcome,
            tries_left=tries_left,
            signer=(given or {}).get("signer", ""),
            image=image if image.startswith(PNG_ADDRESS) else "",
            signatures=[(one, f"{one.signed_at.astimezone(LOCAL):%Y-%m-%d %H:%M}") for one in kept],
            plan_path=f"/plans/{request.path_params['token']}",
        )
        is_fine = outcome in {"", "sent", "signed"}
        return html(body, STATUS.get(outcome, 200 if is_fine else 422), DRAWING_POLICY)


def drawing(address: str) -> bytes:
    """Return the picture in a data address.

    Raises:
        BadSignature: It is no PNG in base64.
    """
    if not address.startswith(PNG_ADDRESS):
        raise BadSignature("image")
    try:
        return base64.b64decode(address[len(PNG_ADDRESS) :], validate=True)
    except binascii.Error as error:
        raise BadSignature("image") from error
