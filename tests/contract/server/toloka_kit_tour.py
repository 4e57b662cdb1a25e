"""Calls an unmodified `TolokaClient` method by method against a server; prints what did not work as JSON, ``{method: error}``.

Runs in an environment of its own, because toloka-kit needs old versions of what it depends on:

    pip install 'toloka-kit==1.2.3' 'httpx<0.28' 'cattrs<26' 'setuptools<82' pandas
    python toloka_kit_tour.py http://127.0.0.1:8000 TOKEN WORKER POOL_WITH_ANSWERS POOL_WITH_FILE
"""

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import toloka.client as toloka  # type: ignore[import-not-found]  # in an environment of its own
from toloka.client import project as parts


class Tour:
    """What was called so far, and what did not work."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}

    def stop(self, name: str, call: Callable[[], Any]) -> Any:
        """Call a method and return what it returns; None when it fails."""
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - a tour goes on to the next stop
            self.failed[name] = f"{type(error).__name__}: {error}"[:300]
            return None


def main(url: str, token: str, worker_id: str, answered_pool_id: str, file_pool_id: str) -> None:
    """Call everything."""
    tour, client = Tour(), toloka.TolokaClient(token, url=url, retries=0)
    tour.stop("get_requester", client.get_requester)
    project = _visit_projects(tour, client)
    pool = _visit_pools(tour, client, project)
    _visit_tasks(tour, client, pool)
    _visit_task_suites(tour, client, project, pool)
    _visit_assignments(tour, client, answered_pool_id)
    _visit_files(tour, client, file_pool_id)
    _visit_people(tour, client, project, worker_id)
    _visit_messages(tour, client, worker_id)
    _visit_webhooks(tour, client, answered_pool_id)
    _visit_numbers(tour, client, answered_pool_id)
    _visit_trainings(tour, client, project)
    _visit_changes(tour, client, worker_id)
    print(json.dumps(tour.failed))


def _visit_projects(tour: Tour, client: Any) -> Any:
    spec = parts.task_spec.TaskSpec(
        input_spec={"image": parts.UrlSpec(required=True), "id": parts.StringSpec(required=True, hidden=True)},
        output_spec={"label": parts.StringSpec(allowed_values=["cat", "dog"])},
        view_spec=parts.ClassicViewSpec(markup="<img>", script="", styles="", assets={}),
    )
    form = toloka.Project(public_name="Pets", public_description="Tell them apart", task_spec=spec)
    project = tour.stop("create_project", lambda: client.create_project(form))
    tour.stop("get_project", lambda: client.get_project(project.id))
    tour.stop("find_projects", lambda: client.find_projects(status="ACTIVE"))
    tour.stop("get_projects", lambda: list(client.get_projects(status="ACTIVE")))
    tour.stop("update_project", lambda: client.update_project(project.id, project))
    tour.stop("clone_project", lambda: client.clone_project(project.id))
    return project


def _pool_form(project: Any) -> Any:
    pool = toloka.Pool(
        project_id=project.id,
        private_name="basket",
        may_contain_adult_content=False,
        will_expire=datetime.now(UTC) + timedelta(days=30),
        reward_per_assignment=0.02,
        assignment_max_duration_seconds=600,
        auto_accept_solutions=False,
        auto_accept_period_day=14,
        defaults=toloka.Pool.Defaults(default_overlap_for_new_tasks=2, default_overlap_for_new_task_suites=2),
        filter=toloka.filter.Languages.in_("EN"),
    )
    pool.set_mixer_config(real_tasks_count=2, golden_tasks_count=1, training_tasks_count=0)
    pool.quality_control.add_action(
        collector=toloka.collectors.GoldenSet(history_size=5),
        conditions=[toloka.conditions.GoldenSetCorrectAnswersRate < 50],
        action=toloka.actions.RestrictionV2(scope="PROJECT", duration=1, duration_unit="HOURS"),
    )
    return pool


def _visit_pools(tour: Tour, client: Any, project: Any) -> Any:
    pool = tour.stop("create_pool", lambda: client.create_pool(_pool_form(project)))
    tour.stop("get_pool", lambda: client.get_pool(pool.id))
    tour.stop("find_pools", lambda: client.find_pools(project_id=project.id))
    tour.stop("get_pools", lambda: list(client.get_pools()))
    tour.stop("clone_pool", lambda: client.clone_pool(pool.id))
    tour.stop("archive_pool", lambda: client.archive_pool(client.clone_pool(pool.id).id))
    return pool


def _task(pool: Any, name: str, **more: Any) -> Any:
    return toloka.Task(pool_id=pool.id, input_values={"image": "http://pets.example/1.jpg", "id": name}, **more)


def _visit_tasks(tour: Tour, client: Any, pool: Any) -> None:
    known = [toloka.task.BaseTask.KnownSolution(output_values={"label": "cat"})]
    gold = [_task(pool, f"gold {n}", known_solutions=known, infinite_overlap=True) for n in range(3)]
    for mode in (True, False):
        tour.stop(
            f"create_tasks async_mode={mode}",
            partial(_create_three, client, gold, is_async=mode),
        )
    task = tour.stop("create_task", lambda: client.create_task(_task(pool, "one", overlap=3)))
    operation = tour.stop("create_tasks_async", lambda: client.create_tasks_async([_task(pool, "two", overlap=3)]))
    tour.stop("wait_operation", lambda: client.wait_operation(operation))
    tour.stop("get_operation_log", lambda: _equal(len(list(client.get_operation_log(operation.id))), 1))
    tour.stop("find_operations", client.find_operations)
    tour.stop("get_operations", lambda: list(client.get_operations()))
    tour.stop("get_task", lambda: client.get_task(task.id))
    tour.stop("get_tasks", lambda: _equal(len(list(client.get_tasks(pool_id=pool.id, batch_size=3))), 8))
    tour.stop(
        "patch_task_overlap_or_min", lambda: _equal(client.patch_task_overlap_or_min(task.id, overlap=5).overlap, 5)
    )
    for method in ("open_pool", "open_pool", "close_pool", "close_pool"):
        tour.stop(method, partial(getattr(client, method), pool.id))


def _create_three(client: Any, tasks: list[Any], *, is_async: bool) -> None:
    _equal(len(client.create_tasks(tasks, allow_defaults=True, async_mode=is_async).items), 3)


def _suite(pool: Any, name: str, **more: Any) -> Any:
    tasks = [toloka.task.BaseTask(input_values={"image": f"http://pets.example/{n}.jpg", "id": name}) for n in (1, 2)]
    return toloka.TaskSuite(pool_id=pool.id, tasks=tasks, **more)


def _visit_task_suites(tour: Tour, client: Any, project: Any, mixed_pool: Any) -> None:
    form = _pool_form(project)
    form.mixer_config = None
    form.assignments_issuing_config = toloka.Pool.AssignmentsIssuingConfig(issue_task_suites_in_creation_order=True)
    pool = tour.stop("create_pool without a mixer", lambda: client.create_pool(form))
    tour.stop("its issuing config", lambda: _equal(pool.assignments_issuing_config, form.assignments_issuing_config))
    suite = tour.stop("create_task_suite", lambda: client.create_task_suite(_suite(pool, "one", overlap=3)))
    tour.stop("what create_task_suite returns", lambda: _equal((len(suite.tasks), suite.remaining_overlap), (2, 3)))
    for mode in (True, False):
        tour.stop(f"create_task_suites async_mode={mode}", partial(_create_two, client, pool, is_async=mode))
    started = tour.stop(
        "create_task_suites_async",
        lambda: client.create_task_suites_async([_suite(pool, "all", infinite_overlap=True)], allow_defaults=False),
    )
    tour.stop("wait_operation on suites", lambda: _equal(client.wait_operation(started).details["success_count"], 1))
    tour.stop("get_task_suite", lambda: _equal(client.get_task_suite(suite.id), suite))
    tour.stop("find_task_suites", lambda: _equal(len(client.find_task_suites(pool_id=pool.id, limit=4).items), 4))
    tour.stop("get_task_suites", lambda: _equal(len(list(client.get_task_suites(pool_id=pool.id, batch_size=2))), 6))
    tour.stop("get_tasks of suites", lambda: _equal(len(list(client.get_tasks(pool_id=pool.id))), 12))
    patches: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
        ({"overlap": 5, "issuing_order_override": 10.4}, (5, False, 10.4)),
        ({"infinite_overlap": True, "open_pool": True}, (None, True, 10.4)),
    ]
    for patch, expected in patches:
        tour.stop(f"patch_task_suite {patch}", partial(_patch_suite, client, suite.id, patch, expected=expected))
    tour.stop("open_pool of patch_task_suite", lambda: _equal(client.get_pool(pool.id).status.value, "OPEN"))
    tour.stop(
        "patch_task_suite_overlap_or_min",
        lambda: _equal(client.patch_task_suite_overlap_or_min(suite.id, overlap=0).overlap, 0),
    )
    for name, call in (
        ("MIXER_CONFIG_REQUIRED", lambda: client.create_task(_task(pool, "stray", overlap=1))),
        ("POOL_TASK_TYPE_CONFLICT", lambda: client.create_task_suite(_suite(mixed_pool, "stray", overlap=1))),
    ):
        tour.stop(f"refusal {name}", partial(_expect_refusal, call, name))


def _create_two(client: Any, pool: Any, *, is_async: bool) -> None:
    suites = [_suite(pool, f"{n} {is_async}") for n in range(2)]
    made = client.create_task_suites(suites, allow_defaults=True, async_mode=is_async)
    _equal([made.items[place].overlap for place in ("0", "1")], [2, 2])


def _patch_suite(client: Any, suite_id: str, patch: dict[str, Any], *, expected: tuple[Any, ...]) -> None:
    suite = client.patch_task_suite(suite_id, **patch)
    _equal((suite.overlap, suite.infinite_overlap, float(suite.issuing_order_override)), expected)


def _expect_refusal(call: Callable[[], Any], code: str) -> None:
    try:
        call()
    except toloka.exceptions.ApiError as error:
        _equal(code if code in f"{error.code} {error.payload}" else error, code)
    else:
        message = f"expected {code}"
        raise ValueError(message)


def _visit_assignments(tour: Tour, client: Any, pool_id: str) -> None:
    found = tour.stop("get_assignments", lambda: list(client.get_assignments(pool_id=pool_id, status=["SUBMITTED"])))
    tour.stop("find_assignments", lambda: client.find_assignments(pool_id=pool_id))
    tour.stop("get_assignment", lambda: client.get_assignment(found[0].id))
    tour.stop("accept_assignment", lambda: _equal(client.accept_assignment(found[0].id, "").status.value, "ACCEPTED"))
    tour.stop("reject_assignment", lambda: _equal(client.reject_assignment(found[1].id, "no").status.value, "REJECTED"))
    tour.stop("get_assignments_df", lambda: _equal(len(client.get_assignments_df(pool_id)), 1))


def _visit_files(tour: Tour, client: Any, pool_id: str) -> None:
    found = tour.stop("find_attachments", lambda: client.find_attachments(pool_id=pool_id, sort=["-created"]).items)
    tour.stop("get_attachments", lambda: _equal(len(list(client.get_attachments(pool_id=pool_id, batch_size=1))), 1))
    assignment = tour.stop("get_assignments", lambda: next(iter(client.get_assignments(pool_id=pool_id))))
    # The value of an answer is the id of the file, whatever type the field has.
    tour.stop("answer", lambda: _equal(assignment.solutions[0].output_values["record"], found[0].id))
    tour.stop("get_attachment", lambda: _equal(client.get_attachment(found[0].id).name, "a.wav"))
    content = io.BytesIO()
    tour.stop("download_attachment", lambda: client.download_attachment(found[0].id, content))
    tour.stop("content", lambda: _equal(content.getvalue(), b"RIFF....WAVE"))


def _visit_people(tour: Tour, client: Any, project: Any, worker_id: str) -> None:
    skill = tour.stop("create_skill", lambda: client.create_skill(name="expert"))
    tour.stop("get_skill", lambda: client.get_skill(skill.id))
    tour.stop("get_skills", lambda: _equal(len(list(client.get_skills(name="expert"))), 1))
    value = tour.stop(
        "set_user_skill", lambda: client.set_user_skill(skill_id=skill.id, user_id=worker_id, value=Decimal("85.5"))
    )
    tour.stop("get_user_skill", lambda: _equal(client.get_user_skill(value.id).exact_value, Decimal("85.5")))
    tour.stop("get_user_skills", lambda: _equal(len(list(client.get_user_skills(user_id=worker_id))), 1))
    tour.stop("delete_user_skill", lambda: client.delete_user_skill(value.id))
    form = toloka.user_restriction.ProjectUserRestriction(
        user_id=worker_id, project_id=project.id, private_comment="no"
    )
    restriction = tour.stop("set_user_restriction", lambda: client.set_user_restriction(form))
    tour.stop("get_user_restriction", lambda: client.get_user_restriction(restriction.id))
    tour.stop("get_user_restrictions", lambda: _equal(len(list(client.get_user_restrictions())), 1))
    tour.stop("delete_user_restriction", lambda: client.delete_user_restriction(restriction.id))
    bonus = toloka.UserBonus(user_id=worker_id, amount=Decimal("1.5"), private_comment="good", without_message=True)
    paid = tour.stop("create_user_bonus", lambda: client.create_user_bonus(bonus))
    tour.stop("create_user_bonuses", lambda: client.create_user_bonuses([bonus]))
    tour.stop("create_user_bonuses_async", lambda: client.wait_operation(client.create_user_bonuses_async([bonus])))
    tour.stop("get_user_bonus", lambda: _equal(client.get_user_bonus(paid.id).amount, Decimal("1.5")))
    tour.stop("get_user_bonuses", lambda: _equal(len(list(client.get_user_bonuses())), 3))
    tour.stop("get_user", lambda: client.get_user(worker_id))


def _visit_messages(tour: Tour, client: Any, worker_id: str) -> None:
    form = toloka.message_thread.MessageThreadCompose(
        recipients_select_type="DIRECT",
        recipients_ids=[worker_id],
        topic={"EN": "News"},
        text={"EN": "Hello"},
        answerable=True,
    )
    thread = tour.stop("compose_message_thread", lambda: client.compose_message_thread(form))
    nobody = toloka.message_thread.MessageThreadCompose(
        recipients_select_type="FILTER",
        recipients_filter=toloka.filter.Languages.in_("XX"),
        topic={"EN": "News"},
        text={"EN": "Hello"},
        answerable=True,
    )
    tour.stop("compose_message_thread to nobody", lambda: _refused(client, nobody))
    answer = toloka.message_thread.MessageThreadReply(text={"EN": "More"})
    replied = tour.stop("reply_message_thread", lambda: client.reply_message_thread(thread.id, answer))
    tour.stop("messages", lambda: _equal([entry.text["EN"] for entry in replied.messages], ["More", "Hello"]))
    tour.stop("find_message_threads", lambda: _equal(len(client.find_message_threads(folder="OUTBOX").items), 1))
    tour.stop("get_message_threads", lambda: _equal(len(list(client.get_message_threads(folder_ne=["INBOX"]))), 1))
    added = tour.stop(
        "add_message_thread_to_folders", lambda: client.add_message_thread_to_folders(thread.id, ["IMPORTANT"])
    )
    tour.stop("folders", lambda: _equal([folder.value for folder in added.folders], ["IMPORTANT", "OUTBOX"]))
    tour.stop(
        "remove_message_thread_from_folders",
        lambda: client.remove_message_thread_from_folders(thread.id, ["IMPORTANT"]),
    )


def _refused(client: Any, form: Any) -> None:
    try:
        client.compose_message_thread(form)
    except toloka.exceptions.IncorrectActionsApiError as error:
        _equal(error.code, "INCORRECT_RECIPIENTS")
    else:
        message = "a message to nobody was sent"
        raise ValueError(message)


def _visit_webhooks(tour: Tour, client: Any, pool_id: str) -> None:
    forms = [
        toloka.webhook_subscription.WebhookSubscription(
            webhook_url="https://example.com/hook",
            event_type=event_type,
            pool_id=pool_id,
            secret_key="12345",  # noqa: S106 - of this tour
        )
        for event_type in ("ASSIGNMENT_CREATED", "POOL_CLOSED")
    ]
    made = tour.stop("upsert_webhook_subscriptions", lambda: client.upsert_webhook_subscriptions(forms).items)
    tour.stop("upsert again", lambda: _equal(client.upsert_webhook_subscriptions(forms).items["1"].id, made["1"].id))
    found = tour.stop("get_webhook_subscription", lambda: client.get_webhook_subscription(made["1"].id))
    tour.stop("event type", lambda: _equal(found.event_type.value, "POOL_CLOSED"))
    tour.stop(
        "find_webhook_subscriptions",
        lambda: _equal(len(client.find_webhook_subscriptions(event_type="POOL_CLOSED").items), 1),
    )
    tour.stop(
        "get_webhook_subscriptions",
        lambda: _equal(len(list(client.get_webhook_subscriptions(pool_id=pool_id))), 2),
    )
    for subscription in made.values():
        tour.stop("delete_webhook_subscription", partial(client.delete_webhook_subscription, subscription.id))
    tour.stop("deleted", lambda: _equal(len(list(client.get_webhook_subscriptions())), 0))


def _visit_numbers(tour: Tour, client: Any, pool_id: str) -> None:
    questions = [toloka.analytics_request.RealTasksCountPoolAnalytics(subject_id=pool_id)]
    tour.stop("get_analytics", lambda: client.wait_operation(client.get_analytics(questions)))
    field = toloka.aggregation.PoolAggregatedSolutionRequest.Field(name="label")
    skill = client.create_skill(name="eye")

    def aggregate() -> None:
        operation = client.aggregate_solutions_by_pool(
            type="WEIGHTED_DYNAMIC_OVERLAP", pool_id=pool_id, answer_weight_skill_id=skill.id, fields=[field]
        )
        done = client.wait_operation(operation)
        _equal(len(list(client.get_aggregated_solutions(done.id))), 1)

    tour.stop("aggregate_solutions_by_pool", aggregate)


def _visit_trainings(tour: Tour, client: Any, project: Any) -> None:
    form = toloka.Training(
        project_id=project.id,
        private_name="first steps",
        assignment_max_duration_seconds=60,
        mix_tasks_in_creation_order=True,
        shuffle_tasks_in_task_suite=True,
        training_tasks_in_task_suite_count=1,
        task_suites_required_to_pass=1,
        inherited_instructions=True,
    )
    training = tour.stop("create_training", lambda: client.create_training(form))
    known = [toloka.task.BaseTask.KnownSolution(output_values={"label": "cat"})]
    task = _task(training, "lesson", known_solutions=known, message_on_unknown_solution="Look again")
    tour.stop("create_tasks of a training", lambda: client.create_tasks([task], allow_defaults=True))
    tour.stop("get_trainings", lambda: _equal(len(list(client.get_trainings(project_id=project.id))), 1))
    for method in ("get_training", "get_pool", "open_training", "clone_training", "close_training", "archive_training"):
        tour.stop(f"{method} of a training", partial(getattr(client, method), training.id))


def _visit_changes(tour: Tour, client: Any, worker_id: str) -> None:
    """Change everything that can be changed, and put it away."""
    project = client.create_project(client.get_project(next(client.get_projects()).id))
    pool = client.create_pool(_pool_form(project))
    task = client.create_task(_task(pool, "one", overlap=3))
    _change_project(tour, client, project)
    _change_pool(tour, client, pool)
    _change_task(tour, client, task)
    _change_skill(tour, client, worker_id)
    training = _change_training(tour, client, project)
    tour.stop("archive_pool_async", lambda: client.wait_operation(client.archive_pool_async(pool.id)))
    tour.stop("archive_training_async", lambda: client.wait_operation(client.archive_training_async(training.id)))
    tour.stop("archive_project", lambda: _equal(client.archive_project(project.id).status.value, "ARCHIVED"))
    tour.stop("archive_project_async", lambda: client.wait_operation(client.archive_project_async(project.id)))
    tour.stop("get_projects ARCHIVED", lambda: _equal([p.id for p in client.get_projects("ARCHIVED")], [project.id]))
    tour.stop("get_project ARCHIVED", lambda: _equal(client.get_project(project.id).public_name, "Wild pets"))


def _change_project(tour: Tour, client: Any, project: Any) -> None:
    def check() -> str:
        return str(client.check_update_project_for_major_version_change(project.id, project).value)

    tour.stop("check_update_project EQUAL", lambda: _equal(check(), "EQUAL"))
    project.public_name, project.max_active_assignments_count = "Wild pets", 3
    tour.stop("check_update_project NON_BREAKING_CHANGE", lambda: _equal(check(), "NON_BREAKING_CHANGE"))
    tour.stop(
        "update_project", lambda: _equal(client.update_project(project.id, project), client.get_project(project.id))
    )
    tour.stop("update_project count", lambda: _equal(client.get_project(project.id).max_active_assignments_count, 3))
    spec = project.task_spec.output_spec
    project.task_spec.output_spec = {**spec, "colour": parts.StringSpec(required=True)}
    tour.stop("check_update_project BREAKING_CHANGE", lambda: _equal(check(), "BREAKING_CHANGE"))


def _change_pool(tour: Tour, client: Any, pool: Any) -> None:
    tour.stop("open_pool_async", lambda: client.wait_operation(client.open_pool_async(pool.id)))
    tour.stop("patch_pool", lambda: _equal(client.patch_pool(pool.id, priority=77).priority, 77))
    tour.stop(
        "close_pool_for_update",
        lambda: _equal(client.close_pool_for_update(pool.id).last_close_reason.value, "FOR_UPDATE"),
    )
    tour.stop("close_pool_for_update_async", lambda: _equal(client.close_pool_for_update_async(pool.id), None))
    changed = client.get_pool(pool.id)
    changed.reward_per_assignment, changed.public_description = 0.05, "For children"
    changed.will_expire += timedelta(days=30)
    wanted = (toloka.filter.Languages.in_("EN"), toloka.filter.Skill("1") > 50)
    changed.filter = toloka.filter.FilterAnd([toloka.filter.FilterOr([condition]) for condition in wanted])
    changed.quality_control.add_action(
        collector=toloka.collectors.SkippedInRowAssignments(uuid=uuid4()),
        conditions=[toloka.conditions.SkippedInRowCount >= 3],
        action=toloka.actions.RestrictionV2(scope="POOL", duration=1, duration_unit="DAYS"),
    )
    tour.stop("update_pool", lambda: _equal(client.update_pool(pool.id, changed), client.get_pool(pool.id)))
    for field in (
        "reward_per_assignment",
        "public_description",
        "will_expire",
        "filter",
        "quality_control",
        "priority",
    ):
        tour.stop(f"update_pool {field}", partial(_equal_fields, client.get_pool(pool.id), changed, field))
    tour.stop("open_pool again", lambda: client.open_pool(pool.id))
    tour.stop("close_pool_async", lambda: client.wait_operation(client.close_pool_async(pool.id)))


def _change_task(tour: Tour, client: Any, task: Any) -> None:
    known = [toloka.task.BaseTask.KnownSolution(output_values={"label": "dog"}, correctness_weight=0.5)]
    baseline = [toloka.Task.BaselineSolution(output_values={"label": "cat"}, confidence_weight=0.5)]
    patch = toloka.task.TaskPatch(
        infinite_overlap=True,
        known_solutions=known,
        baseline_solutions=baseline,
        message_on_unknown_solution="Look again",
    )
    changed = tour.stop("patch_task", lambda: client.patch_task(task.id, patch))
    for field in ("infinite_overlap", "known_solutions", "baseline_solutions", "message_on_unknown_solution"):
        tour.stop(f"patch_task {field}", partial(_equal_fields, changed, patch, field))
    tour.stop("patch_task overlap", lambda: _equal(client.patch_task(task.id, overlap=4).overlap, 4))
    tour.stop(
        "patch_task_overlap_or_min 0", lambda: _equal(client.patch_task_overlap_or_min(task.id, overlap=0).overlap, 0)
    )
    tour.stop("find_tasks", lambda: _equal(len(client.find_tasks(pool_id=task.pool_id).items), 1))


def _change_skill(tour: Tour, client: Any, worker_id: str) -> None:
    form = toloka.Skill(
        name="ear",
        public_name={"EN": "Ear"},
        public_requester_description={"EN": "Hears well"},
        private_comment="mine",
        hidden=False,
        skill_ttl_hours=24,
    )
    skill = tour.stop("create_skill with everything", lambda: client.create_skill(form))
    fields = ("name", "public_name", "public_requester_description", "private_comment", "hidden", "skill_ttl_hours")
    for field in fields:
        tour.stop(f"create_skill {field}", partial(_equal_fields, skill, form, field))
    skill.name, skill.skill_ttl_hours, skill.public_name = "hearing", 48, {"EN": "Hearing", "DE": "Gehör"}
    changed = tour.stop("update_skill", lambda: client.update_skill(skill.id, skill))
    for field in fields:
        tour.stop(f"update_skill {field}", partial(_equal_fields, changed, skill, field))
    tour.stop("find_skills", lambda: _equal(client.find_skills(name="hearing").items, [client.get_skill(skill.id)]))
    value = client.set_user_skill(skill_id=skill.id, user_id=worker_id, value=Decimal(10))
    again = client.set_user_skill(skill_id=skill.id, user_id=worker_id, value=Decimal(20))
    tour.stop("set_user_skill again", lambda: _equal((again.id, again.created), (value.id, value.created)))
    tour.stop("find_user_skills", lambda: _equal(client.find_user_skills(skill_id=skill.id).items, [again]))


def _change_training(tour: Tour, client: Any, project: Any) -> Any:
    form = toloka.Training(
        project_id=project.id,
        private_name="lessons",
        training_tasks_in_task_suite_count=1,
        task_suites_required_to_pass=1,
        inherited_instructions=True,
    )
    training = client.create_training(form)
    known = [toloka.task.BaseTask.KnownSolution(output_values={"label": "cat"})]
    task = _task(training, "lesson", known_solutions=known, message_on_unknown_solution="Look again")
    client.create_task(task, allow_defaults=True)
    tour.stop("open_training_async", lambda: client.wait_operation(client.open_training_async(training.id)))
    tour.stop("close_training_async", lambda: client.wait_operation(client.close_training_async(training.id)))
    training.private_name, training.retry_training_after_days = "more lessons", 7
    training.inherited_instructions, training.public_instructions = False, "<p>Look</p>"
    changed = tour.stop("update_training", lambda: client.update_training(training.id, training))
    for field in ("private_name", "retry_training_after_days", "inherited_instructions", "public_instructions"):
        tour.stop(f"update_training {field}", partial(_equal_fields, changed, training, field))
    tour.stop("find_trainings", lambda: _equal(len(client.find_trainings(project_id=project.id).items), 1))
    return training


def _equal_fields(found: Any, wanted: Any, field: str) -> None:
    _equal(getattr(found, field), getattr(wanted, field))


def _equal(found: object, wanted: object) -> None:
    if found != wanted:
        message = f"expected {wanted!r}, found {found!r}"
        raise ValueError(message)


if __name__ == "__main__":
    main(*sys.argv[1:])
