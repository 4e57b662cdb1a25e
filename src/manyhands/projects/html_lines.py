"""An instruction as lines that can be compared and read."""

import re
from html import escape
from html.parser import HTMLParser

__all__ = ["html_lines"]

_TAG = re.compile(r"</?[a-zA-Z]")


def html_lines(text: str) -> list[str]:
    r"""Return the lines of an instruction: of HTML one line for each tag and each piece of text, of any other text its own lines.

    HTML that a platform has written anew, with other white space, quotes or order of attributes, has the same lines.

    Example:
        >>> html_lines('<p class=a id="b">Zero &amp; <b>even</b></p>') == html_lines("<p id=b class='a'>\n Zero &amp;<b>even</b>\n</p>")
        True
        >>> html_lines("Zero is even.")
        ['Zero is even.']
    """
    if not _TAG.search(text):
        return [line.rstrip() for line in text.strip().splitlines()]
    writer = _LineWriter()
    writer.feed(text)
    writer.close()
    writer.end_text()
    return writer.lines


class _LineWriter(HTMLParser):
    """Writes down what it is fed, tag by tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that opens, or stands alone."""
        self.end_text()
        named = "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(attrs, key=lambda pair: pair[0]))
        self.lines.append(f"<{tag}{named}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that stands alone as one that opens: both mean the same in HTML."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Write a tag that closes."""
        self.end_text()
        self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Collect text; it may come in pieces."""
        self._pieces.append(data)

    def end_text(self) -> None:
        """Write the text collected so far; white space alone is nothing."""
        words = "".join(self._pieces).split()
        self._pieces.clear()
        if words:
            self.lines.append(" ".join(words))
