"""What an operator does: start, train, seed, check, back up. Imported by `bot.cli` only."""
