"""Days of requesters, in a real browser, while people work on other pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import Page, expect

import manyhands as mh
from manyhands.crowd import AssignmentStatus
from manyhands.launches import Runner, prepare_classification
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers
from tests.patience import PATIENCE
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
    requester.get_by_role("dialog").get_by_role("button", name="Stop").click()
    result = handle.wait(PATIENCE)
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
    requester.get_by_role("navigation", name="Details").get_by_role("link", name="Control tasks").click()
    expect(requester.locator("tbody tr")).to_have_count(1)
    requester.get_by_role("link", name="Preview").click()
    requester.get_by_role("button", name="Check the answers").click()
    expect(requester.get_by_text("Please choose one answer").first).to_be_visible()
    for button, count in (
        ("Answers as CSV", 5),
        ("Answers as JSONL", 4),
        ("Labels as CSV", 13),
        ("Labels as JSONL", 12),
    ):
        requester.get_by_role("button", name="Export").click()
        with requester.expect_download() as download:
            requester.get_by_role("button", name=button).click()
        assert len(download.value.path().read_text().splitlines()) == count
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


def test_a_launch_that_nobody_works_on_is_told_and_goes_on_in_the_server(site: Site, open_page: OpenPage) -> None:
    """After a kill the page says so; going on there, the server judges what is handed in, and a stop ends it."""
    _leave_alone(site)
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    expect(requester.get_by_text("running, left alone")).to_be_visible()
    requester.get_by_text("left", exact=True).click()
    expect(requester.get_by_text("Nobody works on this launch")).to_be_visible()
    requester.get_by_role("button", name="Go on", exact=True).click()
    requester.get_by_role("button", name="Go on here").click()
    expect(requester.get_by_text("This server goes on with the launch")).to_be_visible()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    answer_page(worker)
    expect(requester.get_by_text("1 accepted")).to_be_visible()
    requester.get_by_role("button", name="Stop").click()
    requester.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(requester.get_by_text("stopped: interrupted")).to_be_visible()
    expect(requester.get_by_role("button", name="Go on", exact=True)).to_be_visible()


def test_what_only_whoever_launched_can_do_is_told(site: Site, open_page: OpenPage) -> None:
    """Where the server cannot go on, the page shows what to type where it was launched."""
    _leave_alone(site)
    journal = site.platform.journal
    document = {**(journal.find("left") or {}), "params_record": None}
    journal.update("left", {**document, "file": "/home/ann/left.toml"})
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_text("left", exact=True).click()
    requester.get_by_role("button", name="Go on", exact=True).click()
    dialog = requester.get_by_role("dialog")
    expect(dialog.get_by_text("cannot be written down")).to_be_visible()
    expect(dialog.locator("pre")).to_have_text("manyhands resume left")
    expect(dialog.get_by_role("button", name="Go on here")).to_have_count(0)


def test_baskets_of_one_call_are_one_launch(site: Site, open_page: OpenPage) -> None:
    """They stand under one head with their totals, can be folded away, exported and stopped together."""
    handles = mh.start_baskets(
        {"red": numbers(0, 10), "green": numbers(10, 30)}, SPEC, PARAMS, CONTROLS, site.platform, name="day", budget=8
    )
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    head = requester.get_by_role("listitem").filter(has_text="2 baskets")
    expect(head).to_contain_text("0 of 30 objects")
    expect(head).to_contain_text("$8.00 of $8.00 left")
    expect(requester.get_by_text("day/green")).to_be_visible()
    head.get_by_role("button", name="Baskets of day").click()
    expect(requester.get_by_text("day/green")).to_have_count(0)
    requester.get_by_label("Find by name").fill("gree")
    expect(requester.get_by_text("day/green")).to_be_visible()
    head.get_by_role("link").click()
    expect(requester.get_by_role("heading", name="day")).to_be_visible()
    requester.get_by_role("button", name="Export").click()
    with requester.expect_download() as download:
        requester.get_by_role("button", name="Labels as JSONL").click()
    assert len(download.value.path().read_text().splitlines()) == 30
    assert download.value.suggested_filename == "day-labels.jsonl"
    requester.get_by_role("button", name="Stop").click()
    expect(requester.get_by_role("dialog")).to_contain_text("Stop 2 launches?")
    requester.get_by_role("dialog").get_by_role("button", name="Stop").click()
    for handle in handles.values():
        handle.wait(PATIENCE)
    expect(requester.get_by_text("stopped: interrupted")).to_have_count(2)


def test_a_pool_is_closed_and_opened_by_hand_with_its_consequences_said(site: Site, open_page: OpenPage) -> None:
    """A launch that somebody works on ends when its pool is closed, and the page says so before."""
    handle = site.start(budget=5)
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_role("link", name="Projects").click()
    requester.get_by_text("parity_EN").click()
    requester.get_by_text("numbers", exact=True).click()
    requester.get_by_role("link", name="Pool", exact=True).click()
    expect(requester.get_by_text("2 to 4 answers an object, until it is 90% sure")).to_be_visible()
    requester.get_by_role("button", name="Close", exact=True).click()
    dialog = requester.get_by_role("dialog")
    expect(dialog.get_by_text("ends the launch with what is known")).to_be_visible()
    dialog.get_by_role("button", name="Close", exact=True).click()
    handle.wait(PATIENCE)
    expect(requester.get_by_text("stopped: pool closed")).to_be_visible()
    requester.get_by_role("button", name="Open", exact=True).click()
    expect(dialog.get_by_text("Nobody works on its launch")).to_be_visible()
    dialog.get_by_role("button", name="Open", exact=True).click()
    expect(requester.get_by_role("button", name="Close", exact=True)).to_be_visible()


def test_every_story_has_an_address_of_its_own(site: Site, open_page: OpenPage) -> None:
    """An object, its worker and a control task are reached by links, and by their addresses."""
    handle = site.start()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    answer_page(worker)
    wait_until(lambda: AssignmentStatus.ACCEPTED in site.pages())
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_text("numbers", exact=True).click()
    requester.locator("tbody tr").filter(has=requester.locator("li")).first.get_by_role("link").first.click()
    expect(requester.get_by_text("Fewer answers than every object gets, so more were asked for.")).to_be_visible()
    expect(requester.get_by_role("img", name="How sure, answer by answer")).to_be_visible()
    address = requester.url
    requester.locator(".requester-step").get_by_role("link").click()
    expect(requester.get_by_text("Control tasks right, page by page")).to_be_visible()
    expect(requester.locator(".requester-worker-figures")).to_contain_text("100%")
    requester.goto("about:blank")
    requester.goto(address)
    expect(requester.get_by_text("How it came about")).to_be_visible()
    requester.get_by_role("navigation", name="Details").get_by_role("link", name="Control tasks").click()
    requester.get_by_role("group", name="Control tasks").get_by_role("link").click()
    expect(requester.get_by_text("How it was answered")).to_be_visible()
    requester.get_by_role("link", name="Plots").click()
    expect(requester.get_by_role("img", name="Progress. At the end: accepted answers 4")).to_be_visible()
    handle.stop()


def test_an_appeal_is_granted_and_a_message_answered(site: Site, open_page: OpenPage) -> None:
    """Both wait beside the name of the page; granting pays, and the answer reaches the worker."""
    handle = site.start()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    answer_page(worker, wrongly=True)
    wait_until(lambda: AssignmentStatus.REJECTED in site.pages())
    (pool,) = (document["pool_id"] for _, document in site.platform.journal.list())
    (page, *_) = (page for page in site.platform.list_assignments(pool) if page.status is AssignmentStatus.REJECTED)
    site.platform.appeal(page.id, page.worker_id, {"EN": "I was right about all of them."})
    site.platform.report(page.worker_id, {"EN": "The text is too small."}, topic={"EN": "Small text"}, pool_id=pool)
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_role("link", name="Messages").click()
    expect(requester.get_by_role("link", name="Messages")).to_contain_text("waiting")
    expect(requester.get_by_text("I was right about all of them.")).to_be_visible()
    requester.get_by_role("button", name="Decline").click()
    expect(requester.get_by_text("Give the reason; the worker is told.")).to_be_visible()
    requester.get_by_label("Answer to the worker").fill("You were.")
    requester.get_by_role("button", name="Accept the page and pay").click()
    expect(requester.get_by_text("There are none")).to_be_visible()
    wait_until(lambda: AssignmentStatus.ACCEPTED in site.pages())
    requester.get_by_role("link", name="Received").click()
    requester.get_by_text("Small text").click()
    expect(requester.get_by_text("The text is too small.")).to_be_visible()
    requester.get_by_label("Answer", exact=True).fill("It is larger now.")
    requester.get_by_role("button", name="Send").click()
    expect(requester.locator(".requester-own")).to_contain_text("It is larger now.")
    conversations = site.platform.list_conversations(page.worker_id, None, limit=10).conversations
    threads = [site.platform.read_conversation(page.worker_id, found.id) for found in conversations]
    assert "It is larger now." in [message.text["EN"] for thread in threads for message in thread.messages]
    handle.stop()


def test_a_worker_is_written_to(site: Site, open_page: OpenPage) -> None:
    """From the worker's story; whoever never worked for the requester cannot be reached."""
    handle = site.start()
    worker = open_page(site.invitation())
    join(worker)
    start_work(worker)
    answer_page(worker)
    wait_until(lambda: AssignmentStatus.ACCEPTED in site.pages())
    requester = open_page("/requester")
    sign_in(requester, TOKEN)
    requester.get_by_text("numbers", exact=True).click()
    requester.get_by_role("link", name="Workers").click()
    requester.get_by_role("group", name="Workers").get_by_role("link").click()
    requester.get_by_role("link", name="Write to this worker").click()
    requester.get_by_label("About").fill("Thanks")
    requester.get_by_label("Message", exact=True).fill("Good work.")
    requester.get_by_role("button", name="Send").click()
    expect(requester.locator(".requester-own")).to_contain_text("Good work.")
    requester.get_by_role("link", name="Write a message").click()
    requester.get_by_label("Worker", exact=True).fill("nobody")
    requester.get_by_label("About").fill("Thanks")
    requester.get_by_label("Message", exact=True).fill("Good work.")
    requester.get_by_role("button", name="Send").click()
    expect(requester.get_by_role("alert")).to_be_visible()
    handle.stop()


def _leave_alone(site: Site) -> None:
    """Begin a launch of which the process is gone before anybody has worked on it."""
    control = mh.Control(mh.RuleBuilder().add_static_reward(0.5).build())
    plan = prepare_classification(
        SPEC,
        replace(PARAMS, control=control, task_duration_hint=timedelta(seconds=60)),
        input_objects=numbers(0, 12),
        control_objects=CONTROLS,
        fee=site.platform.fee,
        name="left",
    ).plan
    runner = Runner(site.platform, site.platform.journal)
    handle = runner.start(plan)
    wait_until(lambda: handle.state is mh.LaunchState.RUNNING and bool(site.platform.list_open_pools()))
    runner.let_go("left")
