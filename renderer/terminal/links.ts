/** What `openLink` takes at most. */
const LONGEST = 2048;
/** Letters that look like others, and what hides: such an address is shown before it is opened. */
const PLAIN = /^[\x21-\x7e]+$/;

/** `ask`: the person sees the address first, for the text says another one, or for it is an odd one. */
export type LinkPlan =
  | { do: 'open'; url: string }
  | { do: 'ask'; url: string; why: 'other-text' | 'odd' }
  | { do: 'nothing' };

/**
 * What a click on a link does. `text` is what is on screen: a program can have shown anything. Only http and https lead
 * anywhere; an address that is not the text, that names a user, or that is not plain ASCII is asked about.
 */
export function linkPlan(target: string, text: string): LinkPlan {
  if (target.length > LONGEST || !URL.canParse(target)) return { do: 'nothing' };
  const url = new URL(target);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { do: 'nothing' };
  const { href } = url;
  if (url.hostname === '' || href.length > LONGEST) return { do: 'nothing' };
  if (!sameAddress(text.trim(), href)) return { do: 'ask', url: href, why: 'other-text' };
  const odd =
    url.username !== '' || url.password !== '' || !PLAIN.test(target) || /(?:^|\.)xn--/.test(url.hostname);
  return odd ? { do: 'ask', url: href, why: 'odd' } : { do: 'open', url: href };
}

function sameAddress(text: string, href: string): boolean {
  return URL.canParse(text) && new URL(text).href === href;
}
