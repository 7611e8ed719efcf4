"""What lies among texts by mistake: files that are no text whatever their names say."""

from __future__ import annotations

FOREIGN = (
    (b"%PDF-", "a PDF"),
    (b"PK\3\4", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"\x1f\x8b", "a packed file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
"""How such files begin, and what they are."""

CONTROLS = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\f\r\x1a\x1b"] + ["\ufffd"]
"""What texts hold by accident only: control characters, and what could not be read."""

STRANGE = 0.1
"""The share of them from which a file is no text; random bytes have more, damaged texts less. One
alone says nothing."""


def not_text(data: bytes, text: str) -> str:
    """Why a file is no text, such as "is a PDF, not text"; "" if it is one.

    Args:
        data: its bytes.
        text: what they were read as.
    """
    for start, called in FOREIGN:
        if data.startswith(start):
            return f"is {called}, not text"
    strange = sum(map(text.count, CONTROLS))
    return "is not text" if strange > max(1, STRANGE * len(text)) else ""
