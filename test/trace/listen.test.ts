import { expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { quote } from '../../electron/connect/quote.ts';
import { xtablesMonitor } from '../../electron/trace/formats/xtables-monitor.ts';
import { kernelTraces } from '../../electron/trace/kernel-messages.ts';
import { listen } from '../../electron/trace/listen.ts';

/** Debian 13: a packet that both saw, between two sentinels; what xtables-monitor 1.8.11 and Linux 6.12 print, as it came. */
const SEEN = new URL('../fixtures/trace/trixie-xtables-monitor-and-kmsg.txt', import.meta.url).pathname;

/** Prints that for the sentinel that opens, and again for the one that ends; each time waits to hear that it was heard. */
const SCRIPT = `exec bash -c ${quote(`
  cat ${quote(SEEN)}
  read -r -t 10 said; [ "$said" = 1 ] || exit 7
  sed 's/DPT=1 /DPT=2 /; s/DPORT=1 /DPORT=2 /' ${quote(SEEN)}
  while [ "$said" = 1 ]; do read -r -t 10 said || exit 8; done`)}`;

it('hears two programs that use the same words', async () => {
  const guest = await localGuest();
  try {
    const task = { trials: [], matches: [], legacy: true, onTryLine: () => undefined };
    const tracer = { id: 'x', script: SCRIPT, formats: [xtablesMonitor, kernelTraces] };
    const { events, ...rest } = await listen(guest, tracer, task, new AbortController().signal);
    expect(rest).toEqual({});
    const at = events.map(({ legacy, table, chain }) => `${legacy ? 'legacy' : 'nft'} ${table} ${chain}`);
    expect(new Set(at)).toEqual(
      new Set([
        'legacy filter FORWARD',
        'nft raw culprit_1451_pre',
        'nft raw PREROUTING',
        'nft nat PREROUTING',
      ]),
    );
  } finally {
    await guest.close();
  }
});
