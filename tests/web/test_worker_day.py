"""Days of workers, in a real browser."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from manyhands.crowd import AssignmentStatus, PoolId, RestrictionDraft, RestrictionScope, TaskKind, WorkerId
from tests.web.people import answer_page, join, start_work
from tests.web.site import Site, wait_until

OpenPage = Callable[..., Page]
_LOCALES = Path(__file__).parents[2] / "web" / "src" / "worker" / "locale"
_MOST_BYTES = 150_000
_PARAMETER = re.compile(r"\{\w+\}")


def _accepted(site: Site) -> int:
    return site.pages().count(AssignmentStatus.ACCEPTED)


def _pool(site: Site) -> PoolId:
    ((_, document),) = site.platform.journal.list()
    return PoolId(document["pool_id"])


def test_a_worker_joins_by_invitation_works_and_is_paid(site: Site, open_page: OpenPage) -> None:
    """From the link of an invitation to money, by keyboard, with the next page there after the last key of the one before."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    expect(page.get_by_text("$0.05 a page")).to_be_visible()
    start_work(page)
    answer_page(page)
    expect(page.get_by_text("Sent. $0.05 when it is accepted.")).to_be_visible()
    answer_page(page)
    wait_until(lambda: _accepted(site) == 2)
    page.goto(f"{site.url}/#/earnings")
    expect(page.locator("dd").first).to_have_text("$0.10")
    expect(page.get_by_text("paid", exact=True)).to_have_count(2)
    handle.stop()


def test_two_workers_never_get_a_task_beyond_its_overlap(site: Site, open_page: OpenPage) -> None:
    """Two workers at once: nobody sees a task twice, and no task has more answers than were asked for."""
    handle = site.start(8)
    people = [open_page(site.invitation()) for _ in range(3)]
    for page in people:
        join(page)
        start_work(page)
    for page in people:
        if page.get_by_role("timer").is_visible():
            answer_page(page)
    wait_until(lambda: _accepted(site) >= 2)
    pool = site.platform.list_assignments(_pool(site))
    given = Counter((page.worker_id, task.id) for page in pool for task in page.tasks)
    assert set(given.values()) == {1}
    answers = Counter(task.id for page in pool for task in page.tasks if task.kind is TaskKind.REAL)
    overlaps = {task.id: task.overlap or 0 for task in site.platform.list_tasks(_pool(site))}
    assert all(count <= overlaps[task] for task, count in answers.items())
    handle.stop()


def test_a_connection_cut_in_the_middle_of_a_submit_counts_the_page_once(site: Site, open_page: OpenPage) -> None:
    """The server gets the page, the answer is lost: the worker is told, the page is sent again, and paid once."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    cut: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if cut:
            route.continue_()
            return
        cut.append(route.fetch().status)
        route.abort("connectionreset")

    page.route("**/advance", lose_the_answer)
    answer_page(page)
    expect(page.get_by_text("No connection. Nothing is lost")).to_be_visible()
    expect(page.get_by_text("Sent. $0.05 when it is accepted.")).to_be_visible()
    wait_until(lambda: _accepted(site) == 1)
    assert cut == [200]
    assert sorted(site.pages()) == [AssignmentStatus.ACCEPTED, AssignmentStatus.ACTIVE]
    handle.stop()


def test_what_was_sent_without_a_connection_survives_closing_the_page(site: Site, open_page: OpenPage) -> None:
    """A page sent offline is delivered by the next visit of the same browser."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    page.route("**/advance", lambda route: route.abort("internetdisconnected"))
    answer_page(page)
    expect(page.get_by_text("No connection. Nothing is lost")).to_be_visible()
    assert AssignmentStatus.SUBMITTED not in site.pages()
    page.unroute_all()
    page.reload()
    expect(page.get_by_role("timer")).to_be_visible()
    wait_until(lambda: _accepted(site) == 1)
    handle.stop()


def test_drafts_survive_a_reload_and_undo_takes_answers_back(site: Site, open_page: OpenPage) -> None:
    """Answers that were not sent are there after a reload; `u` takes the last one back."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    page.keyboard.press("1")
    expect(page.locator(".mh-task").nth(1)).to_have_class(re.compile("mh-active"))
    page.keyboard.press("2")
    expect(page.get_by_text("2 of 5 answered")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Your answers were restored.")).to_be_visible()
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    handle.stop()


def test_the_keys_of_the_page_show_instruction_and_help(site: Site, open_page: OpenPage) -> None:
    """`i` shows the instruction, `?` all keys, and sending an incomplete page goes to what is missing."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    page.keyboard.press("i")
    expect(page.get_by_role("dialog")).to_contain_text("Look at the last digit.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Take back the last answer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Please choose one answer").first).to_be_visible()
    handle.stop()


def test_a_worker_chooses_their_own_keys(site: Site, open_page: OpenPage) -> None:
    """A key that is taken is swapped only when asked; the choice counts at once, is shown, and is there after a reload."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    keys.get_by_role("button", name="Change the key for: Even").click()
    expect(keys.get_by_text("Press the key that you want.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Change the key for: Even").click()
    page.keyboard.press("F2")
    expect(keys.get_by_text("Use a letter, a digit")).to_be_visible()
    page.keyboard.press("u")
    expect(keys.get_by_text("“U” is the key for “Take back the last answer”.")).to_be_visible()
    keys.get_by_role("button", name="Swap the two").click()
    expect(keys.locator("kbd")).to_have_text(["U", "2", "I", "1", "Ctrl+Enter", "?"])
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    page.reload()
    expect(page.locator(".mh-option .mh-key").first).to_have_text("U")
    page.keyboard.press("2")
    expect(page.get_by_text("2 of 5 answered")).to_be_visible()
    handle.stop()


def test_a_page_can_be_given_back(site: Site, open_page: OpenPage) -> None:
    """Giving a page back brings another one and costs nothing."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    page.get_by_role("button", name="Give back").click()
    page.get_by_role("dialog").get_by_role("button", name="Give back").click()
    wait_until(lambda: AssignmentStatus.SKIPPED in site.pages())
    page.goto(f"{site.url}/#/earnings")
    expect(page.get_by_text("given back")).to_be_visible()
    handle.stop()


def test_a_restriction_is_explained_with_its_end(site: Site, open_page: OpenPage) -> None:
    """A worker who may not work reads where, until when, and why such things happen; a rejection comes with its reason."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    worker = WorkerId(page.evaluate("fetch('/api/worker/profile').then((r) => r.json()).then((p) => p.worker_id)"))
    site.platform.restrict(RestrictionDraft(key="test", worker_id=worker, scope=RestrictionScope.ALL_PROJECTS))
    answer_page(page)
    expect(page.get_by_role("heading", name="You cannot take some tasks now")).to_be_visible()
    expect(page.get_by_text("This does not end by itself.")).to_be_visible()
    handle.stop()


def test_a_key_brings_a_worker_back_after_signing_out(site: Site, open_page: OpenPage) -> None:
    """The key of the profile opens the same account; after signing out the session opens nothing."""
    page = open_page(site.invitation())
    join(page)
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("button", name="Make a key").click()
    key = page.get_by_label("Your key").input_value()
    number = page.locator("code").inner_text()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Work on small tasks")).to_be_visible()
    assert page.evaluate("fetch('/api/worker/profile').then((r) => r.status)") == 401
    page.get_by_text("I have a key").click()
    page.get_by_label("Your key").fill(key)
    page.get_by_role("button", name="Come in", exact=True).click()
    page.get_by_role("link", name="Profile").click()
    expect(page.locator("code")).to_have_text(number)


def test_the_page_speaks_russian(site: Site, open_page: OpenPage) -> None:
    """A Russian browser gets Russian words; the choice of a language is remembered."""
    russian = json.loads((_LOCALES / "ru.json").read_text())
    page = open_page(site.invitation(), locale="ru-RU")
    expect(page.get_by_role("heading", name=russian["join.title"])).to_be_visible()
    page.get_by_label(russian["app.language"]).select_option("en")
    page.reload()
    expect(page.get_by_role("heading", name="You are invited to work")).to_be_visible()


@pytest.mark.parametrize("folder", ["worker", "requester"])
def test_every_locale_file_has_all_words_with_their_parameters(folder: str) -> None:
    """A language that is there is complete, and no sentence loses what is put into it."""
    files = {
        path.stem: json.loads(path.read_text()) for path in (_LOCALES.parents[1] / folder / "locale").glob("*.json")
    }
    for words in files.values():
        assert words.keys() == files["en"].keys()
        for word, text in words.items():
            assert set(_PARAMETER.findall(text)) == set(_PARAMETER.findall(files["en"][word])), word


def test_a_worker_loads_little_and_nothing_from_elsewhere(site: Site, open_page: OpenPage) -> None:
    """From the invitation to the first task less than 150 kB, all of it from this server."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => [one.name, one.transferSize])")
    assert all(name.startswith(site.url) for name, _ in loaded)
    assert sum(size for name, size in loaded if "/assets/" in name) < _MOST_BYTES
    handle.stop()


def test_a_dead_invitation_says_so(open_page: OpenPage) -> None:
    """An unknown invitation is refused in plain words."""
    page = open_page("/#/join/nothing")
    expect(page.get_by_text("This invitation is unknown or no longer valid.")).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)
