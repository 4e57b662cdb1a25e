"""The doors for programs that work: bots register (on a testing server only), take pages, hand them in or back.

In: the requests that existing bots send. Out: pages without anything that tells a control task. It never decides who gets what.
"""

from .registration import ADMIN_DOORS, FORM_DOORS, REGISTRATION_DOORS
from .work import WORK_DOORS

__all__ = ["ADMIN_DOORS", "FORM_DOORS", "REGISTRATION_DOORS", "WORK_DOORS"]
