"""Find the names of a watchlist in text of any script.

The public surface: pure functions over frozen records, no input or output.
"""

__version__ = "0.1.0"
