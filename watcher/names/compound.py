"""Compounds of two words that many spell as one, brought to one form.

Abdul Rahman, Abd al-Rahman, Abdurrahman, عبد الرحمن and عبدالرحمن; Nasr Allah and Nasrallah;
Saif al-Din and Saifuddin; Abu Mahdi and Abou Mahdi. The form is for comparing only.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watcher.names.lexicon import words
from watcher.text import Script

_ABD = words("abd")
_ABU = words("abu")
_SERVANT = {Script.LATIN: "abd", Script.ARABIC: "عبد", Script.CYRILLIC: "абд", Script.HEBREW: "עבד"}
_FATHER = {Script.LATIN: "abu", Script.ARABIC: "ابو", Script.CYRILLIC: "абу", Script.HEBREW: "אבו"}
_GOD = {
    Script.LATIN: re.compile("[aeou]?l?lah|[aou]lla"),
    Script.ARABIC: re.compile("ا?لله|اله"),
    Script.CYRILLIC: re.compile("[ауо]лл?ах?|лах"),
    Script.HEBREW: re.compile("אללה|אלה"),
}
_FAITH = {
    Script.LATIN: re.compile("[aeiou]?[dl]?-?dd?[iey]+ne?"),
    Script.ARABIC: re.compile("ا?لدين"),
    Script.CYRILLIC: re.compile("[аеуи]?[дл]?ь?дд?ин"),
    Script.HEBREW: re.compile("א?ל?דין"),
}
_GOD_END = {
    Script.LATIN: (re.compile("(?<=[a-z]{2})(?:[aou]llah|ulla)$"), "lah"),
    Script.ARABIC: (re.compile("(?<=..)ا?لله$"), "له"),
    Script.CYRILLIC: (re.compile("(?<=..)[аоу]ллах?$"), "лах"),
    Script.HEBREW: (re.compile("(?<=..)אללה$"), "לה"),
}
_FAITH_END = {
    Script.LATIN: (re.compile("(?<=[a-z]{2})(?:[aeou]l?d|ud)d?(?:i|ee|y)ne?$"), "din"),
    Script.ARABIC: (re.compile("(?<=..)الدين$"), "دين"),
    Script.CYRILLIC: (re.compile("(?<=..)(?:[аеу]ль?|[аеуи]д)дин$"), "дин"),
    Script.HEBREW: (re.compile("(?<=..)אלדין$"), "דין"),
}
_ABD_START = {
    Script.LATIN: re.compile(r"^abd(?:[aeiou]u?l(?=.{3})|[aeou]?(?P<sun>[rnszdt])(?=(?P=sun)))"),
    Script.ARABIC: re.compile("^عبدال(?=..)"),
    Script.CYRILLIC: re.compile(r"^абд(?:[аеуо]ль?(?=.{3})|[аеуо]?(?P<sun>[рнсздт])(?=(?P=sun)))"),
    Script.HEBREW: re.compile("^עבדו?אל(?=..)|^עבדול(?=..)"),
}
_PERSIAN_I = re.compile("(?<=...)هاي$")
"""Persian writes the ending that Arabic writes ئي as ه‌ای: خامنه‌ای, خامنئي."""
EDGES = {
    Script.LATIN: ("ab", ("llah", "ulla", "in", "een", "yn")),
    Script.ARABIC: ("عبد", ("لله", "الدين")),
    Script.CYRILLIC: ("абд", ("лла", "ллах", "дин")),
    Script.HEBREW: ("עבד", ("אללה", "אלדין")),
}
"""How words begin or end that are compounds: nearly no other is read any further."""
_ABU_START = {Script.LATIN: re.compile("^(?:abou|aboo)(?=.{3})")}


@lru_cache(maxsize=1 << 11)
def canon(folded: str, script: Script) -> str:
    """One form for the spellings of a compound that is written as one word.

    Words that are no compound come back as they are, without apostrophes in Latin and Cyrillic,
    and with one spelling of the Persian ending -ei.
    """
    if script is Script.LATIN or script is Script.CYRILLIC:
        folded = folded.replace("'", "")
    if script is Script.ARABIC and folded.endswith("هاي"):
        folded = _PERSIAN_I.sub("يي", folded)
    if len(folded) > 5 and script in EDGES and _may_be_compound(folded, *EDGES[script]):
        folded = _ABD_START[script].sub(_SERVANT[script], folded, count=1)
        folded = _GOD_END[script][0].sub(_GOD_END[script][1], folded)
        folded = _FAITH_END[script][0].sub(_FAITH_END[script][1], folded)
        if script is Script.LATIN:
            folded = _ABU_START[script].sub("abu", folded)
    return folded


def _may_be_compound(folded: str, begins: str, ends: tuple[str, ...]) -> bool:
    return folded.startswith(begins) or folded.removesuffix("e").endswith(ends)


def may_bind(folded: str, script: Script) -> bool:
    """Whether a word may make one part with a neighbour (see `bind`)."""
    return script in _SERVANT and bool(
        folded in _ABD
        or folded in _ABU
        or _GOD[script].fullmatch(folded)
        or _FAITH[script].fullmatch(folded)
    )


def bind(left: str, right: str, script: Script) -> str | None:
    """The one part that two neighbouring folded words make, if grammar joins them.

    True of abd and abu before a name, of Allah and al-Din behind one. `right` may still carry its
    glued article (الرحمن).

    Returns:
        The joined form, comparable with `canon` of the word written as one; None if they are two.
    """
    if script not in _SERVANT:
        return None
    god = _GOD[script].fullmatch(right)
    if left in _ABD:
        bare = right[2:] if script is Script.ARABIC and right.startswith("ال") else right
        return _SERVANT[script] + (_GOD_END[script][1] if god else bare)
    if left in _ABU:
        return _FATHER[script] + right
    if len(left) > 1 and god and len(right) > 2:
        return left + _GOD_END[script][1]
    if len(left) > 1 and _FAITH[script].fullmatch(right):
        return left + _FAITH_END[script][1]
    return None
