"""The only place that knows SQLAlchemy and the files of `data/`.

Imports services (for its ports) and below.
"""
