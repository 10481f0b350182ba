// The issuer of the guide "Secure an API": signs tokens with a key of its own, and writes the public half where the gateway reads it.
// Without an argument it only makes the keys; with claims as JSON it prints a token.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const keyFile = '.headgate/issuer.pem';
const setFile = '.headgate/keys.json';

if (!existsSync(keyFile)) {
  mkdirSync('.headgate', { recursive: true });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}

const key = readFileSync(keyFile);
writeFileSync(setFile, JSON.stringify({ keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), kid: 'guide', use: 'sig' }] }));

const claims = process.argv[2];
if (claims) {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = encode({ alg: 'ES256', typ: 'JWT', kid: 'guide' });
  const body = encode({ iss: 'https://issuer.example', aud: 'pets', iat: now, exp: now + 3600, ...JSON.parse(claims) });
  const signature = sign('sha256', Buffer.from(`${header}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  console.log(`${header}.${body}.${signature.toString('base64url')}`);
} else {
  console.log(`the public key is in ${setFile}`);
}
