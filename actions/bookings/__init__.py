"""Booking a helper in the chat: its questions, wishes for a time, what comes after."""
