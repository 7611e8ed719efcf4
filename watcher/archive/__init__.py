"""Archives searched: files of every kind cut into pieces, searched in processes, told in order."""

from watcher.archive.cut import cut
from watcher.archive.document import Document, Fields, Refused
from watcher.archive.gather import gather
from watcher.archive.holds import STDIN
from watcher.archive.lines import Line, read_lines, write_line
from watcher.archive.parts import Parts, Unit, is_same, open_parts, units
from watcher.archive.report import TOLD, Report
from watcher.archive.scan import (
    Form,
    Options,
    Step,
    Work,
    form_of,
    lines_form,
    rows_form,
    scan_file,
    scan_parts,
    scan_stream,
    settings_of,
    size_of,
)
from watcher.archive.search import Answer, Search

__all__ = [
    "STDIN",
    "TOLD",
    "Answer",
    "Document",
    "Fields",
    "Form",
    "Line",
    "Options",
    "Parts",
    "Refused",
    "Report",
    "Search",
    "Step",
    "Unit",
    "Work",
    "cut",
    "form_of",
    "gather",
    "is_same",
    "lines_form",
    "open_parts",
    "read_lines",
    "rows_form",
    "scan_file",
    "scan_parts",
    "scan_stream",
    "settings_of",
    "size_of",
    "units",
    "write_line",
]
