"""A name behind marks, tags and letters that look alike."""

from __future__ import annotations

from collections.abc import Iterator

from tests.feeds.hostile.case import (
    Case,
    feed,
    good,
)


def hidden() -> Iterator[tuple[str, Case]]:
    """One path for each way to hide."""
    names = {
        "tags": "Qa<b>sem</b> Solei<i>ma</i>ni",
        "escaped-tags": "Qasem Solei&lt;b&gt;ma&lt;/b&gt;ni",
        "twice-escaped-tags": "Qasem Solei&amp;lt;b&amp;gt;ma&amp;lt;/b&amp;gt;ni",
        "soft-hyphen": "Qasem Solei&amp;shy;mani",
        "wbr": "Qasem Solei<wbr/>mani",
        "zero-width": "Qasem Solei\u200bma\u200dni",
        "joiner": "Qa\u2060sem Sol\ufeffeimani",
        "override": "\u202dQasem Solei\u202cmani",
        "isolates": "\u2068Qasem\u2069 \u2068Soleimani\u2069",
        "full-width": "Ｑａｓｅｍ Ｓｏｌｅｉｍａｎｉ",
        "look-alike": "Qаsem Sоleimаni",
        "references": "&#81;asem &#x53;oleimani",
        "tatweel": "قاســـم سليمــاني",
        "harakat": "قَاسِم سُلَيْمَانِي",
        "forms": "ﻗﺎﺳﻢ ﺳﻠﻴﻤﺎﻧﻲ",
        "arabic-tags": "قا<b>سم</b> سلي<span class='x'>ما</span>ني",
        "no-break": "Qasem\u00a0Soleimani",
        "lines": "Qasem\n   Soleimani",
        "cdata": "<![CDATA[Qasem <em>Solei</em>mani]]>",
        "cdata-parts": "<![CDATA[Qasem Solei]]><![CDATA[mani]]>",
        "comment": "Qasem Solei<!-- x -->mani",
        "script": "<![CDATA[<script>var x='</p>'</script><style>a{}</style>Qasem Soleimani]]>",
    }
    for kind, name in names.items():
        yield f"/hidden/{kind}", good(feed(f"The general {name} was there."))
