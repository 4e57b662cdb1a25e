"""A platform of one's own over a store.

In: what requesters publish and judge, and what workers take and hand in. Out: pages for workers, events and records for requesters. It never
issues a task more often than asked for, never a task twice to a worker, and never promises more money than a budget has.
"""

from .invitations import Invitation, InvitationDraft, InvitationOffer
from .platform import EmbeddedPlatform
from .profiles import ProfileState
from .uploads import Upload

__all__ = ["EmbeddedPlatform", "Invitation", "InvitationDraft", "InvitationOffer", "ProfileState", "Upload"]
