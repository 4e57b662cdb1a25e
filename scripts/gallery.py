"""Put the pictures that the tests of the pages leave in build/pictures together for docs/pages.md: each page light and dark, wide and on a phone.

make test && .venv/bin/python scripts/gallery.py
"""

import sys
from pathlib import Path

from PIL import Image

_ROOT = Path(__file__).parents[1]
_PICTURES = _ROOT / "build" / "pictures"
_FOLDER = _ROOT / "docs" / "images" / "pages"
_DOCUMENT = _ROOT / "docs" / "pages.md"
_LOOKS = ("wide-light", "wide-dark", "phone-light", "phone-dark")
_WIDTHS = {"wide": 620, "phone": 200}
#: The rest of a long page is cut off.
_HEIGHT = 640
_GAP = 12
_QUALITY = 72
_PARTS = {
    "worker": "The worker's page",
    "task": "Kinds of tasks",
    "requester": "The requester's page",
    "preview": "Previews",
}
_HEAD = """# All pages

Every page as the browser tests see it, light and dark, wide and on a phone; long pages are cut off. `scripts/gallery.py` makes this page
from the pictures of the tests.
"""


def main() -> None:
    """Write the pictures and the page."""
    names = sorted(path.name.removesuffix("-wide-light.png") for path in _PICTURES.glob("*-wide-light.png"))
    if not names:
        sys.exit(f"{_PICTURES}: no pictures; run the tests of the pages first: .venv/bin/pytest tests/web")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for old in _FOLDER.glob("*.webp"):
        old.unlink()
    lines = [_HEAD]
    for part, title in _PARTS.items():
        lines.append(f"## {title}\n")
        for name in names:
            if name.startswith(f"{part}-"):
                _put_together(name).save(_FOLDER / f"{name}.webp", quality=_QUALITY, method=6)
                words = name.removeprefix(f"{part}-").replace("-", " ")
                lines.append(f"### {words.capitalize()}\n\n![{title}: {words}](images/pages/{name}.webp)\n")
    _DOCUMENT.write_text("\n".join(lines), encoding="utf-8")


def _put_together(name: str) -> Image.Image:
    shown = [
        _shrink(_PICTURES / f"{name}-{look}.png", look)
        for look in _LOOKS
        if (_PICTURES / f"{name}-{look}.png").exists()
    ]
    width = sum(one.width for one in shown) + _GAP * (len(shown) - 1)
    sheet = Image.new("RGB", (width, max(one.height for one in shown)), "#808080")
    left = 0
    for one in shown:
        sheet.paste(one, (left, 0))
        left += one.width + _GAP
    return sheet


def _shrink(path: Path, look: str) -> Image.Image:
    width = _WIDTHS[look.partition("-")[0]]
    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        return (
            picture.convert("RGB")
            .resize((width, height), Image.Resampling.LANCZOS)
            .crop((0, 0, width, min(height, _HEIGHT)))
        )


if __name__ == "__main__":
    main()
