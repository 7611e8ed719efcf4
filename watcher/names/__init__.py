"""How alike two names are, and why: parsing, letters, rarity, the judgement."""

from watcher.names.align import joined
from watcher.names.alike import Likeness, alike, likeness
from watcher.names.compound import bind, canon
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.names.key import keys
from watcher.names.kind import Kind
from watcher.names.lexicon import words
from watcher.names.parse import forget, parse, take_apart
from watcher.names.part import Name, Part, Role
from watcher.names.rarity import rarity
from watcher.names.share import Share, alone
from watcher.names.weigh import SAME, Comparison, compare, weigh

__all__ = [
    "SAME",
    "Comparison",
    "Equivalence",
    "Evidence",
    "Kind",
    "Likeness",
    "Name",
    "Part",
    "Role",
    "Share",
    "Verdict",
    "alike",
    "alone",
    "bind",
    "canon",
    "compare",
    "forget",
    "joined",
    "keys",
    "likeness",
    "parse",
    "rarity",
    "take_apart",
    "weigh",
    "words",
]
