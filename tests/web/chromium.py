"""How Debian's Chromium is started: without a screen, and without anything that is not asked for."""

__all__ = ["FLAGS"]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
