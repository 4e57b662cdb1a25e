"""The requester's own account in the requester API."""

from manyhands.platform.toloka.wire import Requester, encode_requester
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door

__all__ = ["ACCOUNT_DOORS"]


def get_requester(desk: RequesterDesk, _call: Call) -> Answer:
    """Show who the token stands for, and the balance."""
    account = desk.accounts.get_requester(desk.requester)
    shown = Requester(id=account.requester, balance=account.balance, public_name={"EN": account.name})
    return Answer(payload=encode_requester(shown))


ACCOUNT_DOORS: tuple[Door[RequesterDesk], ...] = (Door(method="GET", path="/api/v1/requester", handle=get_requester),)
