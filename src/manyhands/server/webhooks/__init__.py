"""Telling webhooks: notifications are written, signed, sent and sent again.

In: what the platform has to tell to whom. Out: HTTP requests, and word of what arrived. It never decides what is told: that is known to the
platform; it decides only which addresses may be reached.
"""

from .addresses import refuse_private
from .courier import Courier
from .notifications import Notification, write_notification, write_test
from .pusher import Pushed, Pusher

__all__ = ["Courier", "Notification", "Pushed", "Pusher", "refuse_private", "write_notification", "write_test"]
