"""Version 1 of the requester API, as Toloka documents it: requests come in, calls of the requester's own platform go out.

In: calls with their path, query and JSON. Out: answers in the API's JSON. It never decides anything: what may happen is known to the platform.
"""

from .doors import REQUESTER_DOORS
from .resuming import resume_operations

__all__ = ["REQUESTER_DOORS", "resume_operations"]
