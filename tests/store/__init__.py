"""The store and what it promises."""
