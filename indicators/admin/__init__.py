"""The editors' desk, one noun a file."""

from indicators.admin import figures, indicators, places, sources

__all__ = ["figures", "indicators", "places", "sources"]
