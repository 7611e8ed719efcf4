"""The codes of languages, and those that people write in their stead."""

from __future__ import annotations

from types import MappingProxyType

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
ia id ie ig ii ik io is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu in
"""

LANGUAGES = frozenset(_CODES.split())
"""All two-letter codes, old ones too (ISO 639-1; iw, in, ji, mo and sh are withdrawn and met)."""

MEANT = MappingProxyType(
    {
        "al": "sq",
        "cn": "zh",
        "cz": "cs",
        "dk": "da",
        "eg": "ar",
        "gb": "en",
        "gr": "el",
        "il": "he",
        "ir": "fa",
        "jp": "ja",
        "rs": "sr",
        "sy": "ar",
        "ua": "uk",
        "us": "en",
        "vn": "vi",
    }
)
"""Codes of countries that are no codes of languages, and the language that is likely meant."""
