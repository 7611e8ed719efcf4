"""Hold the manual against the program: what it leaves out, what it shows wrongly, where it leads.

Reads README.md and docs/. Prints each fault with its page; exit code 1 if there is any.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click
import yaml

from watcher.alerts import About, Reason, Sureness
from watcher.cli import main as commands
from watcher.cli.group import FAILED, FINE, WRONG
from watcher.config import check_all
from watcher.source import Health
from watcher.written import Closed

ROOT = Path(__file__).parent.parent
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")


def main() -> int:
    """Check everything; the exit code."""
    paths = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    pages = {path: path.read_text(encoding="utf-8") for path in paths}
    manual = "\n".join(pages.values())
    faults = [
        *(f"docs: nothing tells of {what}" for what in missing(manual)),
        *broken_links(pages),
        *faulty_examples(pages),
    ]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(pages)} pages, {len(YAML.findall(manual))} YAML examples, {len(faults)} faults")
    return 1 if faults else 0


def missing(manual: str) -> Iterator[str]:
    """Everything a reader may meet that the manual does not name."""
    for what, word in named():
        if word not in manual:
            yield f"{what} {word}"


def named() -> Iterator[tuple[str, str]]:
    """What a reader may meet, each with the words by which the manual must name it."""
    context = click.Context(commands)
    for verb in commands.list_commands(context):
        yield "the command", f"`watcher {verb}"
        for option in options(commands.get_command(context, verb)):
            yield f"an option of {verb}:", f"`{option}"
    for key in sorted(keys()):
        yield "the key", f"`{key}`"
    for code in (FINE, FAILED, WRONG):
        yield "the exit code", f"| `{code}` |"
    for word in (*About, *Reason, *Health, *Sureness):
        yield "the word", f"`{word}`"


def options(command: click.Command | None) -> Iterator[str]:
    """The long options of a command and of the commands below it, without --help."""
    for parameter in command.params if command else ():
        yield from (option for option in parameter.opts if option.startswith("--"))
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from options(below)


def keys() -> set[str]:
    """Every key that configuration and rules may hold."""
    found: set[str] = set()
    shapes = list(Closed.__subclasses__())
    while shapes:
        shape = shapes.pop()
        shapes += shape.__subclasses__()
        found |= {field.alias or name for name, field in shape.model_fields.items()}
    return found


def broken_links(pages: Mapping[Path, str]) -> Iterator[str]:
    """Links within the repository that lead to no file or no heading."""
    for page, text in pages.items():
        for link in LINK.findall(text):
            if not re.match(r"[a-z]+:", link) and not leads(page, link, pages):
                yield f"{page.relative_to(ROOT)}: the link {link} leads nowhere"


def leads(page: Path, link: str, pages: Mapping[Path, str]) -> bool:
    """Whether a relative link leads to a file, and to a heading if it names one."""
    path, _, heading = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not heading or target not in pages:
        return target.exists()
    return heading in {slug(each) for each in HEADING.findall(pages[target])}


def slug(heading: str) -> str:
    """A heading as links name it."""
    return NOT_IN_A_SLUG.sub("", heading.lower()).strip().replace(" ", "-")


def faulty_examples(pages: Mapping[Path, str]) -> Iterator[str]:
    """Faults that `watcher check` finds in the YAML shown; configuration and rules in turn."""
    for page, text in pages.items():
        for match in YAML.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            for fault in faults_of(match.group(1)):
                yield f"{page.relative_to(ROOT)}:{line}: {fault}"


def faults_of(example: str) -> Iterable[str]:
    """The faults of one example, read where all that it names is there."""
    value = yaml.safe_load(example)
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        if "entities" in value or isinstance(value.get("rules"), list):
            rules = desk / "example.yaml"
            rules.write_text(example, encoding="utf-8")
            return [str(fault) for fault in check_all(rules, {}).faults]
        furnish(desk, value)
        (desk / "watcher.yaml").write_text(example, encoding="utf-8")
        checked = check_all(desk / "watcher.yaml", surroundings(desk, value))
        return [str(fault) for fault in checked.faults]


def furnish(desk: Path, config: Mapping[str, object]) -> None:
    """Lay down the files and folders that a configuration names, and rules for its channels."""
    for source in config.get("sources", ()):
        if "folder" in source:
            (desk / source["folder"]).mkdir(parents=True, exist_ok=True)
        if "opml" in source:
            (desk / source["opml"]).write_text('<opml version="2.0"><body/></opml>')
    rules = desk / config.get("rules", "rules")
    rules.mkdir(parents=True, exist_ok=True)
    channel = next(iter(config.get("channels", {"screen": {}})))
    (rules / "example.yaml").write_text(
        "entities: [{id: a, name: Qasem Soleimani}]\n"
        f"rules: [{{id: b, watch: [a], send_to: [{channel}]}}]\n"
    )


def surroundings(desk: Path, config: object) -> dict[str, str]:
    """An environment that holds every secret the configuration names."""
    environ = {"CREDENTIALS_DIRECTORY": str(desk)}
    if isinstance(config, dict):
        for key, value in config.items():
            if key == "env":
                environ[value] = "https://hooks.example/T0/B0/x"
            elif key == "credential":
                (desk / value).write_text("whsec_" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
            else:
                environ |= surroundings(desk, value)
    return environ


if __name__ == "__main__":
    sys.exit(main())
