"""Keys of personal data, for databases of tests."""

from bot.data_keys import ring_of
from bot.sealing import DataKeys

TEST_SETTING = "test:a key of personal data for tests,lookup:a key of keyed hashes for tests only"
"""As `XIAOER_DATA_KEYS` has it, for child processes on a test's own database."""

TEST_KEYS = DataKeys(lambda: ring_of(TEST_SETTING.split(",")))
