// A real OpenID provider (oidc-provider) on a free port, for clients with a secret. Prints its URL, then serves until its standard input ends.
import { createServer } from 'node:http';
import { generateKeyPair, exportJWK } from 'jose';
import Provider from 'oidc-provider';

const server = createServer((request, response) => answer(request, response));
let answer;
server.listen(0, '127.0.0.1', async () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'real', use: 'sig', alg: 'RS256' }] },
    clients: [{ client_id: 'robot', client_secret: 'robot-secret', grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:orders',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'orders:read orders:write', audience: 'urn:orders', accessTokenFormat: 'jwt', accessTokenTTL: 600, jwt: { sign: { alg: 'RS256' } } }),
      },
    },
  });
  answer = provider.callback();
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
