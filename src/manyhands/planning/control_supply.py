"""How far the control objects go: a worker sees each of them once, and no page goes without."""

from dataclasses import dataclass

from manyhands.errors import InvalidParams

from .pool_pricing import PoolPricingConfig

__all__ = ["ControlSupply", "control_supply"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSupply:
    """How many pages the control objects allow, and how many workers that makes necessary.

    Attributes:
        page_count: pages that hold every object once.
        control_showing_count: how often control tasks are shown in all pages of the launch.
        pages_per_worker: most pages that one worker can do.
        missing_control_count: control objects to add so that one worker could do a page for every object.
        smallest_crowd: fewest workers who could finish; None when no worker can get a page.
    """

    page_count: int
    control_showing_count: int
    pages_per_worker: int
    missing_control_count: int
    smallest_crowd: int | None

    @property
    def is_enough_for_one_worker(self) -> bool:
        """Whether a worker who never stops runs out of objects before running out of control tasks."""
        return self.missing_control_count == 0


def control_supply(object_count: int, control_count: int, *, pricing: PoolPricingConfig, overlap: int) -> ControlSupply:
    """Return how far `control_count` control objects go.

    The smallest crowd is exact for workers who take all the pages they can: each of them answers an object at most once,
    so there are at least `overlap` of them, and each has only `pages_per_worker` pages.

    Args:
        object_count: input objects.
        control_count: control objects, each shown to a worker once.
        pricing: the tasks on a page.
        overlap: answers wanted per object; for a dynamic overlap the most.

    Raises:
        InvalidParams: a count is negative or the overlap is below 1.

    Example:
        >>> pricing = PoolPricingConfig(assignment_price=0.05, real_tasks_count=10, control_tasks_count=2)
        >>> supply = control_supply(100, 6, pricing=pricing, overlap=3)
        >>> supply.pages_per_worker, supply.smallest_crowd, supply.missing_control_count
        (3, 10, 14)
    """
    if object_count < 0 or control_count < 0 or overlap < 1:
        message = (
            f"There are {object_count} objects, {control_count} control objects and an overlap of {overlap}; "
            "expected no negative count and an overlap of at least 1."
        )
        raise InvalidParams(message)
    real, control = pricing.real_tasks_count, pricing.control_tasks_count
    page_count = -(-object_count // real)
    pages_per_worker = min(page_count, control_count // control) if control else page_count
    return ControlSupply(
        page_count=page_count,
        control_showing_count=page_count * overlap * control,
        pages_per_worker=pages_per_worker,
        missing_control_count=max(0, page_count * control - control_count),
        smallest_crowd=_smallest_crowd(object_count, pages_per_worker * real, overlap=overlap),
    )


def _smallest_crowd(object_count: int, answers_per_worker: int, *, overlap: int) -> int | None:
    if object_count == 0:
        return 0
    if answers_per_worker == 0:
        return None
    return max(overlap, -(-object_count * overlap // min(object_count, answers_per_worker)))
