"""Complaints and suggestions, from filing to the published answer."""
