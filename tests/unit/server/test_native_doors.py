"""Our own doors: what the pages of workers and requesters show and do."""

from typing import Any

from manyhands.platform import EmbeddedPlatform
from manyhands.server.accounts import OWN_CONSENT_VERSION
from tests.unit.server.front_desk import FrontDesk, Person, pool_form, project_form, task_form

AGREED = {"consent": OWN_CONSENT_VERSION}


def _join(desk: FrontDesk, **form: Any) -> Person:
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {"label": "team"})["token"]
    session = desk.client.post("/api/worker/sessions", json={**AGREED, "invitation": invitation, **form})
    assert session.status_code == 201, session.text
    # The cookie is for browsers; the tests speak for several people at once.
    desk.client.cookies.clear()
    return Person(desk.client, session.json()["worker_id"], session.json()["token"])


def test_invited_person_becomes_a_worker(desk: FrontDesk) -> None:
    """The session tells who they are, and a browser keeps it where scripts cannot read it."""
    worker = _join(desk, name="Eva", languages=["en", "DE"], country="de")
    assert worker.get("/api/worker/me") == {
        "worker_id": worker.name,
        "name": "Eva",
        "languages": ["DE", "EN"],
        "country": "DE",
    }


def test_session_cookie_is_kept_from_scripts_and_foreign_pages(desk: FrontDesk) -> None:
    """The cookie is HttpOnly and SameSite=Strict."""
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    cookie = desk.client.post("/api/worker/sessions", json={**AGREED, "invitation": invitation}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_invitation_that_was_revoked_lets_nobody_in(desk: FrontDesk) -> None:
    """The requester ends it like a token."""
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    (entry,) = desk.ann.get("/api/requester/invitations")["items"]
    desk.ann.ask("DELETE", f"/api/requester/invitations/{entry['id']}")
    response = desk.client.post("/api/worker/sessions", json={**AGREED, "invitation": invitation})
    assert (response.status_code, response.json()["code"]) == (403, "INVITATION_OVER")


def test_home_shows_price_and_pace_of_open_pools(desk: FrontDesk) -> None:
    """Before the first page there is no pace; afterwards there is one, and an hourly rate."""
    pool_id, worker = desk.pool(task_form("a"), task_form("b")), desk.worker()
    (fresh,) = worker.get("/api/worker/pools")["items"]
    page = worker.ask("POST", f"/api/worker/pools/{pool_id}/take")
    desk.clock.move(seconds=36)
    answers = {"solutions": [{"output_values": {"label": "cat"}}]}
    worker.ask("POST", f"/api/worker/pages/{page['id']}/submit", answers)
    (known,) = worker.get("/api/worker/pools")["items"]
    assert (fresh["title"], fresh["reward"], fresh["page_seconds"]) == ("Cats and dogs", 0.02, None)
    assert (known["page_seconds"], known["hourly_reward"]) == (36, 2)


def test_pool_shows_view_and_instruction(desk: FrontDesk) -> None:
    """What a page needs to be shown, and nothing of the requester's notes."""
    pool_id = desk.pool(task_form())
    shown = desk.worker().get(f"/api/worker/pools/{pool_id}")
    assert (shown["instruction"], shown["view"]["view"]["type"]) == ("<p>Look &amp; choose</p>", "view.list")
    assert "pets_EN" not in str(shown)


def test_pool_with_an_instruction_of_its_own_shows_that(desk: FrontDesk) -> None:
    """Before a page is taken, and with the page."""
    worker, pool_id = desk.worker(), desk.pool(task_form(), public_instructions="<p>Hurry</p>")
    assert worker.get(f"/api/worker/pools/{pool_id}")["instruction"] == "<p>Hurry</p>"
    step = worker.ask("POST", f"/api/worker/pools/{pool_id}/next", view=True)
    assert step["work"]["instruction"] == "<p>Hurry</p>"


def test_draft_is_kept_until_the_page_is_handed_in(desk: FrontDesk) -> None:
    """Only the worker who has the page in hand can read and write it."""
    worker, other, pool_id = desk.worker("wim"), desk.worker("eva"), desk.pool(task_form())
    page = worker.ask("POST", f"/api/worker/pools/{pool_id}/take")
    path = f"/api/worker/pages/{page['id']}/draft"
    assert worker.get(path) == {"content": None}
    worker.ask("PUT", path, {"content": {"0": {"label": "cat"}}})
    assert worker.get(path) == {"content": {"0": {"label": "cat"}}}
    assert other.refusal("GET", path) == other.refusal("PUT", path, {"content": {}}) == (404, "DOES_NOT_EXIST")
    worker.ask("POST", f"/api/worker/pages/{page['id']}/skip")
    assert worker.refusal("GET", path) == (404, "DOES_NOT_EXIST")


def test_earnings_and_history_tell_of_the_own_pages_only(desk: FrontDesk) -> None:
    """Paid, in review and rejected pages are told apart; the comment of the requester is shown."""
    worker, pool_id = desk.worker("wim"), desk.pool(task_form("a"), task_form("b"), task_form("c"))
    first, second, _third = (desk.answer(worker, pool_id) for _ in range(3))
    desk.answer(desk.worker("eva"), pool_id)
    desk.ann.ask("PATCH", f"/api/v1/assignments/{first}", {"status": "ACCEPTED"})
    desk.ann.ask("PATCH", f"/api/v1/assignments/{second}", {"status": "REJECTED", "public_comment": "blurred"})
    desk.ann.ask("POST", "/api/v1/user-bonuses", {"user_id": "wim", "amount": 1, "without_message": True})
    earned = worker.get("/api/worker/earnings")
    history = worker.get("/api/worker/history")
    assert (earned["paid"], earned["bonuses"], earned["in_review"]) == (0.02, 1, 0.02)
    assert earned["pages"] == {"ACCEPTED": 1, "REJECTED": 1, "SUBMITTED": 1}
    assert [page["public_comment"] for page in history["items"]] == ["", "blurred", ""]
    assert worker.get("/api/worker/history", before=second)["items"][0]["id"] == first


def test_history_is_in_the_order_of_time_across_pools(desk: FrontDesk) -> None:
    """Whatever pool a page is of, the latest comes first, and reading on goes back in time."""
    worker = desk.worker("wim")
    pools = [desk.pool(task_form("a"), task_form("b")) for _ in range(2)]
    pages = []
    for pool_id in (pools[1], pools[0], pools[1], pools[0]):
        pages.append(desk.answer(worker, pool_id))
        desk.clock.move(minutes=1)
    items = worker.get("/api/worker/history")["items"]
    assert [item["id"] for item in items] == pages[::-1]
    assert {item["title"] for item in items} == {project_form()["public_name"]}
    assert [item["id"] for item in worker.get("/api/worker/history", before=pages[2])["items"]] == pages[1::-1]


def test_requester_sees_and_stops_own_launches_only(desk: FrontDesk) -> None:
    """The journal is shared; a launch belongs to whom its pool belongs to."""
    bob, pool_id = desk.requester("bob"), desk.pool(task_form())
    journal = EmbeddedPlatform(desk.store).journal
    journal.create("red", {"state": "running", "pool_id": pool_id, "kind": "classification"})
    (launch,) = desk.ann.get("/api/requester/launches")["items"]
    assert (launch["name"], launch["state"]) == ("red", "running")
    assert bob.get("/api/requester/launches")["items"] == []
    assert bob.refusal("POST", "/api/requester/launches/red/stop") == (404, "DOES_NOT_EXIST")
    desk.ann.ask("POST", "/api/requester/launches/red/stop")
    assert journal.stop_requests() == {"red"}


def test_worker_is_told_the_way_of_a_pool_of_any_requester(desk: FrontDesk) -> None:
    """Workers work for all requesters of the server."""
    bob = desk.requester("bob")
    pool_id = desk.pool(task_form(), person=bob)
    assert desk.worker().get(f"/api/worker/pools/{pool_id}")["title"] == "Cats and dogs"
    assert bob.get("/api/v1/pools")["items"][0]["private_name"] == pool_form("")["private_name"]


def _training(desk: FrontDesk, project_id: str, *names: str, **changes: Any) -> str:
    form = {
        "project_id": project_id,
        "private_name": "first steps",
        "inherited_instructions": True,
        "training_tasks_in_task_suite_count": 2,
        "task_suites_required_to_pass": 1,
        "retry_training_after_days": 7,
        **changes,
    }
    training_id = str(desk.ann.ask("POST", "/api/v1/trainings", form)["id"])
    known = [{"output_values": {"label": "cat"}}]
    tasks = [
        task_form(name, pool_id=training_id, known_solutions=known, message_on_unknown_solution="Look at the ears")
        for name in names
    ]
    desk.ann.ask("POST", "/api/v1/tasks", tasks, allow_defaults=True)
    desk.ann.ask("POST", f"/api/v1/trainings/{training_id}/open")
    return training_id


def _demanding(desk: FrontDesk, project_id: str, training_id: str) -> str:
    required = {"training_pool_id": training_id, "training_passing_skill_value": 50}
    return desk.pool(task_form(), project_id=project_id, quality_control={"training_requirement": required})


def test_worker_is_trained_and_gets_in(desk: FrontDesk) -> None:
    """Wrong answers bring a hint, right ones end the page, and what it opened is told."""
    worker, project_id = desk.worker(), desk.project()
    training_id = _training(desk, project_id, "t1", "t2")
    pool_id = _demanding(desk, project_id, training_id)
    page = worker.ask("POST", f"/api/worker/pools/{training_id}/take")
    path, task_id = f"/api/worker/pages/{page['id']}", page["tasks"][0]["id"]
    wrong = worker.ask("POST", f"{path}/check", {"task_id": task_id, "output_values": {"label": "dog"}})
    right = worker.ask("POST", f"{path}/check", {"task_id": task_id, "output_values": {"label": "cat"}})
    assert [task["is_training"] for task in page["tasks"]] == [True, True]
    assert (wrong, right) == ({"is_right": False, "hint": "Look at the ears"}, {"is_right": True, "hint": ""})
    solutions = {"solutions": [{"output_values": {"label": label}} for label in ("cat", "dog")]}
    assert worker.refusal("POST", f"{path}/submit", solutions) == (400, "VALIDATION_ERROR")
    solutions["solutions"][1]["output_values"]["label"] = "cat"
    worker.ask("POST", f"{path}/submit", solutions)
    (course,) = worker.get("/api/worker/courses")["items"]
    assert (course["kind"], course["skill"], course["is_available"]) == ("training", 0, False)
    assert course["openings"] == [
        {
            "pool_id": pool_id,
            "project_id": project_id,
            "title": "Cats and dogs",
            "reward": 0.02,
            "passing_skill": 0.5,
            "is_reached": False,
        }
    ]
    assert worker.refusal("POST", f"/api/worker/pools/{pool_id}/take") == (403, "ACCESS_DENIED")
    assert worker.refusal("POST", f"/api/worker/pools/{training_id}/take") == (403, "POOL_ASSIGNMENTS_EXHAUSTED")


def test_training_that_is_done_is_not_offered_any_more(desk: FrontDesk) -> None:
    """It comes back when its skill is dropped; others see it all the time."""
    worker, other, project_id = desk.worker("wim"), desk.worker("eva"), desk.project()
    training_id = _training(desk, project_id, "t1")
    desk.answer(worker, training_id)
    assert worker.get("/api/worker/pools")["items"] == []
    assert [pool["is_training"] for pool in other.get("/api/worker/pools")["items"]] == [True]
    assert worker.get("/api/worker/courses")["items"][0]["retry_at"] == "2026-01-08T00:00:00Z"
    desk.clock.move(days=7)
    assert [pool["pool_id"] for pool in worker.get("/api/worker/pools")["items"]] == [training_id]


def test_checking_answers_tells_nothing_of_other_tasks(desk: FrontDesk) -> None:
    """Of a real and a control task the same is told: nothing."""
    worker = desk.worker()
    control = task_form("c", known_solutions=[{"output_values": {"label": "cat"}}], infinite_overlap=True)
    mixer = {"real_tasks_count": 1, "golden_tasks_count": 1, "training_tasks_count": 0}
    pool_id = desk.pool(task_form("r"), control, mixer_config=mixer)
    page = worker.ask("POST", f"/api/worker/pools/{pool_id}/take")
    told = []
    for task in page["tasks"]:
        form = {"task_id": task["id"], "output_values": {"label": "cat"}}
        document = worker.call("POST", f"/api/worker/pages/{page['id']}/check", form).json()
        told.append(document["message"].replace(task["id"], "X"))
        assert document["code"] == "VALIDATION_ERROR"
        assert task["is_training"] is False
    assert told[0] == told[1]


def test_answers_are_checked_by_their_worker_only(desk: FrontDesk) -> None:
    """A page of somebody else is not there."""
    worker, other, project_id = desk.worker("wim"), desk.worker("eva"), desk.project()
    page = worker.ask("POST", f"/api/worker/pools/{_training(desk, project_id, 't1')}/take")
    form = {"task_id": page["tasks"][0]["id"], "output_values": {"label": "cat"}}
    assert other.refusal("POST", f"/api/worker/pages/{page['id']}/check", form) == (404, "DOES_NOT_EXIST")
