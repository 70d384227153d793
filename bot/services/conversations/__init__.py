"""Conversations: turns, deliveries, channels, linked persons, events for other systems."""
