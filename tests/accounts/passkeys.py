"""A passkey in software: what a phone or a security key answers to the site."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Passkey:
    """One key pair for one site. `verifies`: it asks for a finger or a code before it signs."""

    def __init__(self, site: str = "localhost", origin: str = "http://localhost", verifies: bool = True):
        self.site, self.origin = site, origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.count = 0
        self.owner = b""

    def create(self, options: dict) -> str:
        """The answer to `navigator.credentials.create`."""
        public = options["publicKey"]
        self.owner = public["user"]["id"]
        attested = b"\0" * 16 + len(self.id).to_bytes(2, "big") + self.id
        attested += cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        data = self._data(self.flags | ATTESTED) + attested
        response = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", public["challenge"])),
            "attestationObject": websafe_encode(
                cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
            ),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def get(self, options: dict) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.owner,
        }
        return self._answer(response, {})

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, response: dict, results: dict) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": results,
            }
        )
