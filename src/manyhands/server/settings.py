"""What whoever starts a server chooses."""

from dataclasses import dataclass, field

from .accounts import ConsentText

__all__ = ["ServerSettings"]

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """The limits and switches of a server.

    Attributes:
        is_testing: also serve what programs need to make up workers, let pages expire and give out money; never on an open server.
        max_body_bytes: the largest body of a request.
        max_file_bytes: the largest file that a worker may upload.
        max_page_files_bytes: what all files of one page may have together.
        max_page_file_count: how many files one page may have.
        page_size: how many records an answer lists when the caller does not say.
        max_page_size: the most records that one answer lists.
        background_item_count: operations on more items than this go on behind the answer that announces them.
        thread_count: calls of the platform that may be under way at the same time.
        guesses_per_minute: requests without valid credentials that one address may make; more are refused.
        are_private_webhooks_allowed: send notifications to loopback, link-local and private addresses, too; a testing server does so anyway. On a
            server with several requesters each of them can then make it ask what only this machine can reach.
        token_memory_s: seconds for which a token that was valid is believed to be so still; a revocation counts after that time.
        is_sign_up_open: whether anybody may become a worker; otherwise only who is invited. To come in again never takes an invitation.
        consent: what workers agree to before they begin; without a text the pages show their own.

    Example:
        >>> ServerSettings(is_testing=True).page_size
        1000
    """

    is_testing: bool = False
    max_body_bytes: int = 128 * _MEBIBYTE
    max_file_bytes: int = 64 * _MEBIBYTE
    max_page_files_bytes: int = 256 * _MEBIBYTE
    max_page_file_count: int = 100
    page_size: int = 1000
    max_page_size: int = 10_000
    background_item_count: int = 2000
    thread_count: int = 4
    guesses_per_minute: int = 120
    are_private_webhooks_allowed: bool = False
    token_memory_s: float = 2.0
    is_sign_up_open: bool = False
    consent: ConsentText = field(default_factory=ConsentText)
