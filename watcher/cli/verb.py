"""A command whose help teaches: what it does, how it is called, and examples to copy."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click


class Verb(click.Command):
    """A click command with examples, shown as they are, one a line, behind its options.

    Use: `@click.command(cls=Verb, examples=["watcher check"])`.
    """

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; if whoever reads its output has had enough, as `head` has, end well."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is still to be flushed at the end of the process goes nowhere, without a word.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what a command has behind its options."""
        write_examples(self.examples, formatter)
        super().format_epilog(ctx, formatter)


class Branch(click.Group):
    """A command with others below it, which has something to do when called alone, and examples."""

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invoke_without_command = True
        self.no_args_is_help = False
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples behind the options."""
        write_examples(self.examples, formatter)
        super().format_epilog(ctx, formatter)


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """Write examples as a section of a help page."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
