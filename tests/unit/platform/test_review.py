"""What becomes of a page."""

from datetime import timedelta

import pytest

from manyhands.crowd import AssignmentId, AssignmentStatus, EventKind, MixerConfig, Money, Solution, WorkerId
from manyhands.errors import InvalidData, NotFound, PlatformError, WrongState
from tests.unit.platform.house import CAT, DOG, House, reals, solution

STATUSES = AssignmentStatus


def make_page(house: House, status: AssignmentStatus):  # type: ignore[no-untyped-def]  # a page
    """Return a page in this state."""
    house.worker()
    page = house.take("ann", house.pool(*reals(2)))
    match status:
        case STATUSES.SKIPPED:
            house.platform.skip(page.assignment_id, page.worker_id)
        case STATUSES.EXPIRED:
            house.clock.move(minutes=10)
        case STATUSES.SUBMITTED | STATUSES.ACCEPTED | STATUSES.REJECTED:
            house.hand_in(page)
    if status is STATUSES.ACCEPTED:
        house.accept(page)
    if status is STATUSES.REJECTED:
        house.platform.reject(page.assignment_id, "no")
    assert house.assignment(page).status is status
    return page


ALLOWED = {
    "submit": {STATUSES.ACTIVE, STATUSES.SUBMITTED, STATUSES.ACCEPTED, STATUSES.REJECTED},
    "skip": {STATUSES.ACTIVE, STATUSES.SKIPPED},
    "accept": {STATUSES.SUBMITTED, STATUSES.ACCEPTED, STATUSES.REJECTED},
    "reject": {STATUSES.SUBMITTED, STATUSES.REJECTED},
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("action", ALLOWED)
def test_every_action_in_every_state(house: House, action: str, status: AssignmentStatus) -> None:
    """An action works where the table allows it or where it was done already, and changes nothing elsewhere."""
    page = make_page(house, status)
    calls = {
        "submit": lambda: house.hand_in(page),
        "skip": lambda: house.platform.skip(page.assignment_id, page.worker_id),
        "accept": lambda: house.accept(page),
        "reject": lambda: house.platform.reject(page.assignment_id, "bad"),
    }
    if status in ALLOWED[action]:
        calls[action]()
        calls[action]()
    else:
        with pytest.raises(WrongState, match=f"{page.assignment_id} is {status}"):
            calls[action]()
        assert house.assignment(page).status is status


def test_solutions_are_kept_as_they_were_given(house: House) -> None:
    """In the order of the page, with their times."""
    house.worker()
    pool = house.pool(*reals(2), mixer=MixerConfig(real_count=2))
    page = house.take("ann", pool)
    submitted = house.clock.move(seconds=90)
    solutions = [Solution(output_values={"label": DOG, "note": "ß"}), solution(CAT)]
    house.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)
    assignment = house.assignment(page)
    assert list(assignment.solutions) == solutions
    assert (assignment.submitted, assignment.duration) == (submitted, timedelta(seconds=90))
    texts = [task.input_values["text"] for task in page.tasks]
    assert [task.input_values["text"] for task in assignment.tasks] == texts


def test_other_solutions_for_a_submitted_page_are_refused(house: House) -> None:
    """An answer is given once."""
    page = make_page(house, STATUSES.SUBMITTED)
    with pytest.raises(WrongState, match="SUBMITTED"):
        house.hand_in(page, DOG)
    assert house.assignment(page).solutions == (solution(CAT),)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ([{"label": "bird"}], "label: expected one of 'cat', 'dog', found 'bird'"),
        ([{}], "label: expected one of 'cat', 'dog', but it is missing"),
        ([{"label": CAT, "note": 7}], "note: expected a string, found 7"),
        ([{"label": CAT, "colour": "red"}], "colour: there is no such field"),
        ([], "has 1 tasks, but 0 solutions"),
        ([{"label": CAT}] * 2, "has 1 tasks, but 2 solutions"),
    ],
    ids=["not allowed", "missing", "type", "unknown", "too few", "too many"],
)
def test_solutions_that_do_not_fit_are_refused(house: House, values: list[dict[str, object]], problem: str) -> None:
    """The error names task and field, and the page stays in hand."""
    page = make_page(house, STATUSES.ACTIVE)
    solutions = [Solution(output_values=each) for each in values]
    with pytest.raises(InvalidData, match=problem):
        house.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)
    assert house.assignment(page).status is STATUSES.ACTIVE
    house.hand_in(page)


def test_the_problems_of_all_tasks_come_at_once(house: House) -> None:
    """A worker is told everything that is wrong, by the ids that the page has."""
    house.worker()
    page = house.take("ann", house.pool(*reals(2), mixer=MixerConfig(real_count=2)))
    with pytest.raises(InvalidData) as caught:
        house.hand_in(page, "bird", "fish")
    assert [problem.split(":")[0] for problem in caught.value.problems] == [f"task {task.id}" for task in page.tasks]


@pytest.mark.parametrize(("seconds", "status"), [(599.999999, STATUSES.SUBMITTED), (600, STATUSES.EXPIRED)])
def test_a_page_is_handed_in_before_its_deadline(house: House, seconds: float, status: AssignmentStatus) -> None:
    """At the deadline it is too late."""
    page = make_page(house, STATUSES.ACTIVE)
    house.clock.move(seconds=seconds)
    if status is STATUSES.EXPIRED:
        with pytest.raises(WrongState, match="is EXPIRED"):
            house.hand_in(page)
    else:
        house.hand_in(page)
    assert house.assignment(page).status is status


def test_an_expiry_happens_at_its_time(house: House) -> None:
    """However late anybody looks, the page expired at its deadline."""
    page = make_page(house, STATUSES.ACTIVE)
    house.clock.move(hours=3)
    assert house.assignment(page).expired == page.deadline


def test_what_is_due_happens_in_the_order_of_time(house: House) -> None:
    """Expiries, the acceptances and the end of a pool are told in the order in which they were due."""
    house.workers("ann", "ben")
    first = house.pool(*reals(1), auto_accept_after=timedelta(minutes=7))
    second = house.pool(*reals(1), expires=house.clock.now() + timedelta(minutes=5))
    house.work("ann", first)
    house.take("ben", second)
    house.clock.move(hours=1)
    events = house.platform.list_events([first.id, second.id]).events
    kinds = [EventKind.POOL_CLOSED, EventKind.ACCEPTED, EventKind.EXPIRED]
    assert [event.kind for event in events[-3:]] == kinds
    assert [event.at.minute for event in events[-3:]] == [5, 7, 10]


def test_auto_accept_pays_at_once(house: House) -> None:
    """A page is accepted in the moment in which it is submitted."""
    house.worker()
    pool = house.pool(*reals(2), auto_accept=True)
    page = house.work("ann", pool)
    assignment = house.assignment(page)
    assert (assignment.status, assignment.accepted) == (STATUSES.ACCEPTED, assignment.submitted)
    assert house.platform.spending(pool.id).paid == Money("0.12")
    assert house.events(pool)[-2:] == [EventKind.SUBMITTED, EventKind.ACCEPTED]


def test_nobody_waits_for_ever(house: House) -> None:
    """A page that nobody judges is accepted when its time has come; a judged one is not judged again."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(2), auto_accept_after=timedelta(days=1))
    waiting, judged = house.work("ann", pool), house.work("ben", pool)
    house.platform.reject(judged.assignment_id, "no")
    due = house.clock.now() + timedelta(days=1)
    assert house.platform.deadline() == due
    house.clock.move(days=2)
    assert (house.assignment(waiting).accepted, house.assignment(judged).status) == (due, STATUSES.REJECTED)


def test_a_rejection_is_taken_back(house: House) -> None:
    """A rejected page may be accepted later; comments and both times are kept."""
    page = make_page(house, STATUSES.SUBMITTED)
    rejected = house.clock.move(minutes=1)
    house.platform.reject(page.assignment_id, "bad")
    assert house.assignment(page).public_comment == "bad"
    accepted = house.clock.move(minutes=1)
    house.platform.accept([page.assignment_id], "sorry")
    assignment = house.assignment(page)
    assert (assignment.status, assignment.public_comment) == (STATUSES.ACCEPTED, "sorry")
    assert (assignment.rejected, assignment.accepted) == (rejected, accepted)


def test_acceptance_is_all_or_nothing(house: House) -> None:
    """One page that cannot be accepted keeps the others as they are."""
    house.workers("ann", "ben")
    pool, other = house.pool(*reals(2)), house.pool(*reals(2))
    good, bad = house.work("ann", pool), house.take("ben", other)
    for wrong in (bad.assignment_id, AssignmentId("x"), AssignmentId(good.assignment_id[:-1] + "9")):
        with pytest.raises(PlatformError):
            house.platform.accept([good.assignment_id, wrong])
    assert house.assignment(good).status is STATUSES.SUBMITTED
    house.hand_in(bad)
    house.platform.accept([good.assignment_id, bad.assignment_id, good.assignment_id])
    assert {house.assignment(page).status for page in (good, bad)} == {STATUSES.ACCEPTED}
    house.platform.accept([])


@pytest.mark.parametrize("call", ["submit", "skip"])
def test_a_page_is_its_workers_own(house: House, call: str) -> None:
    """Nobody else can hand it in or back."""
    page = make_page(house, STATUSES.ACTIVE)
    house.worker("ben")
    ben = WorkerId("ben")
    calls = {
        "skip": lambda: house.platform.skip(page.assignment_id, ben),
        "submit": lambda: house.platform.submit(page.assignment_id, ben, solutions=[solution()]),
    }
    with pytest.raises(NotFound, match="'ben' has no assignment"):
        calls[call]()


def test_assignments_are_listed_in_order(house: House) -> None:
    """Page by page, from behind the last one."""
    workers = house.workers(*(f"w{number}" for number in range(5)))
    pool = house.pool(*reals(5))
    other = house.pool(*reals(5))
    for worker in workers:
        house.take(worker, pool)
        house.take(worker, other)
    first = house.platform.list_assignments(pool.id, limit=3)
    rest = house.platform.list_assignments(pool.id, first[-1].id, limit=3)
    ids = [assignment.id for assignment in (*first, *rest)]
    assert (len(ids), ids) == (5, sorted(ids))
    assert [assignment.worker_id for assignment in (*first, *rest)] == workers
