const MOST = 60;
const two = (n: number) => String(n).padStart(2, '0');

/** A name that any file system takes, for the report of a run: `<machine>-<date>-<time>.md`, in local time. */
export function reportFileName(machine: string, at: string): string {
  const name = [...machine.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-')]
    .slice(0, MOST)
    .join('')
    .replace(/^[-.]+|[-.]+$/g, '');
  const time = new Date(at);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('');
  return `${name || 'machine'}-${day}-${clock}.md`;
}
