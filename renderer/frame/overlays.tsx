/** What lies over the window, one at a time. */
export function Overlays() {
  return null;
}
