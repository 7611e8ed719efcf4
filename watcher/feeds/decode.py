"""Bytes to text, honestly: what a source declares is believed only as far as its bytes bear it.

One bad byte in a UTF-8 feed must not cost the whole feed, and windows-1256 under a UTF-8 label must
not become Latin letters that no rule ever matches. Order: byte order mark; valid UTF-8 (which no
other encoding is by chance); UTF-8 with a few bad bytes; then the declared encoding and its rivals
by how much of the text they make look like words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
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
KNOWN = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|cp(125\d|866|874|932|949)|iso8859-\d+|koi8-[rut]|gb18030|big5(hkscs)?"
    r"|euc_jp|iso2022_jp|mac-cyrillic"
)
# Rivals of a wrong label; of equals the first counts: Hebrew also reads as lower-case Cyrillic,
# and Cyrillic as Greek.
RIVALS = ("cp1256", "iso8859-6", "cp1255", "cp1251", "cp1253", "koi8-r", "cp1252")
WIDE = frozenset({"gb18030", "big5", "big5hkscs", "euc_jp", "cp932", "cp949", "iso2022_jp"})

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
NOT_A_BYTE = re.compile(f"[^\\x00-\\xff{''.join(map(chr, BYTES))}]")

# Only where a run of ASCII letters begins, and without going back, or a long run costs its square.
WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]*+[^\W\d_A-Za-z][^\W\d_]*|[^\x00-\x7f]")
SAMPLE = 4000  # words and signs beyond ASCII that are judged
BELIEVED = 0.6  # share of sensible letters from which a declared encoding is believed
BAD_SHARE = 0.1  # of what is beyond ASCII; a wrong label makes nearly all of it bad
GARBLED = 0.01


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


def decode(data: bytes, content_type: str = "") -> Decoded:
    """Read bytes as text. Never raises.

    Args:
        data: a feed, a page or a document.
        content_type: the header it came with; "" if none.
    """
    for mark, charset in MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], charset, "byte order mark")
    for start, charset in UNMARKED:
        if data.startswith(start):
            return _read(data, charset, "zero bytes as of " + charset)
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
    return next(filter(None, map(_known, named)), "")


def _known(label: str) -> str:
    """The codec that a label means; "" if it is not an encoding of text on the web."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = MEANT.get(name, name)
    return name if KNOWN.fullmatch(name) else ""


def _read(data: bytes, charset: str, how: str) -> Decoded:
    """Decode, counting what cannot be read."""
    text = data.decode(charset, "replace")
    return Decoded(text=text, charset=charset, how=how, replaced=text.count("\ufffd"))


def _unfold(text: str, declared: str) -> Decoded:
    """Valid UTF-8, unless it is UTF-8 that somebody took for Latin letters and encoded again."""
    inner = _once(text)
    if inner != text and _sense(inner) > _sense(text):
        return Decoded(text=inner, charset="utf-8", how="UTF-8 encoded twice")
    how = "declared" if declared == "utf-8" else "valid UTF-8"
    if declared not in {"", "utf-8"} and not text.isascii():
        how += f", although declared {declared}"
    return Decoded(text=text, charset="utf-8", how=how)


def _once(text: str) -> str:
    """What Latin letters mean if they are really bytes of UTF-8; the same text if they are not."""
    if text.isascii() or NOT_A_BYTE.search(text):
        return text
    try:
        return text.translate(BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _legacy(data: bytes, declared: str) -> Decoded:
    """What is not valid UTF-8: damaged UTF-8, or another encoding, declared or not."""
    damaged = _read(data, "utf-8", f"{declared or 'taken'} with bad bytes replaced")
    beyond = sum(1 for character in damaged.text if character > "\x7f")
    if damaged.replaced <= BAD_SHARE * beyond:
        return damaged
    if declared in WIDE:
        return _read(data, declared, "declared")
    return _best(data, "" if declared == "utf-8" else declared, declared)


def _best(data: bytes, believed: str, declared: str) -> Decoded:
    """The declared encoding if its text looks like words, or the rival that does most."""
    sense = {name: _sense(data.decode(name, "replace")) for name in (believed, *RIVALS) if name}
    if believed and sense[believed] >= BELIEVED:
        return _read(data, believed, "declared")
    best = max(sense, key=lambda name: sense[name])
    if sense[best] == 0:
        return _read(data, believed or "cp1252", "declared" if believed else "no better guess")
    if best == believed:
        return _read(data, believed, "declared")
    although = f", although declared {declared}" if declared else ""
    return _read(data, best, f"by the share of letters{although}")


def _sense(text: str) -> float:
    """The share of what is beyond ASCII that stands in words people write, 0 to 1."""
    beyond = good = 0
    for word in _words(text):
        strange = sum(1 for character in word if character > "\x7f")
        beyond += strange
        good += strange if _is_word(word, strange) else 0
    return good / beyond if beyond else 0.0


def _words(text: str) -> Iterator[str]:
    """The words with letters beyond ASCII, and the signs beyond ASCII; the first few thousand."""
    return (match[0] for match in islice(WORD.finditer(text), SAMPLE))


def _is_word(word: str, strange: int) -> bool:
    """Whether people write such a word: one script, regular case, accents in the minority."""
    scripts = {_script(character) for character in word}
    if len(scripts) != 1 or len(word) < 2 or not _is_regular(word):
        return False
    return scripts != {"LATIN"} or strange * 2 <= len(word)


def _script(character: str) -> str:
    """The first word of a character's Unicode name, which for letters is their script."""
    return unicodedata.name(character, "?").partition(" ")[0]


def _is_regular(word: str) -> bool:
    """Whether the case of a word is that of a name, a word or a shout."""
    return word[1:] == word[1:].lower() or word == word.upper()
