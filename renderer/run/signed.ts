/** A chain's priority: `+10`, `−100`, `0`. */
export function signed(priority: number): string {
  if (priority === 0) return '0';
  return priority > 0 ? `+${priority}` : `−${-priority}`;
}
