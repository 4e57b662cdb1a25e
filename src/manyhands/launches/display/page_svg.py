"""Bars as SVG."""

__all__ = ["bar_svg"]

_LENGTH, _HEIGHT = 100, 10


def bar_svg(share: float, *, style: str, has_rest: bool = True) -> str:
    """Return a bar that takes the width of what it stands in.

    Args:
        share: length of the bar, in [0, 1] of that width.
        style: CSS class of the bar.
        has_rest: whether the rest of the width is tinted.

    >>> bar_svg(0.5, style="mh-bar", has_rest=False)
    '<svg viewBox="0 0 100 10" width="100%" height="10" preserveAspectRatio="none"><rect class="mh-bar" width="50" height="10"/></svg>'
    """
    rest = f'<rect class="mh-rest" width="{_LENGTH}" height="{_HEIGHT}"/>' if has_rest else ""
    bar = f'<rect class="{style}" width="{share * _LENGTH:.4g}" height="{_HEIGHT}"/>'
    size = f'viewBox="0 0 {_LENGTH} {_HEIGHT}" width="100%" height="{_HEIGHT}" preserveAspectRatio="none"'
    return f"<svg {size}>{rest}{bar}</svg>"
