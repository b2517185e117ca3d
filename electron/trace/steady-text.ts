/** The text of a rule without what changes from packet to packet. */
export function steadyText(text: string): string {
  return text
    .replace(/counter packets \d+ bytes \d+/g, 'counter')
    .replace(/ # handle \d+$/, '')
    .trim();
}
