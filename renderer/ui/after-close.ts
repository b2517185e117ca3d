/** Does something when what has just been closed has given the keyboard back, for it may take the keyboard itself. */
export function afterClose(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}
