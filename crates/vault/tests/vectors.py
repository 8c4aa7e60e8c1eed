"""The vectors of src/vault/tests/vectors.rs, computed apart from the Rust code.

Needs nothing of this project: Python's hmac and hashlib, HKDF by hand (RFC 5869), AES-GCM from `cryptography`.
"""

import hashlib
import hmac
import struct
import zlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DEPLOYMENT = bytes.fromhex("0192f0c1d2e34f5a8b6c7d8e9fa0b1c2")
ORGANIZATION = bytes.fromhex("01936d2a00007000800000000000000a")
TOKEN = bytes.fromhex("01936d2a00007000800000000000000b")
GENERATION = 3
SECRET = b"symorg_0123456789ABCDEFGHIJKLMNOPQRST14swJc"
TOTP = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
RECOVERY_CODE = b"23456789ab"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SEAL = (b"seal0001", bytes(range(0x00, 0x20)))
PEPPER = (b"pepper01", bytes(range(0x20, 0x40)))
AUDIT = (b"audit001", bytes(range(0x40, 0x60)))
NONCE = bytes(range(0xA0, 0xAC))


def mac(key, text):
    return hmac.new(key, text, hashlib.sha256).digest()


def value(prefix, length):
    """What counting bytes make of it: the letters in their order, and the CRC-32 as six base62 digits."""
    head = (prefix + LETTERS[:length]).encode()
    rest, digits = zlib.crc32(head), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        digits = LETTERS[digit] + digits
    return head + digits.encode()


def fields(*parts):
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)


def derived(master, label):
    return mac(mac(b"symbolon-key-v1", master), label + b"\x01")


def sealed(key, label, text, aad):
    return b"\x01" + key[0] + NONCE + AESGCM(derived(key[1], label)).encrypt(NONCE, text, aad)


def row(kind):
    return fields(b"tok-seal-v1", DEPLOYMENT, kind, ORGANIZATION, TOKEN, struct.pack(">I", GENERATION), SEAL[0])


def canary(kind, key):
    return fields(b"key-canary-v1", DEPLOYMENT, kind, key[0])


print("digest      ", mac(PEPPER[1], b"tok-digest-v1" + b"org" + b"\x00" + SECRET).hex())
for kind, prefix, length in [
    (b"rec", "symrec_", 22),
    (b"ses", "symses_", 43),
    (b"sgn", "symsgn_", 43),
    (b"brw", "symbrw_", 43),
    (b"adm", "symadm_", 43),
    (b"lnk", "symlnk_", 43),
]:
    text = b"tok-digest-v1" + kind + b"\x00" + value(prefix, length)
    print("digest", kind.decode(), " ", mac(PEPPER[1], text).hex())
for kind, text in [(b"otp", TOTP), (b"rcv", RECOVERY_CODE)]:
    text = b"tok-digest-v1" + kind + b"\x00" + text
    print("digest", kind.decode(), " ", mac(PEPPER[1], text).hex())
print("reveal      ", sealed(SEAL, b"seal-org", SECRET, row(b"org")).hex())
print("answer      ", sealed(SEAL, b"seal-answer", SECRET, row(b"answer")).hex())
print("link        ", sealed(SEAL, b"seal-recipient", value("symrec_", 22), row(b"rec")).hex())
print("admin. link ", sealed(SEAL, b"seal-administrator-link", value("symlnk_", 43), row(b"lnk")).hex())
print("factor      ", sealed(SEAL, b"seal-second-factor", TOTP, row(b"otp")).hex())
print("note        ", sealed(SEAL, b"seal-note", b"a note", fields(b"note-seal-v1", DEPLOYMENT, SEAL[0])).hex())
print("fingerprint ", mac(derived(AUDIT[1], b"request-fingerprint"), fields(b"POST", b"/v1")).hex())
print("seal canary ", sealed(SEAL, b"canary", b"this key is the one", canary(b"seal", SEAL)).hex())
print("pepper canary", mac(derived(PEPPER[1], b"canary"), canary(b"pepper", PEPPER)).hex())
print("audit canary", mac(derived(AUDIT[1], b"canary"), canary(b"audit", AUDIT)).hex())
