"""Public pages: chat page, plan page, ticket page. Imported by `bot.asgi` only."""
