"""The doors of our own pages: what workers and requesters see and do, as typed JSON, and the OpenAPI document that describes it.

In: calls with JSON that fits `records`. Out: such JSON. It never decides anything.
"""

from .account import ACCOUNT_DOORS
from .appeals import APPEAL_DOORS
from .entrance import ENTRANCE_DOORS
from .files import FILE_DOORS, UPLOAD_DOORS
from .messages import MESSAGE_DOORS
from .openapi import Documented, describe_api
from .requester import REQUESTER_DOORS
from .worker import WORKER_DOORS

__all__ = [
    "ACCOUNT_DOORS",
    "APPEAL_DOORS",
    "ENTRANCE_DOORS",
    "FILE_DOORS",
    "MESSAGE_DOORS",
    "REQUESTER_DOORS",
    "UPLOAD_DOORS",
    "WORKER_DOORS",
    "Documented",
    "describe_api",
]
