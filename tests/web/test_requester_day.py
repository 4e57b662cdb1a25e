"""Days of requesters, in a real browser, while people work on other pages."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

import manyhands as mh
from manyhands.crowd import AssignmentStatus, MixerConfig, PoolConfig, PoolId, ProjectConfig
from tests.web.people import answer_page, join, sign_in, start_work
from tests.web.site import TOKEN, Site, wait_until

OpenPage = Callable[..., Page]


def test_a_launch_from_python_moves_on_the_page_and_is_stopped_there(site: Site, open_page: OpenPage) -> None:
    """The row appears by itself, moves while a worker answers, and its stop ends the launch with what is known."""
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    expect(requester.get_by_text("Nothing was launched on this server yet")).to_be_visible()
    handle = site.start(name="numbers/red", budget=5)
    expect(requester.get_by_text("numbers/red")).to_be_visible()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    expect(requester.get_by_text("1 in work")).to_be_visible()
    answer_page(worker)
    expect(requester.get_by_text("1 accepted")).to_be_visible()
    expect(requester.get_by_text("$0.05 paid")).to_be_visible()
    worker.get_by_role("button", name="Give back").click()
    worker.get_by_role("dialog").get_by_role("button", name="Give back").click()
    worker.goto("about:blank")
    requester.get_by_text("numbers/red").click()
    requester.get_by_role("button", name="Stop").click()
    requester.get_by_role("button", name="Stop the launch").click()
    result = handle.wait(timedelta(seconds=60))
    assert not result.raw_results.is_finished
    assert sum(len(votes) for _, votes in result.raw_results) == 4
    expect(requester.get_by_text("stopped")).to_be_visible()


def test_a_requester_looks_into_every_part_of_a_launch(site: Site, open_page: OpenPage) -> None:
    """Objects, workers, control tasks and the preview show what is there; the answers are exported."""
    handle = site.start()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    answer_page(worker)
    wait_until(lambda: AssignmentStatus.ACCEPTED in site.pages())
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_text("numbers", exact=True).click()
    expect(requester.locator("tbody tr")).to_have_count(12)
    requester.get_by_role("link", name="Workers").click()
    expect(requester.locator("tbody tr")).to_contain_text("100%")
    requester.get_by_role("link", name="Control tasks").click()
    expect(requester.locator("tbody tr")).to_have_count(1)
    requester.get_by_role("link", name="Preview").click()
    requester.get_by_role("button", name="Check the answers").click()
    expect(requester.get_by_text("Please choose one answer").first).to_be_visible()
    with requester.expect_download() as download:
        requester.get_by_role("button", name="Answers as CSV").click()
    assert len(download.value.path().read_text().splitlines()) == 5
    handle.stop()


def test_pages_are_judged_by_hand_with_a_reason_that_the_worker_reads(site: Site, open_page: OpenPage) -> None:
    """Without a reason nothing is rejected; the worker reads it; taking the rejection back pays."""
    handle = site.start()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    answer_page(worker, wrongly=True)
    wait_until(lambda: AssignmentStatus.REJECTED in site.pages())
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_text("numbers", exact=True).click()
    requester.get_by_role("link", name="Review", exact=True).click()
    requester.get_by_role("button", name="Take the rejection back and pay").click()
    wait_until(lambda: AssignmentStatus.ACCEPTED in site.pages())
    expect(requester.get_by_text("No page waits for a decision")).to_be_visible()
    handle.stop()


def test_a_budget_is_raised(site: Site, open_page: OpenPage) -> None:
    """Only a higher ceiling is taken, and it shows."""
    handle = site.start(budget=5)
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_text("numbers", exact=True).click()
    requester.get_by_role("button", name="Raise the budget").click()
    dialog = requester.get_by_role("dialog")
    dialog.get_by_label("New ceiling").fill("3")
    dialog.get_by_role("button", name="Raise the budget").click()
    expect(dialog.get_by_text("Enter an amount above $5.00.")).to_be_visible()
    dialog.get_by_label("New ceiling").fill("12.50")
    dialog.get_by_role("button", name="Raise the budget").click()
    expect(requester.get_by_text("of $12.50")).to_be_visible()
    handle.stop()


def test_an_invitation_made_on_the_page_lets_workers_in_until_it_is_ended(open_page: OpenPage) -> None:
    """The link of the page works; an ended invitation does not."""
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_role("link", name="Invitations and tokens").click()
    requester.get_by_label("Name, for you only").fill("friends")
    requester.get_by_label("Skill that they get").fill("expert")
    requester.get_by_label("For how many people").fill("2")
    requester.get_by_role("button", name="Make a link").click()
    link = requester.get_by_label("The link").input_value()
    join(open_page(link))
    requester.reload()
    row = requester.get_by_role("row").filter(has_text="friends")
    expect(row).to_contain_text("1 of 2")
    expect(row).to_contain_text("expert")
    row.get_by_role("button", name="End").click()
    requester.get_by_role("dialog").get_by_role("button", name="End").click()
    expect(row).to_contain_text("ended")
    late = open_page(link)
    expect(late.get_by_text("This invitation is unknown or no longer valid.")).to_be_visible()


def test_a_wrong_token_is_refused_and_a_workers_session_opens_nothing(site: Site, open_page: OpenPage) -> None:
    """Neither a made-up token nor a worker's cookie opens the requester's doors."""
    page = open_page(site.invitation())
    join(page)
    assert page.evaluate("fetch('/api/requester/launches').then((r) => r.status)") == 403
    page.goto(f"{site.url}/requester")
    page.get_by_label("Token").fill("guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This token is unknown")).to_be_visible()


def test_a_thousand_baskets_are_smooth(site: Site, open_page: OpenPage) -> None:
    """Only the rows in sight are in the page, and scrolling through all of them reaches the last."""
    for number in range(1000):
        document = {
            "state": "running",
            "input_count": 10,
            "kind": "classification",
            "pool_id": _empty_pool(site, number),
        }
        site.platform.journal.create(f"baskets/{number:04}", document)
    page = open_page("/requester")
    sign_in(page, TOKEN)
    expect(page.get_by_text("baskets/0000")).to_be_visible(timeout=30_000)
    assert page.locator(".requester-row").count() < 60
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_text("baskets/0999")).to_be_visible()
    page.get_by_label("Find by name").fill("0500")
    expect(page.locator(".requester-row")).to_have_count(1)


def _empty_pool(site: Site, number: int) -> PoolId:
    project = site.platform.put_project(ProjectConfig(key="many", name="Many", input_spec={}, output_spec={}, view={}))
    config = PoolConfig(
        project_id=project.id,
        key=f"pool {number}",
        reward=mh.Money("0.05"),
        assignment_duration=timedelta(minutes=5),
        mixer=MixerConfig(real_count=1),
    )
    return site.platform.create_pool(config).id
