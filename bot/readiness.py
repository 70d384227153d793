"""Whether the parts of the service are there, for `GET /readyz` and the launcher."""

from dataclasses import asdict, dataclass

import anyio
import structlog
from sqlalchemy.engine import Engine

from bot.domain.schema_steps import Standing
from bot.hub.rasa_client import RasaClient

DETAILS = {
    Standing.BEHIND: "schema is older: xiaoer db upgrade",
    Standing.AHEAD: "schema is newer, only expanded",
    Standing.BEYOND: "schema is of another version: xiaoer db status",
}

log = structlog.get_logger()


@dataclass(frozen=True)
class Part:
    """One part; `detail` is a word for staff."""

    ok: bool
    detail: str = ""


@dataclass(frozen=True)
class Readiness:
    """All parts; ready when each is."""

    database: Part
    rasa: Part
    actions: Part
    model: Part

    @property
    def is_ready(self) -> bool:
        """Tell whether applicants get full service."""
        return all(part.ok for part in (self.database, self.rasa, self.actions, self.model))

    def as_json(self) -> dict[str, object]:
        """Return what `/readyz` answers."""
        return {"ready": self.is_ready, "parts": asdict(self)}


async def check_readiness(engine: Engine, rasa: RasaClient) -> Readiness:
    """Ask every part."""
    status = await rasa.status()
    actions_up = await rasa.actions_up(fresh=True)
    return Readiness(
        database=await anyio.to_thread.run_sync(check_database, engine),
        rasa=Part(status.is_up, "" if status.is_up else "unreachable"),
        actions=Part(actions_up, "" if actions_up else "unreachable"),
        model=Part(status.model is not None, status.model or "not loaded"),
    )


def check_database(engine: Engine) -> Part:
    """Look whether the database answers, and whether we live with its schema."""
    # what reads migrations is large, and nobody needs it before the first look
    from bot.store.migrate import standing  # noqa: PLC0415 - see above

    try:
        found = standing(engine)
    except Exception as error:  # noqa: BLE001 - any failure means the same here
        log.warning("database_unreachable", error=type(error).__name__)
        return Part(ok=False, detail="unreachable")
    return Part(ok=found.is_usable, detail=DETAILS.get(found, ""))
