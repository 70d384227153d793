"""Plans in the chat: made, shown, asked about, marked, followed."""
