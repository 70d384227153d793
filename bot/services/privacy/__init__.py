"""Personal data: consent, masking, erasure, retention, and proof of whose something is."""
