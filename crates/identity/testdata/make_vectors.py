"""Makes the ID tokens of other methods that the tests verify: `python3 make_vectors.py > vectors.json`.

An independent implementation (pyca/cryptography) signs them; their keys are thrown away.
"""

import base64
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

CLAIMS = {
    "iss": "https://issuer.example",
    "aud": "symbolon",
    "sub": "subject-1",
    "nonce": "nonce-1",
    "iat": 1_800_000_000,
    "exp": 1_800_000_300,
}


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value, length=None):
    return text(value.to_bytes(length or (value.bit_length() + 7) // 8, "big"))


def token(method, kid, sign):
    head = text(json.dumps({"alg": method, "kid": kid, "typ": "JWT"}).encode())
    signed = f"{head}.{text(json.dumps(CLAIMS).encode())}"
    return f"{signed}.{text(sign(signed.encode()))}"


def elliptic(method, curve, name, digest, length):
    key = ec.generate_private_key(curve)
    public = key.public_key().public_numbers()

    def sign(data):
        r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(digest)))
        return r.to_bytes(length, "big") + s.to_bytes(length, "big")

    jwk = {"kty": "EC", "crv": name, "use": "sig", "x": number(public.x, length), "y": number(public.y, length)}
    return jwk, sign


def probabilistic(digest):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_numbers()

    def sign(data):
        return key.sign(data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)

    return {"kty": "RSA", "use": "sig", "n": number(public.n), "e": number(public.e)}, sign


vectors = {}
for method, (jwk, sign) in {
    "ES256": elliptic("ES256", ec.SECP256R1(), "P-256", hashes.SHA256(), 32),
    "ES384": elliptic("ES384", ec.SECP384R1(), "P-384", hashes.SHA384(), 48),
    "PS256": probabilistic(hashes.SHA256()),
}.items():
    jwk |= {"kid": method, "alg": method}
    vectors[method] = {"keys": {"keys": [jwk]}, "token": token(method, method, sign)}
print(json.dumps(vectors, indent=1))
