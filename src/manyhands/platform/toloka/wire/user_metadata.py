"""What a requester may know of a worker."""

from dataclasses import dataclass
from typing import Any

from manyhands.crowd import WorkerId, WorkerProfile

from .kinds import FLAG, IDENTIFIER, OBJECT, TEXT, list_of
from .reading import Reader

__all__ = ["UserMetadata", "decode_user_metadata", "encode_user_metadata"]

_LANGUAGES = list_of(TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMetadata:
    """A worker and what is known of them; name, kind and birth date are never among it."""

    worker_id: WorkerId
    profile: WorkerProfile


def encode_user_metadata(metadata: UserMetadata) -> dict[str, Any]:
    """Return what a requester may know of a worker.

    Example:
        >>> encode_user_metadata(UserMetadata(worker_id=WorkerId("w"), profile=WorkerProfile(country="BY")))
        {'id': 'w', 'country': 'BY', 'languages': [], 'attributes': {}, 'adult_allowed': True}
    """
    profile = metadata.profile
    return {
        "id": metadata.worker_id,
        "country": profile.country,
        "languages": sorted(profile.languages),
        "attributes": dict(profile.attributes),
        "adult_allowed": profile.is_adult_content_allowed,
    }


def decode_user_metadata(document: object) -> UserMetadata:
    """Return what a platform tells of a worker.

    Raises:
        InvalidInput: the document tells nothing of a worker.
    """
    reader = Reader.open(document)
    metadata = UserMetadata(
        worker_id=WorkerId(reader.require("id", IDENTIFIER)),
        profile=WorkerProfile(
            languages=frozenset(reader.get("languages", _LANGUAGES, ())),
            country=reader.get("country", TEXT, ""),
            is_adult_content_allowed=reader.get("adult_allowed", FLAG, True),
            attributes=reader.get("attributes", OBJECT, {}),
        ),
    )
    reader.close("worker")
    return metadata
