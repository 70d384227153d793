"""Telegram: the Bot API, by webhook or by long polling; `docs/telegram.md` is for operators."""
