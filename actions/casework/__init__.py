"""Where a case stands, in the chat."""
