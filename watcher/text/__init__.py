"""Text of any script made comparable: folding, words, sentences, HTML."""

from watcher.text.affix import Reading, inflected, readings
from watcher.text.fold import fold, fold_map
from watcher.text.frequency import frequency, frequent
from watcher.text.html import Page, parse_html, parse_moment, plain
from watcher.text.preface import Preface, parse_preface, preface_doubts
from watcher.text.script import Script, script_of, scripts_in, scripts_of
from watcher.text.sentence import sentence_around
from watcher.text.token import Token, folds, soles, tokens, unmask

__all__ = [
    "Page",
    "Preface",
    "Reading",
    "Script",
    "Token",
    "fold",
    "fold_map",
    "folds",
    "frequency",
    "frequent",
    "inflected",
    "parse_html",
    "parse_moment",
    "parse_preface",
    "plain",
    "preface_doubts",
    "readings",
    "script_of",
    "scripts_in",
    "scripts_of",
    "sentence_around",
    "soles",
    "tokens",
    "unmask",
]
