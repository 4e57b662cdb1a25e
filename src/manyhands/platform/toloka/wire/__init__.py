"""Our records as JSON of Toloka's public API, and back.

In: records of `manyhands.crowd`, or JSON values as `decode_json` returns them. Out: the other of the two; every problem of a document in one
`InvalidInput`, each with its field and the API's code. It never talks to anybody and remembers nothing.

`encode_…` writes, `decode_…` reads. What the API knows and our records do not is kept in their `foreign`, and written again. Absent
fields come back with the defaults that the API documents; null counts as absent.
"""

from .assignments import (
    AssignmentPatch,
    decode_assignment,
    decode_assignment_patch,
    encode_assignment,
    encode_assignment_patch,
)
from .failures import Failure, FailureCode, decode_failure, encode_failure, failure_of, to_error
from .field_specs import find_value_problems
from .filters import decode_filter, encode_filter
from .lists import Batch, ListPage, decode_batch, decode_items, decode_list, encode_batch, encode_list
from .mixers import has_mixer
from .moments import parse_moment, write_moment
from .pools import NEVER, decode_pool, decode_pool_config, encode_pool, encode_pool_config
from .problems import ProblemCode, WireProblem, describe_problems
from .projects import decode_project, decode_project_config, encode_project, encode_project_config
from .tasks import (
    decode_task,
    decode_task_draft,
    encode_task,
    encode_task_draft,
    find_task_problems,
    read_pool_id,
)
from .trainings import decode_training, decode_training_config, encode_training, encode_training_config

__all__ = [
    "NEVER",
    "AssignmentPatch",
    "Batch",
    "Failure",
    "FailureCode",
    "ListPage",
    "ProblemCode",
    "WireProblem",
    "decode_assignment",
    "decode_assignment_patch",
    "decode_batch",
    "decode_failure",
    "decode_filter",
    "decode_items",
    "decode_list",
    "decode_pool",
    "decode_pool_config",
    "decode_project",
    "decode_project_config",
    "decode_task",
    "decode_task_draft",
    "decode_training",
    "decode_training_config",
    "describe_problems",
    "encode_assignment",
    "encode_assignment_patch",
    "encode_batch",
    "encode_failure",
    "encode_filter",
    "encode_list",
    "encode_pool",
    "encode_pool_config",
    "encode_project",
    "encode_project_config",
    "encode_task",
    "encode_task_draft",
    "encode_training",
    "encode_training_config",
    "failure_of",
    "find_task_problems",
    "find_value_problems",
    "has_mixer",
    "parse_moment",
    "read_pool_id",
    "to_error",
    "write_moment",
]
