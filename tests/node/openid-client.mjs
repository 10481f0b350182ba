// An application with npm's openid-client signs a user in, calls the API and renews its tokens. What it saw is printed as JSON.
// node openid-client.mjs ISSUER CLIENT_ID CLIENT_SECRET|- REDIRECT_URI USERNAME PASSWORD API_URL
import * as client from 'openid-client';

const [issuer, clientId, secret, redirectUri, username, password, api] = process.argv.slice(2);

// The user's browser: it keeps cookies, shows the page's form and sends it filled in.
const cookies = new Map();
async function browse(url, form) {
  const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  const response = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers, redirect: 'manual' });
  for (const cookie of response.headers.getSetCookie()) {
    const [name, value] = cookie.split(';')[0].split('=');
    cookies.set(name, value);
  }
  return response;
}

async function signIn(url) {
  const page = await (await browse(url)).text();
  const decode = (text) => text.replace(/&quot;/g, '"').replace(/&#x([0-9A-F]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16))).replace(/&amp;/g, '&');
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, decode(value)]);
  const action = page.match(/<form method="post" action="([^"]*)"/)[1];
  const response = await browse(new URL(action, url), new URLSearchParams([...fields, ['username', username], ['password', password]]));
  return { status: response.status, location: new URL(response.headers.get('location')) };
}

const codeOf = async (attempt) => attempt.then(() => 'accepted', (error) => error.error ?? String(error));

const authentication = secret === '-' ? client.None() : client.ClientSecretBasic(secret);
const config = await client.discovery(new URL(issuer), clientId, undefined, authentication, {
  // Plain http on this machine; and the signature of the ID token is checked although it comes from the provider itself.
  execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
});
const verifier = client.randomPKCECodeVerifier();
const checks = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce(), maxAge: 600 };
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile email offline_access orders:read',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state: checks.expectedState,
  nonce: checks.expectedNonce,
  max_age: '600',
});
const back = await signIn(url);
const tokens = await client.authorizationCodeGrant(config, back.location, checks);
const claims = tokens.claims();
const user = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
const read = async (accessToken) => (await client.fetchProtectedResource(config, accessToken, new URL(api), 'GET')).status;
const seen = {
  server: config.serverMetadata().supportsPKCE(),
  redirect: back.status,
  issuer: claims.iss,
  audience: claims.aud,
  subject: claims.sub,
  scope: tokens.scope,
  name: user.name,
  email: user.email,
  read: await read(tokens.access_token),
  // The scope orders:write was not asked for.
  write: await client.fetchProtectedResource(config, tokens.access_token, new URL(api), 'POST', '{}', new Headers({ 'content-type': 'application/json' })).then((r) => r.status, (error) => error.status),
  idTokenAsAccessToken: await read(tokens.id_token).catch((error) => error.status),
};

const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
seen.rotated = renewed.refresh_token !== tokens.refresh_token;
seen.renewedSubject = renewed.claims().sub;
seen.readAgain = await read(renewed.access_token);
seen.reused = await codeOf(client.refreshTokenGrant(config, tokens.refresh_token));
seen.family = await codeOf(client.refreshTokenGrant(config, renewed.refresh_token));
seen.codeAgain = await codeOf(client.authorizationCodeGrant(config, back.location, checks));

if (secret !== '-') {
  // The browser is still signed in: the application asks without a page.
  const silent = await browse(client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri, scope: 'openid', prompt: 'none', code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  }));
  const again = await client.authorizationCodeGrant(config, new URL(silent.headers.get('location')), { pkceCodeVerifier: verifier, idTokenExpected: true });
  seen.silent = again.claims().sub;
  seen.logoutPage = (await browse(client.buildEndSessionUrl(config, { id_token_hint: again.id_token }))).status;
}

console.log(JSON.stringify(seen));
