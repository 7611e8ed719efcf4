"""Bytes to text, honestly: what a source declares is believed only as far as its bytes bear it.

One bad byte in a UTF-8 feed must not cost the whole feed, and windows-1256 under a UTF-8 label must
not become Latin letters that no rule ever matches. Order: what the operator says; byte order mark;
valid UTF-8 (which no other encoding is by chance); UTF-8 with a few bad bytes, or with pieces in
another encoding; then the declared encoding and its rivals by how much of the text they make looks
like what people write. UTF-8 that was taken for something else and encoded again is unfolded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from watcher.feeds.likely import sense, wide_sense

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The WHATWG Encoding Standard, 4.2: labels that mean more than they say.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
ALIASES = {
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "utf8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
WINDOWS = re.compile(r"(?:x-)?(?:windows|win|cp|ansi)[-_ ]?(125\d|874)")
KNOWN = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|cp(125\d|720|86[46]|874|932|949)|iso8859-\d+|koi8-[rut]|gb18030"
    r"|big5(hkscs)?|euc_jp|iso2022_jp|mac-(cyrillic|arabic)"
)
# Rivals of a wrong label; of equals the first counts: Hebrew also reads as lower-case Cyrillic,
# and Cyrillic as Greek.
RIVALS = (
    "cp1256", "iso8859-6", "cp1255", "cp1251", "cp1253", "koi8-r", "iso8859-5", "cp866", "cp874",
    "cp1252",
)  # fmt: skip
WIDE = ("cp932", "euc_jp", "cp949", "big5", "big5hkscs", "gb18030")

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([^\s\"'>;/]{1,40})", re.IGNORECASE
)
HEAD = 4096  # bytes in which a declaration must stand

# Windows' Latin letters back to the bytes they stand for; five bytes have no letter and stay.
BYTES = {
    ord(letter): byte
    for byte in range(0x80, 0xA0)
    if (letter := bytes([byte]).decode("cp1252", "ignore"))
}
MISTAKEN = ("cp1256", "cp1251", "cp1253", "cp1255")  # what else UTF-8 is taken for by mistake
PIECE = re.compile(r"[^<>]++")  # of text between tags
BYTES_PIECE = re.compile(rb"[^<>]++")
LONGEST = 2_000_000  # bytes of a feed that is looked at piece by piece

BELIEVED = 0.6  # share of sensible letters from which a declared encoding is believed
LEAD = 0.05  # what the declared one has ahead: they share many signs
DOUBTED = 0.5  # share up to which a declared encoding of East Asia stays, however little it reads
BAD_SHARE = 0.1  # of what is beyond ASCII; a wrong label makes nearly all of it bad
GARBLED = 0.01
WIDE_BELIEVED = 0.3  # share of frequent signs; of another encoding's bytes it is under 0.2
MIXED = 0.2  # share of valid pieces from which the others are judged one by one
ZEROS = {
    "x000": "utf-32-le",
    "000x": "utf-32-be",
    "x0x0": "utf-16-le",
    "0x0x": "utf-16-be",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, and how it was come by.

    Attributes:
        text: the characters, line ends as they were.
        charset: the encoding that was used.
        how: why this one, in words for a log.
        replaced: how many characters could not be read and stand as U+FFFD.
    """

    text: str
    charset: str
    how: str
    replaced: int = 0

    @property
    def is_garbled(self) -> bool:
        """More than one in a hundred characters could not be read."""
        return self.replaced > GARBLED * max(1, len(self.text))


def decode(data: bytes, content_type: str = "", charset: str = "") -> Decoded:
    """Read bytes as text. Never raises.

    Args:
        data: a feed, a page or a document.
        content_type: the header it came with; "" if none.
        charset: the encoding that a person says it has, which then counts alone; "" if none. One
            that `known_charset` does not know is passed over.
    """
    if chosen := known_charset(charset):
        return _read(data.removeprefix(codecs.BOM_UTF8), chosen, "as the operator says")
    for mark, name in MARKS:
        if data.startswith(mark) and (name != "utf-8" or _is_utf_8(data)):
            return _read(data[len(mark) :], name, "byte order mark")
    if wide := _by_zeros(data[:4]):
        return _read(data, wide, "zero bytes as of " + wide)
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = declared_charset(data, content_type)
    if declared == "iso2022_jp":  # its bytes are all ASCII, so nothing else gives it away
        return _read(data, declared, "declared")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)
    return _unfold(text, declared)


def declared_charset(data: bytes, content_type: str) -> str:
    """The encoding that the header, the XML declaration or a meta element names; "" if none does.

    The first that Python knows, and that is an encoding of the web, counts.
    """
    named = [match[1] for match in [CHARSET.search(content_type)] if match]
    for pattern in (XML_ENCODING, META_CHARSET):
        match = pattern.search(data, 0, HEAD)
        named += [match[1].decode("latin-1")] if match else []
    return next(filter(None, map(known_charset, named)), "")


def known_charset(label: str) -> str:
    """The codec that a label means; "" if it is not an encoding of text on the web."""
    lower = label.strip().lower()
    windows = WINDOWS.fullmatch(lower)
    try:
        name = codecs.lookup(f"cp{windows[1]}" if windows else ALIASES.get(lower, lower)).name
    except (LookupError, ValueError):
        return ""
    name = MEANT.get(name, name)
    return name if KNOWN.fullmatch(name) else ""


def _by_zeros(start: bytes) -> str:
    """The encoding of wide units that the zeros of two plain characters show; "" if none does."""
    return ZEROS.get("".join("x" if byte else "0" for byte in start), "")


def _read(data: bytes, charset: str, how: str) -> Decoded:
    """Decode, counting what cannot be read."""
    text = data.decode(charset, "replace")
    return Decoded(text=text, charset=charset, how=how, replaced=text.count("\ufffd"))


def _unfold(text: str, declared: str) -> Decoded:
    """Valid UTF-8, unless it is UTF-8 that somebody took for something else and encoded again."""
    inner = text if text.isascii() else PIECE.sub(_once, text)
    if inner != text:
        return Decoded(text=inner, charset="utf-8", how="UTF-8 encoded twice")
    how = "declared" if declared == "utf-8" else "valid UTF-8"
    if declared not in {"", "utf-8"} and not text.isascii():
        how += f", although declared {declared}"
    return Decoded(text=text, charset="utf-8", how=how)


def _once(piece: re.Match[str]) -> str:
    """What letters mean if they are really bytes of UTF-8; the same text if they are not."""
    text = piece[0]
    if text.isascii():
        return text
    for packed in _packed(text):
        try:
            inner = packed.decode("utf-8")
        except UnicodeError:
            continue
        if sense(inner) > sense(text):
            return inner
    return text


def _packed(text: str) -> Iterator[bytes]:
    """The bytes that text may have been read from by mistake."""
    for charset in ("latin-1", *MISTAKEN):
        try:
            yield (text.translate(BYTES) if charset == "latin-1" else text).encode(charset)
        except UnicodeError:
            continue


def _legacy(data: bytes, declared: str) -> Decoded:
    """What is not valid UTF-8: damaged UTF-8, or another encoding, declared or not."""
    if _is_damaged(data):
        return _read(data, "utf-8", f"{declared or 'taken'} with bad bytes replaced")
    believed = "" if declared == "utf-8" else declared
    if len(data) <= LONGEST:
        pieces = [piece for piece in BYTES_PIECE.findall(data) if not piece.isascii()]
        foreign = [piece for piece in pieces if not _is_utf_8(piece)]
        if len(foreign) <= (1 - MIXED) * len(pieces):
            return _mixed(data, b" ".join(foreign), believed)
    return _best(data, believed, declared)


def _is_damaged(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few."""
    damaged = data.decode("utf-8", "replace")
    return damaged.count("\ufffd") <= BAD_SHARE * _beyond(damaged)


def _beyond(text: str) -> int:
    """How many characters are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mixed(data: bytes, foreign: bytes, believed: str) -> Decoded:
    """UTF-8 with pieces between tags that are in another encoding, as collections of feeds have."""
    charset = _best(foreign, believed, "").charset

    def renew(piece: re.Match[bytes]) -> bytes:
        is_whole = piece[0].isascii() or _is_utf_8(piece[0]) or _is_damaged(piece[0])
        return piece[0] if is_whole else piece[0].decode(charset, "replace").encode()

    return _read(BYTES_PIECE.sub(renew, data), "utf-8", f"with pieces in {charset}")


def _best(data: bytes, believed: str, declared: str) -> Decoded:
    """The declared encoding if its text looks like words, or the rival that does most."""
    single = "" if believed in WIDE else believed
    likely = {name: sense(data.decode(name, "replace")) for name in (single, *RIVALS) if name}
    if single and likely[single] >= BELIEVED:
        return _read(data, believed, "declared")
    although = f", although declared {declared}" if declared else ""
    if wide := _widest(data, believed):
        how = "declared" if wide == believed else f"by the share of frequent signs{although}"
        return _read(data, wide, how)
    best = max(likely, key=lambda name: likely[name])
    if likely[best] <= (DOUBTED if believed in WIDE else 0):
        return _read(data, believed or "cp1252", "declared" if believed else "no better guess")
    if best == believed:
        return _read(data, believed, "declared")
    return _read(data, best, f"by the share of letters{although}")


def _widest(data: bytes, believed: str) -> str:
    """The encoding of East Asia that makes most frequent signs of the bytes; "" if none does."""
    likely = {name: _wide_share(data, name) for name in WIDE}
    best = max(WIDE, key=lambda name: likely[name] + (LEAD if name == believed else 0))
    return best if likely[best] >= WIDE_BELIEVED else ""


def _wide_share(data: bytes, charset: str) -> float:
    """The share of frequent signs that an encoding of East Asia makes; 0 if it cannot read all."""
    text = data.decode(charset, "replace")
    return wide_sense(text) if text.count("\ufffd") <= GARBLED * _beyond(text) else 0.0
