"""The clock as a process of its own, `python -m bot.clock`: due dates, reminders and news.

With `XIAOER_CLOCK=elsewhere` hubs leave this to it. Several clocks at once are harmless: whatever
one does is claimed or unique in the database. One that cannot go on ends, to be started anew.
"""

import asyncio
import signal
import socket
from pathlib import Path

import structlog

from bot import logs
from bot.asgi import open_feed, start_clock
from bot.bootstrap import App, build
from bot.hub.hub import Hub, build_hub
from bot.settings import load_settings
from bot.store.hub_texts import load_hub_texts

BEAT_EVERY_S = 5.0
"""How often the file is touched by which a supervisor sees that the clock goes."""

log = structlog.get_logger()


async def run_clock(app: App, beat: Path) -> None:
    """Watch until cancelled, and touch `beat` as long as all goes.

    Raises:
        Exception: Whatever ended one of the watchers; they are made to go on, so it is a fault.
    """
    hub = build_hub(
        app.settings,
        unit_of_work=app.unit_of_work,
        reading=app.reading,
        now=app.now,
        texts=load_hub_texts(app.settings.data_dir),
    )
    watched = [
        asyncio.create_task(_beat(beat)),
        asyncio.create_task(hub.wakeups.run()),
        *_watchers(app, hub),
    ]
    try:
        await asyncio.gather(*watched)
    finally:
        for task in watched:
            task.cancel()
        await asyncio.gather(*watched, return_exceptions=True)
        await hub.rasa.close()


def _watchers(app: App, hub: Hub) -> list["asyncio.Task[None]"]:
    return start_clock(app, hub, open_feed(app))


async def _beat(beat: Path) -> None:
    while True:
        await asyncio.to_thread(beat.touch)
        await asyncio.sleep(BEAT_EVERY_S)


async def _until_signal(app: App) -> None:
    running = asyncio.ensure_future(
        run_clock(app, app.settings.state_dir / f"clock-{socket.gethostname()}.beat")
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    log.info("clock_started")
    try:
        await running
    except asyncio.CancelledError:
        log.info("clock_stopped")


def main() -> None:
    """Build the application and watch until told to stop."""
    logs.configure(json=True)
    settings = load_settings()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    asyncio.run(_until_signal(build(settings)))


if __name__ == "__main__":
    main()
