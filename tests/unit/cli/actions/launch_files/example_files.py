"""A small launch file to be changed by tests."""

from pathlib import Path

INPUTS = "text,choice\nIt rains.,yes\nIt snows.,no\nIt hails.,no\n"
CONTROLS = "text,choice\nWater is wet.,yes\nFire is cold.,no\n"

TOML = """
name = "weather"
platform = "weather.db"
budget = "5.00"

[task]
id = "weather"
name = "Is it wet?"
description = "Say whether it is wet."
instruction = "Read and say."

[[task.inputs]]
name = "text"

[task.labels]
yes = "Yes"
no = { EN = "No", DE = "Nein" }

[data]
inputs = "inputs.csv"
controls = "controls.csv"

[params]
task_duration_hint = "15s"
overlap = "2-3"
confidence = 0.9

[params.page]
assignment_price = "0.05"
real_tasks_count = 2
control_tasks_count = 1

[control.static_reward]
threshold = 0.5
"""


def write_example(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the launch file, changed, and its data; return the file."""
    text = TOML
    for before, after in changes:
        if before not in text:
            message = f"{before!r} is not in the example"
            raise ValueError(message)
        text = text.replace(before, after)
    (folder / "inputs.csv").write_text(INPUTS, encoding="utf-8")
    (folder / "controls.csv").write_text(CONTROLS, encoding="utf-8")
    path = folder / "weather.toml"
    path.write_text(text, encoding="utf-8")
    return path
