// An identity provider that behaves: the certified `oidc-provider`, with three accounts and pages of its own.
//
// Settings: {"client_id", "client_secret", "redirect_uris": […], "client_auth": "client_secret_basic"}, all optional.
// Says {"issuer": …} when it listens.

import { accounts } from './accounts.mjs';
import { loginPage, readForm } from './pages.mjs';
import { listen, load, obey, say, settings } from './part.mjs';

const { default: Provider } = await load('oidc-provider');
const { default: MemoryAdapter } = await load('oidc-provider/lib/adapters/memory_adapter.js');
const { exportJWK, generateKeyPair } = await load('jose');

const { server, origin: issuer } = await listen();
const { privateKey } = await generateKeyPair('RS256', { extractable: true });

const client = {
  client_id: settings.client_id ?? 'symbolon',
  client_secret: settings.client_secret ?? 'a secret of the tests, 32 bytes long',
  redirect_uris: settings.redirect_uris ?? [],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: settings.client_auth ?? 'client_secret_basic',
};

/** Where things are kept. The client is looked up anew each time, for its redirect URIs may change. */
class Adapter extends MemoryAdapter {
  async find(id) {
    return this.model === 'Client' ? findClient(id) : super.find(id);
  }
}

const findClient = (id) => (id === client.client_id ? { ...client } : undefined);

const provider = new Provider(issuer, {
  adapter: Adapter,
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'the-only-key', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['nothing that would be secret'] },
  scopes: ['openid', 'profile', 'email'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  // As the large providers do it, the ID token has the claims too.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
  findAccount: (_, id) =>
    accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  loadExistingGrant: consent,
});

/** Nobody is asked whether the service may know them: whoever logs in agrees. */
async function consent(ctx) {
  const grant = new ctx.oidc.provider.Grant({
    clientId: ctx.oidc.client.clientId,
    accountId: ctx.oidc.session.accountId,
  });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

async function interact(request, response) {
  await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(loginPage(request.url, accounts));
    return;
  }
  const account = (await readForm(request)).get('account');
  const result = accounts[account]
    ? { login: { accountId: account } }
    : { error: 'access_denied', error_description: 'the person said no' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const rest = provider.callback();
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interact(request, response).catch((error) => {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error));
    });
  } else {
    rest(request, response);
  }
});
// What a client is told is little; whoever looks for the reason finds it on the standard error.
for (const event of ['authorization.error', 'grant.error', 'userinfo.error', 'server_error']) {
  provider.on(event, (_, error) => console.error(event, error.error_detail ?? error));
}

obey({
  /** Registers a redirect URI: services know theirs only once they listen. */
  allow: ({ uri }) => {
    client.redirect_uris = [...new Set([...client.redirect_uris, uri])];
  },
  /** Changes what is said of an account from now on. */
  claims: ({ account, claims }) => {
    accounts[account] = { ...accounts[account], ...claims };
  },
});
say({ issuer });
