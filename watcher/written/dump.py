"""Plain values as YAML text, in the way that our own reader and YAML 1.1 and 1.2 read alike."""

from __future__ import annotations

import yaml


class _Indented(yaml.SafeDumper):
    """Lists stand indented below their keys, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002
        del indentless
        super().increase_indent(flow, indentless=False)


def dump(value: object) -> str:
    """YAML text of dicts, lists, texts, numbers and None; keys keep their order."""
    text: str = yaml.dump(value, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=100)
    return text
