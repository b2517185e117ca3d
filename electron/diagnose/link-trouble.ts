/** What packets that are lost on a link, outside of every chain and route, are easily taken for: causes that then say nothing. */
export const SEEN_AS = [
  'netfilter-drop',
  'masquerade-missing',
  'container-dns-wrong',
  'embedded-dns-upstream-dead',
  'kernel-drop',
];
