"""What is learnt from conversations: lessons, models, replays, checks of facts."""
