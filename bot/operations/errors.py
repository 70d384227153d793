"""Everything that stops an operator's command; the message is the one line they read."""

from pathlib import Path

from bot.data_keys import DATA_KEY_FILE
from bot.domain.errors import BotError


class OperationFailed(BotError):
    """A command cannot go on; the message says why and what to do, in Chinese and English."""


class PortInUse(OperationFailed):
    """Somebody else listens where one of our processes must."""

    def __init__(self, name: str, host: str, port: int, setting: str) -> None:
        super().__init__(
            f"端口 {host}:{port} 已被占用, {name} 无法启动; 请停掉占用者或改 {setting}"
            f" (port {port} is in use: stop its owner or set {setting})"
        )


class DiskFull(OperationFailed):
    """Too little space is left to work safely."""

    def __init__(self, folder: Path, free_mb: int, needed_mb: int) -> None:
        super().__init__(
            f"磁盘空间不足: {folder} 只剩 {free_mb} MB, 需要 {needed_mb} MB"
            f" (disk full: {free_mb} MB free, {needed_mb} MB needed)"
        )


class KeyMissing(OperationFailed):
    """Personal data of this database were sealed with a key that is not here."""

    def __init__(self, state: Path, reason: str) -> None:
        super().__init__(
            f"数据库里的个人信息打不开 ({reason}): 封存它的密钥不在 {state / DATA_KEY_FILE}。"
            "请把当时的密钥文件放回去, 或改 XIAOER_STATE_DIR / XIAOER_DATA_KEYS"
            " (sealed with a key that is not here: put the key file back)"
        )


class TrainingFailed(OperationFailed):
    """Rasa ended without a model."""

    def __init__(self, log: Path, code: int) -> None:
        super().__init__(f"模型训练失败 (退出码 {code}), 详见 {log} (training failed, see the log)")


class ProcessDied(OperationFailed):
    """A child process ends again and again."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(
            f"进程 {name} 反复退出 (退出码 {code}), 详见 {log}"
            f" (process {name} keeps ending with code {code}, see {log})"
        )


class NotReady(OperationFailed):
    """The processes run, but the application did not become ready in time."""

    def __init__(self, seconds: float, missing: str, logs: Path) -> None:
        super().__init__(
            f"{seconds:.0f} 秒内未就绪, 尚缺: {missing}; 日志在 {logs}"
            f" (not ready after {seconds:.0f} s, missing: {missing}, logs in {logs})"
        )


class BadBackup(OperationFailed):
    """A backup is incomplete, damaged, or of another kind of database."""
