"""traam: the information system of the travaux académiques mutualisés (TraAM)."""

__version__ = "0.1.0"
