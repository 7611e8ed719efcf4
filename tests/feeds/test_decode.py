"""Bytes become the text that was meant, whatever they are called."""

from __future__ import annotations

import codecs
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds import Decoded, decode
from watcher.feeds.decode import declared_charset, known_charset

THAI = "นายพลกาเซม โซเลมานี ถูกสังหารในกรุงแบกแดด"
CHINESE = "伊朗伊斯兰革命卫队圣城旅指挥官卡西姆·苏莱曼尼在巴格达被美军打死"
TAIWANESE = "伊朗伊斯蘭革命衛隊聖城旅指揮官蘇萊曼尼在巴格達被美軍打死"
JAPANESE = "イラン革命防衛隊のソレイマニ司令官がバグダッドで殺害されたと発表した"
KOREAN = "이란 혁명수비대 쿠드스군 사령관 솔레이마니가 바그다드에서 사망했다"
ARABIC = "اغتيال قاسم سليماني في بغداد وقال القائد إن الحرب مستمرة ولن تتوقف"
PERSIAN = "سردار اسماعیل قاآنی فرمانده نیروی قدس گفت"
RUSSIAN = "Генерал Касем Сулеймани был убит в Багдаде, сообщил представитель"
HEBREW = "קאסם סולימאני נהרג בבגדד אמר הדובר"
GREEK = "Ο στρατηγός Κασέμ Σολεϊμανί σκοτώθηκε στη Βαγδάτη"
FRENCH = "Le général a été tué à Bagdad, où l’armée — près de l'aéroport — était"
QUOTES = "“only” — quotes"
LEGACY = [
    (ARABIC, "cp1256"),
    (ARABIC, "iso8859-6"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "iso8859-5"),
    (RUSSIAN, "cp866"),
    (THAI, "cp874"),
    (CHINESE, "gb18030"),
    (TAIWANESE, "big5"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (KOREAN, "cp949"),
    (HEBREW, "cp1255"),
    (GREEK, "cp1253"),
    (FRENCH, "cp1252"),
    (QUOTES, "cp1252"),
]
LABELS = ["", "utf-8", "iso-8859-1", "nonsense", "\0", "idna"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(("text", "charset"), LEGACY)
def test_a_wrong_label_or_none_does_no_harm(text, charset, label):
    data = f"<rss><title>{text}</title></rss>".encode(charset)
    decoded = decode(data, f"text/xml; charset={label}")
    assert decoded.text == f"<rss><title>{text}</title></rss>"
    assert decoded.replaced == 0


@pytest.mark.parametrize("label", ["gb2312", "shift_jis", "big5"])
@pytest.mark.parametrize(("text", "charset"), LEGACY[:-1])
def test_a_label_of_east_asia_may_be_wrong_too(text, charset, label):
    decoded = decode(f"<title>{text}</title>".encode(charset), f"text/xml; charset={label}")
    assert decoded.text == f"<title>{text}</title>"


@pytest.mark.parametrize(("text", "charset"), LEGACY)
def test_a_right_label_is_believed(text, charset):
    decoded = decode(text.encode(charset), f"text/xml; charset={charset}")
    assert decoded == Decoded(text=text, charset=charset, how="declared")


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("彼は言った", "shift_jis"),
        ("他说伊朗", "gb2312"),
        ("그는 말했다", "euc-kr"),
        ("彼は", "iso-2022-jp"),
    ],
)
def test_wide_encodings_are_read_where_declared(text, charset):
    assert decode(text.encode(charset), f"text/xml; charset={charset}").text == text


@pytest.mark.parametrize("text", [ARABIC, PERSIAN, RUSSIAN, FRENCH])
def test_utf_8_is_known_by_itself(text):
    assert decode(text.encode()) == Decoded(text=text, charset="utf-8", how="valid UTF-8")
    assert decode(text.encode(), "text/xml; charset=UTF-8").how == "declared"
    mislabelled = decode(text.encode(), "text/xml; charset=windows-1256")
    assert mislabelled.text == text
    assert mislabelled.how == "valid UTF-8, although declared cp1256"


def test_one_bad_byte_costs_one_character():
    data = (ARABIC * 20).encode().replace("قال".encode(), "قا".encode() + b"\xff", 1)
    decoded = decode(data, "text/xml; charset=utf-8")
    assert decoded.text.count("قاسم سليماني") == 20
    assert (decoded.replaced, decoded.is_garbled) == (1, False)
    assert decoded.how == "utf-8 with bad bytes replaced"


def test_many_bad_bytes_are_told():
    data = b"\xff\xfe\xfa\x81\x8d plain words here " * 3
    assert decode(b"x" + data, "text/plain; charset=shift_jis").is_garbled


@pytest.mark.parametrize("text", [ARABIC, PERSIAN, RUSSIAN, FRENCH])
def test_utf_8_encoded_twice_is_unfolded(text):
    as_latin_1 = text.encode().decode("latin-1")
    as_browsers_do = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode()
    )
    for mistaken in (as_latin_1, as_browsers_do):
        decoded = decode(mistaken.encode())
        assert decoded == Decoded(text=text, charset="utf-8", how="UTF-8 encoded twice")


@pytest.mark.parametrize("charset", ["cp1256", "cp1251"])
def test_utf_8_that_was_taken_for_another_encoding_is_unfolded(charset):
    text = {"cp1256": PERSIAN, "cp1251": RUSSIAN}[charset]
    piece = text.encode().decode(charset, "surrogateescape")
    if "\udc98" in piece:  # a byte that cp1251 does not have
        piece = text.replace("И", "").encode().decode(charset)
    decoded = decode(f"<title>{piece}</title><link>{ARABIC}</link>".encode())
    assert decoded.text == f"<title>{text}</title><link>{ARABIC}</link>"
    assert decoded.how == "UTF-8 encoded twice"


def test_pieces_in_another_encoding_are_read_as_what_they_are():
    good = f"<title>{PERSIAN}</title>".encode()
    bad = f"<title>{ARABIC}</title>".encode("cp1256")
    worn = f"<title>{PERSIAN}</title>".encode().replace("گ".encode(), b"\xff")
    decoded = decode(good * 3 + bad + worn, "text/xml; charset=utf-8")
    assert decoded.text == (
        f"<title>{PERSIAN}</title>" * 3
        + f"<title>{ARABIC}</title>"
        + f"<title>{PERSIAN}</title>".replace("گ", "\ufffd")
    )
    assert decoded.how == "with pieces in cp1256"


def test_what_a_person_says_counts_alone():
    data = codecs.BOM_UTF8 + RUSSIAN.encode("koi8-r")
    assert decode(data, "text/xml; charset=utf-8", "KOI8-R") == Decoded(
        text=RUSSIAN, charset="koi8-r", how="as the operator says"
    )
    assert decode(RUSSIAN.encode(), "", "nonsense").text == RUSSIAN


def test_a_long_feed_is_judged_as_a_whole(monkeypatch):
    monkeypatch.setattr(sys.modules[declared_charset.__module__], "LONGEST", 100)
    text = f"<title>{ARABIC}</title>" * 4
    assert decode(text.encode("cp1256")).charset == "cp1256"


def test_a_mark_of_utf_8_may_lie():
    assert decode(codecs.BOM_UTF8 + ARABIC.encode("cp1256")).text == ARABIC


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("WIN-1256", "cp1256"),
        ("ansi_1251", "cp1251"),
        ("x-sjis", "cp932"),
        ("iso-8859-8-i", "iso8859-8"),
        ("utf8mb4", "utf-8"),
        ("windows-874", "cp874"),
        ("rot13", ""),
        ("cp9999", ""),
    ],
)
def test_labels_that_the_web_has_for_encodings(label, codec):
    assert known_charset(label) == codec


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_beats_every_label(mark, charset):
    decoded = decode(mark + ARABIC.encode(charset), "text/xml; charset=windows-1251")
    assert decoded == Decoded(text=ARABIC, charset=charset, how="byte order mark")


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_units_without_a_mark_are_seen_by_their_zeros(charset):
    assert decode(f"<rss>{ARABIC}".encode(charset)).text == f"<rss>{ARABIC}"


@pytest.mark.parametrize(
    ("data", "content_type", "charset"),
    [
        (b'<?xml version="1.0" encoding="windows-1256"?>', "", "cp1256"),
        (b"<?xml version='1.0' encoding='latin1'?>", "text/xml", "cp1252"),
        (b'<html><meta charset="koi8-r">', "text/html", "koi8-r"),
        (b'<meta http-equiv="x" content="text/html; charset=cp1251">', "", "cp1251"),
        (b'<?xml encoding="koi8-r"?>', 'text/xml; charset="utf-8"', "utf-8"),
        (b'<?xml encoding="koi8-r"?>', "text/xml; charset=utf-7", "koi8-r"),
        (b"<rss>", "text/xml", ""),
        (b" " * 5000 + b'<?xml encoding="koi8-r"?>', "", ""),
    ],
)
def test_what_is_declared(data, content_type, charset):
    assert declared_charset(data, content_type) == charset


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_become_text(data, label):
    decoded = decode(data, f"text/xml; charset={label}")
    assert decoded.text.count("\ufffd") >= decoded.replaced


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_ascii_and_utf_8_come_out_as_they_were_meant(text):
    data = text.encode()
    decoded = decode(b"<rss>" + data)
    assert decoded.text == "<rss>" + text or decoded.how == "UTF-8 encoded twice"


@pytest.mark.parametrize("end", [b" \xe9", " Ã©".encode()])
def test_time_grows_with_length_only(end):
    start = time.process_time()
    assert decode(b"a" * 300_000 + end).text.startswith("aaa")
    assert time.process_time() - start < 1.5  # takes 0.1 s; a quadratic reader takes an hour
