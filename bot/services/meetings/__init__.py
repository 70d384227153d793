"""Talks with business: announced, signed up for, asked at, answered in public."""
