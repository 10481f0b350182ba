// Signs a token with each algorithm (jose), each with a key of its own, and prints them with the key set that checks them.
import { SignJWT, exportJWK, generateKeyPair, generateSecret } from 'jose';

const keys = [];
const tokens = {};
for (const alg of ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS256', 'HS384', 'HS512']) {
  const secret = alg.startsWith('HS');
  const { privateKey, publicKey } = secret ? {} : await generateKeyPair(alg, { extractable: true });
  const shared = secret ? await generateSecret(alg, { extractable: true }) : undefined;
  keys.push({ ...(await exportJWK(publicKey ?? shared)), kid: alg, alg, use: 'sig' });
  tokens[alg] = await new SignJWT({ scope: 'orders:read', tenant_id: 'acme' })
    .setProtectedHeader({ alg, kid: alg, typ: 'at+jwt' })
    .setIssuer('https://idp.example').setAudience('api://orders').setSubject('user-7').setIssuedAt().setExpirationTime('10m')
    .sign(privateKey ?? shared);
}

const json = JSON.stringify({ public: { keys: keys.filter((key) => key.kty !== 'oct') }, secret: { keys: keys.filter((key) => key.kty === 'oct') }, tokens });
console.log(json);
