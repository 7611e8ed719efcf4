"""Patronymics and the fathers' names in them."""

from __future__ import annotations

import pytest

from watcher.names.patronymic import father, is_patronymic
from watcher.text import Script


@pytest.mark.parametrize(
    ("word", "script", "stem"),
    [
        ("григорьевич", Script.CYRILLIC, "григор"),
        ("рыгоравiч", Script.CYRILLIC, "рыгор"),
        ("николаевна", Script.CYRILLIC, "никола"),
        ("ryhoravich", Script.LATIN, "ryhor"),
        ("vladimirovna", Script.LATIN, "vladimir"),
        ("putin", Script.LATIN, ""),
        ("сулеимани", Script.CYRILLIC, ""),
        ("ovich", Script.LATIN, ""),
        ("قاسم", Script.ARABIC, ""),
    ],
)
def test_the_name_of_the_father(word, script, stem):
    assert father(word, script) == stem
    assert is_patronymic(word, script) is bool(stem)
