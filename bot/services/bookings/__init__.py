"""Booking a helper: slots, places, who is free, and what the desk does with bookings."""
