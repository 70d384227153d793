"""Working days, plans as graphs, critical paths: pure, over `bot.domain`, given "now"."""
