"""Everything that can be known to be wrong, or is worth knowing, before a launch publishes anything."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from manyhands.crowd import Money
from manyhands.errors import InvalidInput
from manyhands.planning import Advice, AdviceLevel, Fee, PoolPrice, advise_volume, control_supply, price_of
from manyhands.quality import AssignmentAccuracyPredicate, DynamicOverlap, Predicate, PredicateExpression
from manyhands.task import ControlObject, InputObjects, PreparedTaskSpec, check_objects

from .params import Params
from .plan import ClassificationPlan, SharedBudget
from .task_list import TaskList, digest

__all__ = ["Preflight", "prepare_classification"]

#: Hexadecimal digits of the content that make the name of a launch without a name.
_NAME_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """A launch that can start.

    Attributes:
        plan: what will be labeled and how.
        price: what it will cost.
        advice: what is doubtful about it.
    """

    plan: ClassificationPlan
    price: PoolPrice
    advice: tuple[Advice, ...]


def prepare_classification(
    task_spec: PreparedTaskSpec,
    params: Params,
    *,
    input_objects: Sequence[InputObjects],
    control_objects: Sequence[ControlObject],
    fee: Fee,
    name: str | None = None,
    budget: SharedBudget | Money | None = None,
    exclusive_group: str | None = None,
) -> Preflight:
    """Return the checked launch; nothing is published.

    Args:
        task_spec: what workers see and may answer.
        params: what was chosen.
        input_objects: what is to be labeled, each tuple once.
        control_objects: input objects with their known solution; none of them may be among the input objects.
        fee: what the platform keeps on top of a reward.
        name: the name of the launch; None makes one from its content, so that the same call finds the same launch.
        budget: the ceiling of spending for this launch, or one that it shares.
        exclusive_group: baskets with the same group share no worker when the params ask for it.

    Raises:
        InvalidInput: everything that is wrong, in one error.
    """
    problems = [
        *_type_problems(task_spec, params),
        *_data_problems(task_spec, input_objects, control_objects),
    ]
    if not problems:
        problems += _fit_problems(task_spec, params, budget=budget, fee=fee)
        advice = _advice(params, len(input_objects), len(control_objects))
        problems += [item.text for item in advice if item.level is AdviceLevel.ERROR]
    if problems:
        msg = f"The launch {name or 'without a name'} cannot start; nothing was published or paid. What is wrong:"
        raise InvalidInput(msg, problems)
    plan = ClassificationPlan(
        name=name or "",
        task_spec=task_spec,
        params=params,
        tasks=TaskList.of(task_spec.mapping, input_objects, control_objects),
        exclusive_group=exclusive_group,
    )
    price = price_of(
        len(input_objects),
        params.pricing_config,
        fee=fee,
        min_overlap=params.overlap.min_overlap,
        max_overlap=params.overlap.max_overlap,
    )
    return Preflight(plan=_with_budget(_named(plan), budget), price=price, advice=tuple(advice))


def _type_problems(task_spec: object, params: object) -> Iterator[str]:
    if not isinstance(task_spec, PreparedTaskSpec):
        yield f"task_spec is a {type(task_spec).__name__}; expected a PreparedTaskSpec, such as PreparedTaskSpec(spec, 'EN')"
    if not isinstance(params, Params):
        yield f"params is a {type(params).__name__}; expected Params"


def _data_problems(
    task_spec: PreparedTaskSpec, input_objects: Sequence[InputObjects], control_objects: Sequence[ControlObject]
) -> list[str]:
    if not isinstance(task_spec, PreparedTaskSpec):
        return []
    try:
        check_objects(input_objects, control_objects, task_spec.mapping)
    except InvalidInput as error:
        return list(error.problems)
    return []


def _fit_problems(
    task_spec: PreparedTaskSpec, params: Params, *, budget: SharedBudget | Money | None, fee: Fee
) -> Iterator[str]:
    pricing, overlap = params.pricing_config, params.overlap
    if pricing.control_tasks_count == 0 and any(_asks_accuracy(rule.predicate) for rule in params.control.rules):
        yield "control asks for the accuracy on control tasks, but control_tasks_count is 0; show some or drop these rules"
    if isinstance(overlap, DynamicOverlap) and isinstance(overlap.confidence, Mapping):
        values = task_spec.label_class.possible_values()
        unknown = [label for label in overlap.confidence if str(getattr(label, "value", label)) not in values]
        if unknown:
            yield f"overlap.confidence names {unknown}; expected labels among {list(values)}"
    ceiling = budget.ceiling if isinstance(budget, SharedBudget) else budget
    cost = pricing.assignment_price + fee(pricing.assignment_price)
    if ceiling is not None and ceiling < cost:
        yield f"budget is {ceiling}, which does not cover one page at {cost}, fee included"


def _asks_accuracy(predicate: Predicate) -> bool:
    match predicate:
        case AssignmentAccuracyPredicate():
            # A threshold of zero holds on every page and asks for nothing.
            return predicate.threshold > 0
        case PredicateExpression():
            return any(map(_asks_accuracy, predicate.predicates))
        case _:
            return False


def _advice(params: Params, object_count: int, control_count: int) -> list[Advice]:
    pricing = params.pricing_config
    advice = advise_volume(object_count, control_count, task_duration_hint=params.task_duration_hint, pricing=pricing)
    if any(item.level is AdviceLevel.ERROR for item in advice):
        return advice
    supply = control_supply(object_count, control_count, pricing=pricing, overlap=params.overlap.max_overlap)
    if not supply.is_enough_for_one_worker:
        text = (
            f"A worker sees each control object once, so {control_count} of them allow {supply.pages_per_worker} pages per worker, and at "
            f"least {supply.smallest_crowd} workers are needed; {supply.missing_control_count} more would let one worker see every object."
        )
        advice.append(Advice(level=AdviceLevel.WARNING, text=text))
    return advice


def _named(plan: ClassificationPlan) -> ClassificationPlan:
    return plan if plan.name else plan.renamed(f"{plan.task_spec.key}-{digest(_content(plan))[:_NAME_DIGITS]}")


def _content(plan: ClassificationPlan) -> Iterable[str]:
    return (f"{field}={value}" for field, value in plan.describe().items())


def _with_budget(plan: ClassificationPlan, budget: SharedBudget | Money | None) -> ClassificationPlan:
    if budget is None:
        return plan
    return plan.paid_by(
        budget if isinstance(budget, SharedBudget) else SharedBudget(key=f"launch:{plan.name}", ceiling=budget)
    )
