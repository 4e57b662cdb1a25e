"""A project about cats and dogs: its view, trainings, and work that requires them."""

from manyhands.crowd import (
    KnownSolution,
    MixerConfig,
    Money,
    PoolId,
    PoolType,
    TaskDraft,
    TrainingRequirement,
    TrainingTerms,
)
from tests.web.site import Site

__all__ = ["VIEW", "WRITING", "lesson", "training", "work_behind"]

VIEW = {
    "type": "view.list",
    "items": [
        {"type": "view.text", "content": {"type": "data.input", "path": "text"}},
        {
            "type": "field.radio-group",
            "data": {"type": "data.output", "path": "v"},
            "options": [{"value": "cat", "label": "Cat"}, {"value": "dog", "label": "Dog"}],
            "validation": {"type": "condition.required", "hint": "Choose one"},
        },
    ],
}
WRITING = {
    "type": "field.text",
    "label": "What says a cat?",
    "data": {"type": "data.output", "path": "v"},
    "validation": {"type": "condition.required", "hint": "Write something"},
}


def lesson(key: str, right: str, *, hint: str | None = "Look at the ears.") -> TaskDraft:
    """Return a task with a known answer."""
    known = (KnownSolution(output_values={"v": right}),)
    return TaskDraft(key=key, input_values={"text": f"picture {key}"}, known_solutions=known, hint=hint, overlap=None)


def training(site: Site, *lessons: TaskDraft, view: object = VIEW, page_size: int = 2) -> PoolId:
    """Open a training of these lessons."""
    pool = {
        "type": PoolType.TRAINING,
        "reward": Money(0),
        "auto_accept": False,
        "mixer": MixerConfig(
            real_count=0, training_count=page_size, is_creation_order_kept=True, is_page_shuffled=False
        ),
        "training_terms": TrainingTerms(),
    }
    return site.publish(view, lessons, pool=pool, name="Cats and dogs", key="animals")


def work_behind(site: Site, taught: PoolId, *, passing_skill: float, view: object = VIEW) -> PoolId:
    """Open work of one task that requires a training."""
    requirement = TrainingRequirement(training_pool_id=taught, passing_skill=passing_skill)
    pool = {"key": "work", "training_requirement": requirement}
    return site.publish(view, [{"text": "a real one"}], pool=pool, name="Cats and dogs", key="animals")
