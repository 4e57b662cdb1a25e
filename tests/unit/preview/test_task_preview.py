"""Previews of tasks: what stands in them, and where they are shown."""

import json
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import manyhands as mh
from manyhands.preview import page
from manyhands.preview.lz_string import compress_for_url
from tests.flow.parity import SPEC, Parity

SEVEN = (mh.Text("7"),)
SERVER = "http://127.0.0.1:8000"
_PAGE = (
    '<!doctype html><title>Task preview</title><script type="application/json" id="manyhands-preview">null</script>'
    '<script type="module">show()</script>'
)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the file of a page that has the place for a task, as the built one has; browsers look at the built one."""
    path = tmp_path / "a page.html"
    path.write_text(_PAGE, encoding="utf-8")
    monkeypatch.setattr(page, "find_page", lambda: path)
    monkeypatch.setattr("manyhands.preview.task_preview.find_page", lambda: path)
    return path


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is shown below a cell of a notebook."""
    shown: list[str] = []
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    monkeypatch.setattr("manyhands.preview.task_preview._show_html", shown.append)
    return shown


def in_page(path: Path) -> Any:
    """Return the task that stands in a saved page."""
    return json.loads(path.read_text(encoding="utf-8").split('id="manyhands-preview">')[1].split("</script>")[0])


def in_address(document: dict[str, Any]) -> str:
    """Return what an address says of a task."""
    return compress_for_url(json.dumps(document, ensure_ascii=False))


def test_the_address_holds_what_toloka_packs_and_the_language() -> None:
    """View and input are JSON texts in a JSON text; fields that workers do not see are left out."""
    preview = mh.TaskPreview(SEVEN, task_spec=SPEC, server=SERVER)
    document = {"config": json.dumps(SPEC.view), "input": '{"text": "7"}', "lang": "EN"}
    assert preview.url == f"{SERVER}/preview#config={in_address(document)}"


def test_a_slash_behind_the_server_changes_nothing() -> None:
    """There is one before the page already."""
    with_slash, without = (mh.TaskPreview(SEVEN, task_spec=SPEC, server=at) for at in (f"{SERVER}/", SERVER))
    assert with_slash.url == without.url


def test_a_function_and_a_language_are_enough() -> None:
    """The view is made as for a task spec."""
    function = SPEC.task_spec.function
    preview = mh.TaskPreview(SEVEN, task_function=function, lang="EN", server=SERVER)
    assert preview.url == mh.TaskPreview(SEVEN, task_spec=SPEC, server=SERVER).url


def test_a_view_of_ones_own_is_shown(built: Path) -> None:
    """Instead of the generated one."""
    view: mh.Component = {"view": {"type": "view.text", "content": "mine"}}
    preview = mh.TaskPreview(SEVEN, task_spec=SPEC.overload_view(view))
    assert json.loads(in_page(preview.save(built.parent / "own.html"))["config"]) == view


def test_metadata_is_not_shown(built: Path) -> None:
    """No worker sees it either."""
    function = mh.ClassificationFunction(inputs=(mh.Text, mh.Metadata), cls=Parity)
    spec = mh.PreparedTaskSpec(replace(SPEC.task_spec, function=function), "EN")
    preview = mh.TaskPreview((mh.Text("7"), mh.Metadata("secret")), task_spec=spec)
    assert "secret" not in preview.save(built.parent / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("answer", [Parity.ODD, (Parity.ODD,)], ids=["object", "solution"])
def test_an_answer_stands_beside_the_input(built: Path, answer: Any) -> None:
    """Without one there is none."""
    saved = mh.TaskPreview(SEVEN, task_spec=SPEC, output_objects=answer).save(built.parent / "answered.html")
    assert json.loads(in_page(saved)["output"]) == {"choice": "odd"}
    assert "output" not in in_page(mh.TaskPreview(SEVEN, task_spec=SPEC).save(built.parent / "open.html"))


def test_nothing_in_a_task_ends_the_place_where_it_stands(built: Path) -> None:
    """What looks like a tag stays data, and comes back as it was."""
    text = "</script><script>alert(1)</script><!-- <SCRIPT> 1 < 2 & 3 > 2 \u2028 null"
    saved = mh.TaskPreview((mh.Text(text),), task_spec=SPEC).save(str(built.parent / "hostile.html"))
    assert saved.read_text(encoding="utf-8").count("<script") == _PAGE.count("<script")
    assert json.loads(in_page(saved)["input"]) == {"text": text}


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"task_function": SPEC.task_spec.function},
        {"lang": "EN"},
        {"task_spec": SPEC, "task_function": SPEC.task_spec.function, "lang": "EN"},
        {"task_spec": SPEC.task_spec},
    ],
    ids=["nothing", "no language", "no function", "both", "spec without a language"],
)
def test_looks_are_needed_once(arguments: dict[str, Any]) -> None:
    """Neither too little nor too much."""
    with pytest.raises(mh.InvalidInput, match=r"needs task_spec.* or task_function and lang"):
        mh.TaskPreview(SEVEN, **arguments)


@pytest.mark.parametrize(
    ("objects", "answer", "problem"),
    [((mh.Image("x"),), None, "text: expected Text"), (SEVEN, mh.Text("odd"), "choice: expected Parity")],
    ids=["input", "output"],
)
def test_objects_that_do_not_fit_are_named(objects: Any, answer: Any, problem: str) -> None:
    """As in a launch."""
    with pytest.raises(mh.InvalidData, match=problem):
        mh.TaskPreview(objects, task_spec=SPEC, output_objects=answer)


def test_a_link_is_html_that_says_nothing_to_where_it_leads() -> None:
    """Quotes in it cannot end the attribute."""
    link = mh.TaskPreview(SEVEN, task_spec=SPEC, server='http://host/"onclick="').get_link()
    assert link.startswith('<a href="http://host/&quot;onclick=&quot;/preview#config=')
    assert link.endswith('" target="_blank" rel="noopener noreferrer">task preview</a>')


def test_without_a_server_the_address_is_a_file(built: Path) -> None:
    """Of the page that is installed."""
    assert mh.TaskPreview(SEVEN, task_spec=SPEC).url.startswith(f"{built.as_uri()}#config=")


@pytest.mark.parametrize("is_browser_there", [True, False])
def test_outside_of_a_notebook_a_browser_is_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, is_browser_there: bool
) -> None:
    """Where there is none, the address is printed."""
    opened: list[str] = []

    def open_url(url: str) -> bool:
        opened.append(url)
        return is_browser_there

    monkeypatch.setattr(webbrowser, "open", open_url)
    preview = mh.TaskPreview(SEVEN, task_spec=SPEC, server=SERVER)
    preview.display()
    assert opened == [preview.url]
    assert capsys.readouterr().out == ("" if is_browser_there else f"{preview.url}\n")
    preview.display_link()
    assert capsys.readouterr().out == f"{preview.url}\n"


def test_in_a_notebook_the_page_is_shown_in_a_frame_that_is_cut_off(built: Path, notebook: list[str]) -> None:
    """Its scripts run, but reach nothing of the notebook."""
    preview = mh.TaskPreview(SEVEN, task_spec=SPEC, server=SERVER)
    preview.display()
    preview.display_link()
    frame, link = notebook
    assert built.exists()
    assert 'sandbox="allow-scripts allow-popups" srcdoc="&lt;!doctype html&gt;' in frame
    assert "allow-same-origin" not in frame
    assert link == preview.get_link()


def test_ipython_shows_html(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is loaded when it is needed."""
    shown: list[Any] = []
    monkeypatch.setattr("manyhands.preview.notebook._display", shown.append)
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    mh.TaskPreview(SEVEN, task_spec=SPEC, server=SERVER).display_link()
    assert shown[0].data.startswith("<a href=")


@pytest.mark.parametrize(
    "use",
    [lambda preview: preview.url, lambda preview: preview.save("preview.html")],
    ids=["url", "save"],
)
def test_a_page_that_is_not_built_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, use: Callable[[mh.TaskPreview], object]
) -> None:
    """With the command that builds it, and nothing is written."""
    monkeypatch.setattr(page, "files", lambda _: tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(mh.MissingExtra, match=r"bash scripts/web\.sh"):
        use(mh.TaskPreview(SEVEN, task_spec=SPEC))
    assert list(tmp_path.iterdir()) == []
