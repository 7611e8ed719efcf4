"""The daemon: what is done when, signals, reload, logs, and what systemd is told."""
