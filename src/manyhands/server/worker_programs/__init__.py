"""The doors for programs that work: bots take pages, hand them in or back; on a testing server they register, and let pages expire.

In: the requests that existing bots send. Out: pages without anything that tells a control task. It never decides who gets what.
"""

from .registration import ADMIN_DOORS, FORM_DOORS, REGISTRATION_DOORS
from .work import TIME_DOORS, WORK_DOORS

__all__ = ["ADMIN_DOORS", "FORM_DOORS", "REGISTRATION_DOORS", "TIME_DOORS", "WORK_DOORS"]
