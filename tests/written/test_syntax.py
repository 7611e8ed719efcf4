from __future__ import annotations

import yaml

from watcher.written.source import Source
from watcher.written.syntax import explain


def test_a_complaint_without_a_place_is_told_at_the_beginning():
    fault = explain(yaml.YAMLError("something odd"), Source("f", "a: b"))
    assert str(fault) == "f:1:1: this is not YAML: something odd"


def test_an_unknown_complaint_is_passed_on_at_its_place():
    mark = yaml.Mark("f", 0, 0, 2, None, None)
    error = yaml.MarkedYAMLError(problem="something odd", problem_mark=mark)
    assert str(explain(error, Source("f", "a: b"))) == "f:1:3: this is not YAML: something odd"
