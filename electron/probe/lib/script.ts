/** C locale, and the folders of `ip`, `nft` and `sysctl`, which are not on an ordinary user's PATH on Debian. */
const PRELUDE = 'export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"\n';

/** A probe's script with the usual environment. `body` is literal POSIX sh; nothing from outside goes into it. */
export function script(body: string): string {
  return `${PRELUDE}${body.trim()}\n`;
}
