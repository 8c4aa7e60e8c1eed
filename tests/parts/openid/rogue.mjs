// An identity provider that lies, in the way that the test chooses. It approves everybody at once, without a page.
//
// Settings: {"client_id"}, optional.
// Says {"issuer": …} when it listens, and {"event":"hit","on":"token","count":1} for each request to an endpoint,
// before it answers. `forgery.mjs` makes the ID tokens.

import { randomUUID } from 'node:crypto';

import { changeKey, forge, publicKeys } from './forgery.mjs';
import { readForm } from './pages.mjs';
import { listen, obey, say, settings } from './part.mjs';

const { server, origin: issuer } = await listen();
const somebodyElse = 'https://somebody-else.example';

const state = {
  mode: 'honest',
  client: settings.client_id ?? 'symbolon',
  claims: { sub: 'mallory', name: 'Mallory', email: 'mallory@example.org', email_verified: true },
};
/** What was approved and not collected yet: nonces and subjects by code. */
const approved = new Map();
const counts = { discovery: 0, jwks: 0, authorize: 0, token: 0, userinfo: 0 };

const endpoints = {
  '/.well-known/openid-configuration': ['discovery', discovery],
  '/jwks': ['jwks', jwks],
  '/authorize': ['authorize', authorize],
  '/token': ['token', token],
  '/userinfo': ['userinfo', (_, response) => json(response, state.claims)],
};

function json(response, value, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

function discovery(_, response) {
  json(response, {
    issuer: state.mode === 'wrong_discovery_issuer' ? somebodyElse : issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    // It offers what nobody should take.
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'email'],
    authorization_response_iss_parameter_supported: true,
  });
}

async function jwks(_, response) {
  if (state.mode === 'keys_fail') json(response, { error: 'server_error' }, 500);
  else json(response, { keys: await publicKeys() });
}

function authorize(url, response) {
  const wish = url.searchParams;
  const code = randomUUID();
  // Whoever says as whom they come, comes as that; browsers that are sent here say nothing.
  approved.set(code, { nonce: wish.get('nonce'), sub: wish.get('login_hint') ?? state.claims.sub });
  const back = new URL(wish.get('redirect_uri'));
  back.searchParams.set('code', code);
  back.searchParams.set('state', state.mode === 'wrong_state' ? randomUUID() : wish.get('state'));
  if (state.mode === 'wrong_callback_issuer') back.searchParams.set('iss', somebodyElse);
  else if (state.mode !== 'no_callback_issuer') back.searchParams.set('iss', issuer);
  response.writeHead(303, { location: back.href }).end();
}

async function token(_, response, request) {
  const code = (await readForm(request)).get('code');
  if (state.mode === 'token_hangs') return;
  if (state.mode === 'token_fails') {
    json(response, { error: 'server_error' }, 500);
    return;
  }
  if (state.mode === 'token_endless') {
    flood(response);
    return;
  }
  if (!approved.has(code)) {
    json(response, { error: 'invalid_grant' }, 400);
    return;
  }
  const { nonce, sub } = approved.get(code);
  approved.delete(code);
  json(response, {
    access_token: randomUUID(),
    token_type: 'Bearer',
    expires_in: 600,
    id_token: await forge(state.mode, { issuer, somebodyElse, audience: state.client, nonce, claims: { ...state.claims, sub } }),
  });
}

/** A body that has no end, for as long as somebody reads it. */
function flood(response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"access_token":"');
  const chunk = 'a'.repeat(64 * 1024);
  const more = () => {
    while (response.write(chunk));
  };
  response.on('drain', more);
  more();
}

server.on('request', (request, response) => {
  const url = new URL(request.url, issuer);
  const [name, answer] = endpoints[url.pathname] ?? [];
  if (name === undefined) {
    response.writeHead(404).end();
    return;
  }
  counts[name] += 1;
  say({ event: 'hit', on: name, count: counts[name] });
  Promise.resolve(answer(url, response, request)).catch((error) => {
    console.error(error);
    response.destroy();
  });
});

obey({
  /** From now on it lies like this. */
  mode: ({ mode }) => {
    state.mode = mode;
  },
  claims: ({ claims }) => {
    Object.assign(state.claims, claims);
  },
  /** Signs with another key from now on, and publishes only that. */
  change_key: changeKey,
  counts: () => counts,
});
say({ issuer });
