import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { signing } from '../../build/signing.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `security find-identity -v -p codesigning` prints, with and without a certificate to hand applications on. */
const DEVELOPER_ID = `  1) 0123456789ABCDEF0123456789ABCDEF01234567 "Developer ID Application: A. Body (AB12CD34EF)"
     1 valid identities found
`;
const NONE = '     0 valid identities found\n';
const DEVELOPMENT = `  1) 0123456789ABCDEF0123456789ABCDEF01234567 "Apple Development: a@example.com (AB12CD34EF)"
     1 valid identities found
`;
const AD_HOC = { mac: { identity: '-', hardenedRuntime: false, notarize: false } };
const API_KEY = { APPLE_API_KEY: '/key.p8', APPLE_API_KEY_ID: 'K', APPLE_API_ISSUER: 'I' };

describe('Culprit.app is signed', () => {
  test.each([
    ['there is no certificate', {}, NONE],
    ['the certificate is for development', {}, DEVELOPMENT],
    ['looking for one was forbidden', { CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, DEVELOPER_ID],
    ['only the notary is known', API_KEY, NONE],
  ])('ad hoc, so that it starts here, when %s', (_, env, identities) => {
    const { config, sentence } = signing(env, identities);
    expect(config).toEqual(AD_HOC);
    expect(sentence).toMatch(/signed ad hoc/);
  });

  test.each([
    ['is in the keychain', {}, DEVELOPER_ID],
    ['is named', { CSC_NAME: 'A. Body' }, NONE],
    ['is a file', { CSC_LINK: '/certificate.p12' }, NONE],
    ['is there and part of what the notary needs', { APPLE_ID: 'a@example.com' }, DEVELOPER_ID],
  ])('with a certificate that %s, or not at all', (_, env, identities) => {
    const { config, sentence } = signing(env, identities);
    expect(config).toEqual({ mac: { notarize: false }, forceCodeSigning: true });
    expect(sentence).toMatch(/not notarised/);
  });

  test.each([
    API_KEY,
    { APPLE_ID: 'a@example.com', APPLE_APP_SPECIFIC_PASSWORD: 'p', APPLE_TEAM_ID: 'T' },
    { APPLE_KEYCHAIN_PROFILE: 'culprit' },
  ])('and notarised where the environment has what that needs', (env) => {
    expect(signing(env, DEVELOPER_ID).config).toEqual({ mac: { notarize: true }, forceCodeSigning: true });
  });
});

test.skipIf(process.platform === 'darwin')('away from a Mac it is not made, and that is said', () => {
  const done = spawnSync(process.execPath, ['build/dist.mjs'], { cwd: root, encoding: 'utf8' });
  expect(done.status).toBe(1);
  expect(done.stderr).toMatch(/only be made on a Mac[\s\S]*vitest run --project app test\/package/);
  expect(done.stderr).not.toMatch(/\n\s+at /);
});
