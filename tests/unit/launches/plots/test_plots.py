"""Drawings of launches: what they show, and the files that they become."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from matplotlib.axes import Axes

import manyhands as mh
from manyhands.errors import InvalidInput
from manyhands.launches import ConfusionCount, Timeline
from manyhands.launches.plots import Plot
from tests.flow.parity import CONTROLS, PARAMS, SPEC, make_params, make_scene, numbers
from tests.web.site import wait_until

RULES = mh.RuleBuilder().add_dynamic_reward(0.01, 0.03, 0.8, 0.6, bonus_granularity_num=2).build()


class Finished:
    """A launch that is over: its handle, its results, and what can be found out about it."""

    def __init__(self) -> None:
        scene = make_scene(accuracy=0.8, careless=0.2, params=make_params(control=mh.Control(RULES)))
        objects = numbers(0, 40)
        handle = scene.start(objects, name="red")
        raw_results, weights = handle.wait()
        self.platform = scene.platform
        self.progress = handle.progress()
        self.results = mh.ClassificationResults(objects, raw_results, SPEC, weights)
        self.findings = mh.find_out("red", scene.platform)


@pytest.fixture(scope="module")
def finished() -> Finished:
    """A launch that is over."""
    return Finished()


def _axes(plot: Plot) -> Axes:
    (axes,) = plot.figure.axes
    return axes


def _bars(plot: Plot) -> list[float]:
    return [patch.get_width() for patch in _axes(plot).patches]  # type: ignore[attr-defined]  # they are rectangles


def _words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_progress_and_findings_look_the_same(finished: Finished) -> None:
    """Whoever launched and whoever asks later see the same bars."""
    for draw in (mh.plots.plot_durations, mh.plots.plot_overlaps, mh.plots.plot_confidences):
        assert _bars(draw(finished.progress)) == _bars(draw(finished.findings))
    matrices = [_words(_axes(mh.plots.plot_confusion(found))) for found in (finished.progress, finished.findings)]
    assert matrices[0] == matrices[1]


def test_results_have_their_own_bars(finished: Finished) -> None:
    """Answers per object and confidences are those of the launch."""
    assert _bars(mh.plots.plot_overlaps(finished.results)) == _bars(mh.plots.plot_overlaps(finished.progress))
    assert _bars(mh.plots.plot_confidences(finished.results)) == _bars(mh.plots.plot_confidences(finished.progress))
    assert sum(_bars(mh.plots.plot_overlaps(finished.results))) == 40


def test_the_expected_time_is_marked(finished: Finished) -> None:
    """One bar says so."""
    marked = [word for word in _words(_axes(mh.plots.plot_durations(finished.progress))) if "expected" in word]
    assert len(marked) == 1


def test_the_matrix_counts_every_control_answer(finished: Finished) -> None:
    """Its numbers are those of the progress, with rows for right labels."""
    axes = _axes(mh.plots.plot_confusion(finished.progress))
    assert sum(map(int, _words(axes))) == sum(cell.count for cell in finished.progress.confusion)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["even", "odd"]


def test_lines_end_where_the_launch_did(finished: Finished) -> None:
    """Accepted answers, finished objects and money."""
    timeline = finished.findings.timeline
    answers, done = (line.get_ydata()[-1] for line in _axes(mh.plots.plot_progress(timeline)).lines)  # type: ignore[index]  # an array
    assert (answers, done) == (finished.progress.answer_count, 40)
    paid, reserved = (line.get_ydata()[-1] for line in _axes(mh.plots.plot_money(timeline)).lines)  # type: ignore[index]  # as above
    assert paid == pytest.approx(float(finished.progress.paid))
    assert reserved == 0
    assert len(_axes(mh.plots.plot_pages(timeline)).lines) == 5


def test_calibration_shows_how_far_confidence_is_off(finished: Finished) -> None:
    """On the control tasks, or on anything else whose truth is known."""
    assert finished.findings.judged_controls
    assert _axes(mh.plots.plot_calibration(finished.findings.judged_controls)).containers
    axes = _axes(mh.plots.plot_calibration([(0.9, True), (0.9, False)]))
    assert axes.get_title(loc="right") == "40.0 points too high"


@pytest.mark.parametrize("count", [4, 7, 8], ids=["measured", "over time", "calibrated"])
def test_everything_is_one_drawing(finished: Finished, count: int) -> None:
    """As much as is known."""
    findings = finished.findings
    plot = mh.plots.plot_launch(
        findings,
        findings.timeline if count > 4 else None,
        findings.judged_controls if count > 7 else None,
    )
    assert len(plot.figure.axes) == count
    assert plot.figure.get_suptitle() == "red"


def test_nothing_is_drawn_from_nothing() -> None:
    """Before the first page there is an empty drawing, not an error."""
    platform = mh.EmbeddedPlatform.in_memory()
    handle = mh.start(SPEC, PARAMS, numbers(0, 8), CONTROLS, platform, name="waiting")
    wait_until(lambda: bool(platform.list_open_pools()))
    findings = mh.find_out("waiting", platform)
    handle.stop()
    handle.wait()
    plot = mh.plots.plot_launch(findings, findings.timeline, findings.judged_controls)
    assert plot.to_png()
    assert findings.timeline == Timeline()


def test_more_labels_than_fit_are_said(finished: Finished) -> None:
    """A matrix that nobody can read is not drawn."""

    class Many:
        name = "many"
        task_durations: Sequence[float] = ()
        duration_hint = None
        confidences: Sequence[float] = ()
        overlaps: dict[int, int] = {}
        confusion = [ConfusionCount(truth=str(number), answer="0", count=1) for number in range(40)]

    assert _words(_axes(mh.plots.plot_confusion(Many()))) == ["40 labels do not fit"]
    assert finished.progress.confusion


@pytest.mark.parametrize(
    ("suffix", "first"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".PDF", b"%PDF")], ids=["png", "svg", "pdf"]
)
def test_a_plot_becomes_the_file_that_its_name_says(
    finished: Finished, tmp_path: Path, suffix: str, first: bytes
) -> None:
    """The same drawing is the same file, whole or not at all."""
    paths = [tmp_path / f"{name}{suffix}" for name in ("first", "second")]
    for path in paths:
        mh.plots.plot_overlaps(finished.progress).save(path)
    contents = [path.read_bytes() for path in paths]
    assert contents[0].startswith(first)
    if suffix == ".png":
        assert contents[0] == contents[1]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(path.name for path in paths)


def test_a_plot_is_shown_by_notebooks_and_becomes_text(finished: Finished) -> None:
    """PNG for a cell, SVG for a page."""
    plot = mh.plots.plot_overlaps(finished.progress)
    assert plot._repr_png_() == plot.to_png()
    assert ET.fromstring(plot.to_svg()).tag.endswith("svg")  # noqa: S314 - our own file


def test_labels_that_change_when_they_are_given_room_change_no_file(finished: Finished) -> None:
    """Room for the labels moves the axes, and axes of another size have other labels: the first file has them where they stay."""
    plot = mh.plots.plot_overlaps(replace(finished.progress, overlaps={1: 9, 2: 21, 3: 10}))
    assert plot.to_png() == plot.to_png()


@pytest.mark.parametrize(("name", "told"), [("plot.jpg", ".png"), ("plot", ".png"), ("nowhere/plot.png", "nowhere")])
def test_a_plot_that_cannot_be_written_says_why(finished: Finished, tmp_path: Path, name: str, told: str) -> None:
    """Neither an unknown format nor a missing folder."""
    with pytest.raises(InvalidInput, match=told):
        mh.plots.plot_overlaps(finished.progress).save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_who_draws_nothing_needs_no_matplotlib() -> None:
    """The module is there, and says what to install when something is to be drawn."""
    program = (
        "import sys; sys.modules['matplotlib.figure'] = None\n"
        "import manyhands as mh\n"
        "from manyhands import *\n"
        "try: mh.plots.plot_confusion\n"
        "except mh.MissingExtra as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pip install 'manyhands[plots]'" in done.stdout


def test_a_launch_that_is_not_there_is_named() -> None:
    """Also one that has published nothing yet."""
    platform = mh.EmbeddedPlatform.in_memory()
    platform.journal.create("early", {"state": "waiting"})
    with pytest.raises(InvalidInput, match="no launch 'late'"):
        mh.find_out("late", platform)
    with pytest.raises(InvalidInput, match="published nothing yet"):
        mh.find_out("early", platform)
