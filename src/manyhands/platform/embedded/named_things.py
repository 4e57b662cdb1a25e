"""Whether what the configs of pools and projects name is there: skills, trainings and output fields."""

from collections.abc import Iterable

from manyhands.crowd import PoolConfig, ProjectConfig, QualityRule, SkillId, TrainingRequirement
from manyhands.errors import InvalidParams, NotFound

from .books import Books
from .growing_overlap import find_overlap_problems
from .ids import parse_number
from .pool_checks import skills_of_pool, skills_of_rules
from .skill_rows import find_own_skill

__all__ = ["check_named_by_pool", "check_named_by_rules"]


def check_named_by_pool(books: Books, config: PoolConfig, *, requester: str, project: ProjectConfig) -> None:
    """Check what the config of a pool of this project names.

    Raises:
        InvalidParams: an output field, or a training, is none.
        NotFound: the requester has no such skill or training.
    """
    growing = config.growing_overlap
    found = [] if growing is None else find_overlap_problems(growing, project.output_spec)
    problems = [f"growing_overlap: {problem}" for problem in found]
    _check_skills(books, skills_of_pool(config), requester=requester)
    if config.training_requirement is not None:
        problems.extend(_requirement_problems(books, config.training_requirement, requester=requester))
    if problems:
        raise InvalidParams(f"pool {config.key!r} cannot work", problems)


def check_named_by_rules(books: Books, rules: Iterable[QualityRule], *, requester: str) -> None:
    """Check what quality rules name.

    Raises:
        NotFound: the requester has no such skill.
    """
    _check_skills(books, skills_of_rules(rules), requester=requester)


def _requirement_problems(books: Books, requirement: TrainingRequirement, *, requester: str) -> list[str]:
    training_id = requirement.training_pool_id
    training = books.catalogue.current_pool(books.transaction, parse_number("pool", training_id))
    if training.requester != requester:
        raise NotFound(f"requester {requester!r} has no pool {training_id}")
    if requirement.skill_id is None and training.training_skill is None:
        return [f"training_requirement: pool {training_id} is no training, and no skill is named"]
    return []


def _check_skills(books: Books, skill_ids: Iterable[SkillId], *, requester: str) -> None:
    for skill_id in dict.fromkeys(skill_ids):
        find_own_skill(books.transaction, skill_id, requester=requester)
