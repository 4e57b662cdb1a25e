"""Shortcuts for pages that are answered with files."""

from typing import Any

from manyhands.crowd import Attachment, Page, Pool, Solution
from manyhands.task import FieldSpec, FieldType
from tests.unit.platform.house import House, project_config, real

__all__ = ["LIMITS", "answer", "recording_pool", "upload"]

#: What the files of a page may be.
LIMITS: dict[str, Any] = {"most_bytes": 1000, "most_count": 3}


def recording_pool(house: House, *keys: str, **spec: Any) -> Pool:
    """Return a pool whose answers are files."""
    output = FieldSpec(**{"type": FieldType.FILE, **spec})
    config = project_config(key=f"records {spec}", output_spec={"record": output})
    project = house.platform.put_project(config)
    return house.pool(*(real(key) for key in keys or ("a", "b", "c")), project_id=project.id)


def upload(house: House, page: Page, *parts: bytes, name: str = "a.wav", **options: Any) -> Attachment:
    """Upload a file of these parts."""
    options = {**LIMITS, **options}
    arriving = house.platform.upload(page.assignment_id, page.worker_id, name=name, **options)
    for part in parts or (b"RIFF", b"and more"):
        arriving.add(part)
    return arriving.finish()


def answer(house: House, page: Page, value: object) -> None:
    """Hand a page in with this value for its one task."""
    house.platform.submit(page.assignment_id, page.worker_id, solutions=[Solution(output_values={"record": value})])
