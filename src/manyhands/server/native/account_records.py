"""What the doors of workers' accounts take and give, as JSON objects."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from manyhands.server.accounts import MadePasskey, UsedPasskey

__all__ = [
    "AccountView",
    "AgreeForm",
    "ConsentView",
    "EntranceView",
    "InvitationCode",
    "IssuedKey",
    "JoinForm",
    "KeyEntry",
    "NewPasskeyForm",
    "OfferView",
    "PasskeyEntry",
    "PasskeyOptions",
    "PasswordChange",
    "PasswordForm",
    "ProfileForm",
    "ProfileView",
    "Session",
    "SessionView",
    "SignInForm",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """What workers agree to before they begin.

    Attributes:
        text: Markdown in the language that was asked for, else in another one; null where the pages show their own text.
    """

    version: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceView:
    """How one comes in: whether without an invitation, and what one agrees to."""

    is_sign_up_open: bool
    consent: ConsentView


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCode:
    """The code of an invitation, as it stands in the link; empty for none."""

    invitation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """What an invitation brings.

    Attributes:
        pool_id: where one begins to work; null for wherever one likes.
        title: the public name of that work; empty without a pool.
        is_for_experts: whether it brings a skill of the requester.
    """

    pool_id: str | None
    title: str
    is_for_experts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordForm:
    """A user name, unique whatever its case, and a password of 15 to 256 characters."""

    name: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskeyForm:
    """A passkey that was made with the options for it, and how the worker calls it."""

    passkey: MadePasskey
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinForm:
    """Somebody who becomes a worker; languages are ISO 639-1 codes, the country an ISO 3166-1 alpha-2 code.

    Attributes:
        invitation: its code; may be empty where anybody may sign up who brings a password or a passkey.
        consent: the version of the text that they agree to.
        password: with which they come in later; null for none.
        passkey: made with the options for newcomers; null for none.
    """

    consent: str
    invitation: str = ""
    name: str = ""
    languages: list[str] = field(default_factory=list)
    country: str = ""
    birth_date: date | None = None
    is_adult_content_allowed: bool = False
    password: PasswordForm | None = None
    passkey: NewPasskeyForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A new worker.

    Attributes:
        token: of the session, for programs; empty for browsers, which have it in a cookie that no script can read.
        pool_id: where the invitation leads; null for nowhere in particular.
    """

    worker_id: str
    token: str
    pool_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInForm:
    """A worker who comes in again with a passkey, a user name and a password, or a key."""

    passkey: UsedPasskey | None = None
    name: str = ""
    password: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyOptions:
    """What a browser needs to make or use a passkey, as `PublicKeyCredential.parse…OptionsFromJSON()` takes it."""

    options: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """The password that a worker has, and the one that they want."""

    current: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeForm:
    """The version of the text that a worker agrees to."""

    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileForm:
    """What a worker tells of themselves; of the date of birth, the year is enough."""

    name: str = ""
    languages: list[str] = field(default_factory=list)
    country: str = ""
    birth_year: int | None = None
    is_adult_content_allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """What a worker told of themselves.

    Attributes:
        is_birth_year_open: whether the year of birth may be told, or corrected for the first and only time.
        country_open_from: when the country may be changed again; null for now.
        is_consent_needed: whether the text that holds now is another one than the worker agreed to.
        agreed: when they agreed to the text that holds now; null for never.
    """

    worker_id: str
    name: str
    languages: list[str]
    country: str
    birth_year: int | None
    is_adult_content_allowed: bool
    joined: datetime
    is_birth_year_open: bool
    country_open_from: datetime | None
    is_consent_needed: bool
    agreed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyEntry:
    """A passkey: the host name that it is for, how the worker calls it, and when it was last used."""

    id: str
    site: str
    label: str
    created: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """A key, named by the first digits of its digest, and when a session last began with it."""

    id: str
    created: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A session in a browser; `used` is about an hour exact, `is_here` tells the one that asks."""

    id: str
    device: str
    created: datetime
    used: datetime
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """How a worker comes in, and where they are in; without a password the user name is null."""

    user_name: str | None
    passkeys: list[PasskeyEntry]
    keys: list[KeyEntry]
    sessions: list[SessionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A key to come in on another device; it is shown this once."""

    key: str
