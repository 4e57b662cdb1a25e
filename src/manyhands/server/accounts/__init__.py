"""Who people are: tokens, sessions, passwords, passkeys, and what they agreed to.

In: secrets that people bring. Out: whom they stand for. Of a secret it keeps what is needed to recognise it, and nothing that lets anybody in.
It never decides what somebody may do, beyond whether they may come in.
"""

from .account_book import AccessToken, AccountBook, Holder, HolderKind, RequesterAccount
from .consents import OWN_CONSENT_VERSION, ConsentText
from .credentials import Credentials
from .passkeys import MadePasskey, NewPasskey, Site, UsedPasskey
from .passwords import NewPassword

__all__ = [
    "OWN_CONSENT_VERSION",
    "AccessToken",
    "AccountBook",
    "ConsentText",
    "Credentials",
    "Holder",
    "HolderKind",
    "MadePasskey",
    "NewPasskey",
    "NewPassword",
    "RequesterAccount",
    "Site",
    "UsedPasskey",
]
