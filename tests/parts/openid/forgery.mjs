// ID tokens, true and forged. Knows nothing of HTTP.

import { load } from './part.mjs';

const { CompactSign, SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } = await load('jose');

const ALGORITHM = 'RS256';
const encoder = new TextEncoder();

async function makeKey(number) {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return { id: `key-${number}`, publicKey, privateKey };
}

let number = 1;
let key = await makeKey(number);
/** A key that is never published. */
const foreign = await makeKey(0);

/** What the provider publishes. */
export const publicKeys = async () => [
  { ...(await exportJWK(key.publicKey)), kid: key.id, alg: ALGORITHM, use: 'sig' },
];

/** Replaces the key, as if its predecessor had been lost. */
export async function changeKey() {
  number += 1;
  key = await makeKey(number);
}

/** How a token of this mode differs from an honest one. */
const forgeries = {
  wrong_nonce: (claims) => ({ ...claims, nonce: 'the nonce of another sign-in' }),
  no_nonce: ({ nonce, ...claims }) => claims,
  wrong_audience: (claims) => ({ ...claims, aud: 'another client' }),
  wrong_issuer: (claims, { somebodyElse }) => ({ ...claims, iss: somebodyElse }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 7200, exp: claims.exp - 7200 }),
};

/** Signs, or does not, as this mode wants it. */
const signatures = {
  algorithm_none: (claims) => new UnsecuredJWT(claims).encode(),
  // Whoever takes the published key for a shared secret believes this.
  hmac_with_public_key: async (claims) =>
    new CompactSign(encoder.encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'HS256', kid: key.id })
      .sign(encoder.encode(await exportSPKI(key.publicKey))),
  unknown_key: (claims) => sign(claims, foreign.id, foreign.privateKey),
  wrong_signature: (claims) => sign(claims, key.id, foreign.privateKey),
};

const sign = (claims, kid, secret) =>
  new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid }).sign(secret);

/** An ID token as the mode wants it. A mode that is about something else gets an honest one. */
export function forge(mode, { issuer, somebodyElse, audience, nonce, claims }) {
  const now = Math.floor(Date.now() / 1000);
  const honest = { iss: issuer, aud: audience, iat: now, exp: now + 600, ...claims };
  if (nonce) honest.nonce = nonce;
  const said = forgeries[mode]?.(honest, { somebodyElse }) ?? honest;
  return signatures[mode]?.(said) ?? sign(said, key.id, key.privateKey);
}
