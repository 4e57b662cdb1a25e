"""An authenticator in software: makes and uses passkeys as a browser would."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

__all__ = ["Authenticator"]

_PRESENT_AND_VERIFIED, _WITH_CREDENTIAL = 0x05, 0x40


class Authenticator:
    """Holds one passkey; `origin` is what the browser says of where it is."""

    def __init__(self, origin: str = "http://testserver", *, number: int = 1) -> None:
        self.origin = origin
        self.id = hashlib.sha256(f"passkey {number}".encode()).digest()
        self.use_count = 0
        self._key = generate_private_key(SECP256R1())

    def make(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Return what a browser sends after making the passkey."""
        point = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        data = self._data(options["rp"]["id"], _PRESENT_AND_VERIFIED | _WITH_CREDENTIAL) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options, changes)
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attestation)})

    def use(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Return what a browser sends after using the passkey."""
        self.use_count += 1
        data = self._data(options["rpId"], _PRESENT_AND_VERIFIED)
        client = self._client("webauthn.get", options, changes)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        response = {"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature)}
        return self._answer({**response, "userHandle": changes.get("handle")})

    def _data(self, site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.use_count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any], changes: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps({**said, **{name: value for name, value in changes.items() if name != "handle"}}).encode()

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}


def text(content: bytes) -> str:
    """Return bytes in base64url."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def content(coded: str) -> bytes:
    """Return the bytes of a text in base64url."""
    return urlsafe_b64decode(f"{coded}===")
