// How Culprit.app is signed and notarised: by what this Mac and its environment have.

/** What each way to notarise needs; electron-builder reads the same. */
const NOTARY = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN_PROFILE'],
];

/**
 * Settings for electron-builder, and a sentence on what they lead to.
 * @param env where the certificate and the notary's credentials are named
 * @param identities what `security find-identity -v -p codesigning` prints
 */
export function signing(env, identities) {
  const inKeychain =
    env.CSC_IDENTITY_AUTO_DISCOVERY !== 'false' && identities.includes('"Developer ID Application:');
  if (!env.CSC_LINK && !env.CSC_NAME && !inKeychain) {
    return {
      // Unsigned, it would not even start on Apple's processors. A signature of nobody has no team, and the hardened runtime
      // would refuse to load Electron's framework.
      config: { mac: { identity: '-', hardenedRuntime: false, notarize: false } },
      sentence:
        'No Developer ID certificate here: signed ad hoc. It opens on this Mac; others refuse it until it is allowed in System Settings > Privacy & Security.',
    };
  }
  const notarize = NOTARY.some((names) => names.every((name) => env[name]));
  return {
    config: { mac: { notarize }, forceCodeSigning: true },
    sentence: notarize
      ? 'Signed with a Developer ID and notarised by Apple: this takes some minutes.'
      : 'Signed with a Developer ID, but not notarised: the environment names no credentials for Apple’s notary. Other Macs refuse what was downloaded.',
  };
}
