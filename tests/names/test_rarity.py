"""How telling a part is."""

from __future__ import annotations

from watcher.names import rarity
from watcher.text import Script


def test_common_parts_say_little():
    assert rarity("محمد", Script.ARABIC) < 0.4
    assert rarity("mohammad", Script.LATIN) < rarity("nasrlah", Script.LATIN)
    assert rarity("александр", Script.CYRILLIC) < rarity("навальныи", Script.CYRILLIC)


def test_a_part_nobody_bears_says_all():
    assert rarity("xyzzy", Script.LATIN) == 1.0
    assert rarity("xyzzy", Script.KANA) == 1.0
    assert rarity("", Script.LATIN) == 1.0
