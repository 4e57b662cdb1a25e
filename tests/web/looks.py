"""How pages are looked at: devices, colour schemes, pictures, and what axe-core finds."""

import json
import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

__all__ = ["DEVICES", "check_look", "options_of"]

_ROOT = Path(__file__).parents[2]
_AXE = _ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
#: Where the pictures go, to be looked at.
PICTURES = Path(os.environ.get("MANYHANDS_PICTURES", _ROOT / "build" / "pictures"))
DEVICES: dict[str, dict[str, object]] = {
    "wide": {"viewport": {"width": 1280, "height": 860}},
    "phone": {
        "viewport": {"width": 360, "height": 740},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
}
_SCHEMES: tuple[Literal["dark"], Literal["light"]] = ("dark", "light")


def options_of(device: str) -> dict[str, object]:
    """Return the options of a browser's page for a device."""
    return {**DEVICES[device], "color_scheme": "light", "reduced_motion": "reduce"}


def check_look(page: Page, name: str, device: str, *, is_whole: bool = False) -> None:
    """Keep pictures of the screen or the whole page, light and dark, and fail on what axe-core finds and on anything wider than the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scheme in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=PICTURES / f"{name}-{device}-{scheme}.png", full_page=is_whole)
        _check(page, f"{name} ({scheme})")


def _check(page: Page, name: str) -> None:
    # A phone shows a page that is too wide as a smaller one, on a screen that seems wider.
    assert page.viewport_size is not None
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{name} is wider than the screen: {width}"
    if not _AXE.exists():
        pytest.skip("axe-core is not installed: bash scripts/web.sh")
    page.evaluate(_AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    problems = [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in found["violations"]]
    assert problems == [], f"{name}: {json.dumps(problems, indent=1)}"
