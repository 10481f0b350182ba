// A service account with openid-client and jose, knowing nothing but the issuer and its own secret: node client.mjs ISSUER CLIENT_ID SECRET. Prints what it got as one line of JSON.
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';

const [issuer, clientId, secret] = process.argv.slice(2);
const get = async (authentication) => {
  const server = await openid.discovery(new URL(issuer), clientId, secret, authentication, { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] });
  const tokens = await openid.clientCredentialsGrant(server, { scope: 'service.read' });
  const keys = createRemoteJWKSet(new URL(server.serverMetadata().jwks_uri));
  const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, { issuer, audience: issuer, typ: 'at+jwt', algorithms: ['ES256'], maxTokenAge: '5m' });
  return { tokens, payload, protectedHeader };
};
const refused = await get(openid.ClientSecretBasic('not the secret')).then(() => null, (error) => ({ status: error.status, scheme: error.cause?.[0]?.scheme }));
console.log(JSON.stringify({ basic: await get(openid.ClientSecretBasic(secret)), post: await get(openid.ClientSecretPost(secret)), refused }));
