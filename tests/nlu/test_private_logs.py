"""Rasa's own log, set up as `rasa run` does, tells nobody's words."""

import subprocess
import sys

SCRIPT = """
import logging, structlog
from bot.nlu import private_logs
private_logs.use()
from rasa.utils.log_utils import configure_structlog
configure_structlog(logging.INFO)
from rasa.core.nlg.interpolator import interpolate_text
log = structlog.get_logger()
log.error("processor.message.failed", text="李雷的电话是13800138000", sender_id="c1")
log.error("hub_turn_failed", error="ValueError")
log.error("core.failed", error="could not read 13800138000")
words = "我家住柳园路"
try:
    raise ValueError(words)
except ValueError:
    log.exception("core.failed", event_info="It failed.")
print(interpolate_text('/take_papers{"paper": "13800138000"}', {}))
"""


def test_values_and_local_variables_stay_out_and_names_of_errors_stay_in() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=300
    )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
    written = "\n".join(lines)

    assert len(lines) == 4
    assert "13800138000" not in written
    assert "李雷" not in written
    assert "柳园路" not in written
    assert "\\u67f3" not in written
    assert '"sender_id": "c1"' in lines[0]
    assert '"error": "ValueError"' in lines[1]
    assert '"error": "ValueError"' in lines[3]
    assert "where" in lines[3]
    assert "13800138000" in done.stdout, "the payload of the button is as it was"
