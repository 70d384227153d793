"""The whole product as real processes: what `xiaoer evaluate dialogues` starts as well."""

from bot.bootstrap import utc_now
from bot.operations.prepare import current_database
from bot.operations.stack import Stack, running_stack
from tests.telegram_api import TOKEN
from tests.tencent_api import AES_KEY, CALLBACK_TOKEN, SECRET
from tests.wechat_api import APP_ID
from tests.wecom_api import AGENT_ID, CORP_ID

__all__ = ["Stack", "channel_settings", "running_stack", "send_everybody_home"]


def channel_settings(telegram_url: str, wechat_url: str, wecom_url: str) -> dict[str, str]:
    """Return the environment that switches all channels on, against platforms of ours."""
    return {
        "XIAOER_TELEGRAM_TOKEN": TOKEN,
        "XIAOER_TELEGRAM_MODE": "polling",
        "XIAOER_TELEGRAM_API_URL": telegram_url,
        "XIAOER_WECHAT_APP_ID": APP_ID,
        "XIAOER_WECHAT_APP_SECRET": SECRET,
        "XIAOER_WECHAT_TOKEN": CALLBACK_TOKEN,
        "XIAOER_WECHAT_AES_KEY": AES_KEY,
        "XIAOER_WECHAT_API_URL": wechat_url,
        "XIAOER_WECOM_CORP_ID": CORP_ID,
        "XIAOER_WECOM_SECRET": SECRET,
        "XIAOER_WECOM_AGENT_ID": AGENT_ID,
        "XIAOER_WECOM_TOKEN": CALLBACK_TOKEN,
        "XIAOER_WECOM_AES_KEY": AES_KEY,
        "XIAOER_WECOM_KF": "true",
        "XIAOER_WECOM_API_URL": wecom_url,
    }


def send_everybody_home(stack: Stack) -> None:
    """Leave nobody at the desk: an agent of another test would count for a minute longer."""
    with current_database(stack.settings) as unit_of_work, unit_of_work() as unit:
        for agent in unit.people.agents():
            unit.people.set_presence(agent.id, now=utc_now(), is_available=False)
