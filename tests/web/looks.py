"""How pages are looked at: devices, colour schemes, pictures, and what axe-core finds."""

import json
import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, TimeoutError  # noqa: A004 - playwright's

from tests.patience import PATIENCE_MS

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
#: What axe-core looks for: colours are the only thing that differs between the schemes.
_RULES: dict[Literal["dark", "light"], str] = {
    "dark": "{resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']}",
    "light": "{resultTypes: ['violations']}",
}
_FINISH = """document.getAnimations().forEach((one) => {
  try { one.finish(); } catch { /* One without an end. */ }
})"""
#: What scrolls without a position of its own does not keep what is placed in it, such as text for screen readers, from widening the page.
_LOOSE_SCROLLERS = """[...document.body.querySelectorAll("*")].filter((one) => {
  const { overflowX, position } = getComputedStyle(one);
  return ["auto", "scroll"].includes(overflowX) && position === "static" && !one.matches("textarea, select");
}).map((one) => one.outerHTML.slice(0, 120))"""


def options_of(device: str) -> dict[str, object]:
    """Return the options of a browser's page for a device."""
    return {**DEVICES[device], "color_scheme": "light", "reduced_motion": "reduce"}


def check_look(page: Page, name: str, device: str, *, is_whole: bool = False) -> None:
    """Keep pictures of the screen or the whole page, light and dark, and fail on what axe-core finds and on anything wider than the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    assert page.viewport_size is not None
    # A phone shows a page that is too wide as a smaller one, on a screen that seems wider; what is still arriving may move.
    fits = f"() => document.documentElement.scrollWidth <= {page.viewport_size['width']}"
    try:
        page.wait_for_function(fits, timeout=PATIENCE_MS)
    except TimeoutError:
        width = page.evaluate("document.documentElement.scrollWidth")
        pytest.fail(f"{name} is wider than the screen: {width}")
    assert page.evaluate(_LOOSE_SCROLLERS) == [], f"{name}: what scrolls needs a position"
    if _AXE.exists():
        page.evaluate(_AXE.read_text())
    for scheme, rules in _RULES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # Colours that are still on their way to the other scheme have any contrast.
        page.evaluate(_FINISH)
        page.screenshot(path=PICTURES / f"{name}-{device}-{scheme}.png", full_page=is_whole)
        if _AXE.exists():
            found = page.evaluate(f"axe.run(document, {rules})")["violations"]
            problems = [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in found]
            assert problems == [], f"{name} ({scheme}): {json.dumps(problems, indent=1)}"
    if not _AXE.exists():
        pytest.skip("axe-core is not installed: bash scripts/web.sh")
