"""A hostile server: what the web sends, path by path, and what must come of each."""
