"""The tables ``[params]`` and ``[workers]``: what is chosen for a launch."""

from collections.abc import Mapping
from datetime import timedelta

from manyhands.launches import AggregationAlgorithm, Params, WorkerFilter, WorkerGroup
from manyhands.planning import PoolPricingConfig
from manyhands.quality import Control, Overlap, parse_overlap

from .section import Section

__all__ = ["read_params", "read_pricing", "read_workers"]

_EXPECTED_PAGE = "a table with assignment_price, real_tasks_count and control_tasks_count"
_EXPECTED_OVERLAP = 'answers per object such as "3", or "2-5" to ask until the label is confident'
_EXPECTED_CONFIDENCE = "a probability such as 0.9, or one per label such as { yes = 0.9, no = 0.8 }"

#: The ages that a group admits when the file names none; minors may not work on most platforms.
_ADULTS = (18, None)


def read_pricing(section: Section) -> PoolPricingConfig | None:
    """Return the price of a page and the tasks on it; None when the table has problems, which are noted."""
    price = section.amount("assignment_price")
    real_count = section.count("real_tasks_count")
    control_count = section.find_count("control_tasks_count") or 0
    section.finish()
    return section.build(
        lambda: PoolPricingConfig(
            assignment_price=price, real_tasks_count=real_count, control_tasks_count=control_count
        )
    )


def read_params(section: Section, *, control: Control, worker_filter: WorkerFilter | None) -> Params | None:
    """Return the params; None when the table has problems, which are noted.

    Args:
        section: the table ``[params]``.
        control: the rules of the launch.
        worker_filter: who may work; None admits everybody.
    """
    hint = section.duration("task_duration_hint")
    pricing = read_pricing(section.section("page", _EXPECTED_PAGE))
    overlap = _read_overlap(section)
    algorithm = section.choice(
        "aggregation_algorithm", AggregationAlgorithm, default=AggregationAlgorithm.MAX_LIKELIHOOD
    )
    is_exclusive = section.flag("exclusive_workers", default=False)
    attempts = section.find_count("max_attempts")
    assignment_duration = section.find_duration("assignment_duration")
    lifetime = section.find_duration("pool_lifetime") or timedelta(days=30)
    section.finish()
    if pricing is None or overlap is None:
        return None
    return section.build(
        lambda: Params(
            task_duration_hint=hint,
            pricing_config=pricing,
            overlap=overlap,
            control=control,
            worker_filter=worker_filter,
            aggregation_algorithm=algorithm,
            exclusive_workers=is_exclusive,
            max_attempts=attempts,
            assignment_duration=assignment_duration,
            pool_lifetime=lifetime,
        )
    )


def _read_overlap(section: Section) -> Overlap | None:
    text = section.text_or_count("overlap", _EXPECTED_OVERLAP)
    confidence = _read_confidence(section, is_needed="-" in text)
    if not text or confidence is None or section.has_problems("confidence"):
        return None
    return section.attempt(lambda: parse_overlap(text, confidence), "overlap")


def _read_confidence(section: Section, *, is_needed: bool) -> float | Mapping[str, float] | None:
    if not section.has("confidence"):
        if is_needed:
            section.note(f"missing; expected {_EXPECTED_CONFIDENCE}", "confidence")
        return None if is_needed else 0.0
    if not section.is_table("confidence"):
        return section.number("confidence", _EXPECTED_CONFIDENCE)
    labels = section.section("confidence", _EXPECTED_CONFIDENCE)
    return {label: labels.number(label, "a probability from 0 to 1") for label in labels}


def read_workers(section: Section) -> WorkerFilter | None:
    """Return who may work; None when the table has problems, which are noted."""
    groups = [_read_group(table) for table in section.sections("groups", "[[workers.groups]] tables")]
    score = section.number("training_score") if section.has("training_score") else None
    section.finish()
    return section.build(lambda: WorkerFilter(groups, training_score=score))


def _read_group(section: Section) -> WorkerGroup:
    languages, countries, devices = (section.texts(key) for key in ("languages", "countries", "client_types"))
    skills = section.section("skills", "a table of skills and their smallest value") if section.has("skills") else None
    ages = _read_ages(section)
    section.finish()
    return WorkerGroup(
        languages=frozenset(languages),
        countries=frozenset(countries),
        age_range=ages,
        client_types=frozenset(devices),
        skills=() if skills is None else tuple((key, skills.number(key)) for key in skills),
    )


def _read_ages(section: Section) -> tuple[int | None, int | None]:
    youngest, oldest = (section.find_count(key) for key in ("min_age", "max_age"))
    return _ADULTS if youngest is None and oldest is None else (youngest or None, oldest)
