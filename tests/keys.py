"""Keys of personal data, for databases of tests."""

from bot.sealing import DataKeys, Ring

TEST_KEYS = DataKeys(
    lambda: Ring({"test": "a key of personal data for tests"}, "for hashes of tests")
)
