"""A text file's own lines, for who wants to see what a part was read from."""

from __future__ import annotations

from minutes.parsing.errors import NoPage
from minutes.parsing.limits import Limits
from minutes.parsing.readers.cleaning import drop_control, drop_invisible
from minutes.parsing.readers.encoding import decode
from minutes.parsing.readers.kinds import Kind, recognise
from minutes.parsing.readers.plain_lines import physical_lines


def lines_of_text(content: bytes, limits: Limits | None = None) -> list[str]:
    """The lines of a Markdown or text file as an editor counts them, as they stand there but for what does not show.

    Raises a kind of `ParseError` and nothing else; NoPage for a PDF or Word file, whose text is no such lines.
    """
    if recognise(content) not in (Kind.MARKDOWN, Kind.TEXT):
        raise NoPage("Kun Markdown og ren tekst har linjer, der kan vises, som de står.")
    lines = physical_lines(decode(content).text, limits or Limits())
    return [drop_control(drop_invisible(line)) for line in lines]
