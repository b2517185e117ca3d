import { describe, expect, it } from 'vitest';
import type { Command, Guest, GuestStream, StreamLine } from '../../electron/connect/guest.ts';
import { same } from '../../shared/text.ts';
import { processesWith, uniqueSleep, until } from './processes.ts';

/** One thing that every guest does alike. `live` cases look at processes, which a replay has none of. */
interface Case {
  title: string;
  live?: boolean;
  run(guest: Guest): Promise<void>;
}

export const sh = (script: string, more: Partial<Command> = {}): Command => ({
  purpose: same('test'),
  script,
  ...more,
});

export async function collect(stream: GuestStream): Promise<StreamLine[]> {
  const lines: StreamLine[] = [];
  for await (const line of stream.lines) lines.push(line);
  return lines;
}

const texts = (lines: StreamLine[], from: 'out' | 'err') =>
  lines.filter((line) => line.from === from).map(({ text }) => text);

const CASES: Case[] = [
  {
    title: 'gives exit code, stdout and stderr apart',
    run: async (guest) => {
      const answer = await guest.exec(sh('echo out; echo err >&2; exit 3'));
      expect(answer).toMatchObject({
        code: 3,
        stdout: 'out\n',
        stderr: 'err\n',
        timedOut: false,
        truncated: false,
      });
    },
  },
  {
    title: 'gives output without a last line feed as it is',
    run: async (guest) => {
      expect((await guest.exec(sh('printf a; printf b >&2'))).stdout).toBe('a');
      expect((await guest.exec(sh('printf "a\\n\\n"'))).stdout).toBe('a\n\n');
      expect((await guest.exec(sh(':'))).stdout).toBe('');
    },
  },
  {
    title: 'gives every character as it is, in both directions',
    run: async (guest) => {
      const text = 'ā中文é🚀 \t"\'`$HOME\\n\x01\x1b[0m';
      expect((await guest.exec(sh(`cat <<'EOF'\n${text}\nEOF`))).stdout).toBe(`${text}\n`);
      const bytes = await guest.exec(sh("printf '\\201\\202\\210\\377' | od -An -tx1"));
      expect(bytes.stdout.trim()).toBe('81 82 88 ff');
    },
  },
  {
    title: 'runs scripts with quotes, line feeds and here-documents',
    run: async (guest) => {
      const script = `a='it'"'"'s'\nfor i in 1 2; do\n  echo "$a $i"\ndone\ncat <<EOF\nrun 1 5 1\nE\nEOF\n`;
      expect((await guest.exec(sh(script))).stdout).toBe("it's 1\nit's 2\nrun 1 5 1\nE\n");
    },
  },
  {
    title: 'is not fooled by output that looks like its own end marker',
    run: async (guest) => {
      const script = "printf '\\n%s 1 0\\n' 00000000000000000000000000000000; printf '\\n1 0\\n'; exit 4";
      const answer = await guest.exec(sh(script));
      expect(answer.stdout).toBe('\n00000000000000000000000000000000 1 0\n\n1 0\n');
      expect(answer.code).toBe(4);
    },
  },
  {
    title: 'gives 5 MB of output whole',
    run: async (guest) => {
      const answer = await guest.exec(sh("yes 0123456789abcde | head -c 5242880; printf '.'"));
      expect(answer.stdout.length).toBe(5242881);
      expect(answer.stdout.endsWith('bcde\n.')).toBe(true);
      expect(answer.truncated).toBe(false);
    },
  },
  {
    title: 'cuts output at the limit and says so',
    run: async (guest) => {
      const answer = await guest.exec(sh("printf 'aaaa中中'; exit 7", { maxBytes: 8 }));
      expect(answer).toMatchObject({ code: 7, stdout: 'aaaa中', truncated: true });
      const exact = await guest.exec(sh('printf 12345678', { maxBytes: 8 }));
      expect(exact).toMatchObject({ stdout: '12345678', truncated: false });
    },
  },
  {
    title: 'closes the standard input of commands',
    run: async (guest) => {
      expect(await guest.exec(sh('cat; echo "$?"'))).toMatchObject({ stdout: '0\n', timedOut: false });
    },
  },
  {
    title: 'runs in the C locale',
    run: async (guest) => {
      expect((await guest.exec(sh('echo "$LC_ALL"'))).stdout).toBe('C\n');
    },
  },
  {
    title: 'runs 20 commands side by side without mixing them up',
    run: async (guest) => {
      const numbers = Array.from({ length: 20 }, (_, n) => n);
      const answers = await Promise.all(
        numbers.map((n) => guest.exec(sh(`echo out${n}; echo err${n} >&2; exit ${n}`))),
      );
      expect(answers.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(
        numbers.map((n) => [n, `out${n}\n`, `err${n}\n`]),
      );
    },
  },
  {
    title: 'answers a command that ends itself by a signal',
    run: async (guest) => {
      expect((await guest.exec(sh('kill -9 $$; sleep 1'))).code).toBe(137);
      expect((await guest.exec(sh('echo still here'))).stdout).toBe('still here\n');
    },
  },
  {
    title: 'runs what needs root as root, or refuses it without running it',
    run: async (guest) => {
      const answer = await guest.exec(sh('id -u', { asRoot: true }));
      if (guest.root.how === 'none')
        expect(answer).toMatchObject({ code: -1, refused: 'no-root', stdout: '' });
      else expect(answer.stdout).toBe('0\n');
    },
  },
  {
    title: 'ends a command and its grandchildren at the time limit',
    live: true,
    run: async (guest) => {
      const [child, grandchild] = [uniqueSleep(), uniqueSleep()];
      const script = `(trap '' TERM; sleep ${grandchild}) & echo begun; sleep ${child}`;
      const answer = await guest.exec(sh(script, { timeoutMs: 700 }));
      expect(answer).toMatchObject({ code: 124, timedOut: true, stdout: 'begun\n' });
      expect(answer.ms).toBeLessThan(6000);
      await until(() => [...processesWith(child), ...processesWith(grandchild)].length === 0, 1000);
    },
  },
  {
    title: 'ends what a command left running',
    live: true,
    run: async (guest) => {
      const sleep = uniqueSleep();
      expect((await guest.exec(sh(`sleep ${sleep} & echo done`))).stdout).toBe('done\n');
      await until(() => processesWith(sleep).length === 0, 1000);
    },
  },
  {
    title: 'kills a command at once when it is aborted',
    live: true,
    run: async (guest) => {
      const sleep = uniqueSleep();
      const stop = new AbortController();
      const running = guest.exec(sh(`sleep ${sleep}`), stop.signal);
      await until(() => processesWith(`sleep ${sleep}`).length > 0, 5000);
      stop.abort();
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      await until(() => processesWith(sleep).length === 0, 5000);
      expect((await guest.exec(sh('echo on'))).stdout).toBe('on\n');
    },
  },
  {
    title: 'does not run a command that was aborted before',
    run: async (guest) => {
      await expect(guest.exec(sh('echo x'), AbortSignal.abort())).rejects.toMatchObject({
        code: 'cancelled',
      });
    },
  },
  {
    title: 'streams lines of both outputs, and the exit code after them',
    run: async (guest) => {
      const stream = guest.stream(sh("echo a; echo; echo b; printf '\\n\\nc'; echo e >&2; exit 5"));
      const lines = await collect(stream);
      expect(texts(lines, 'out')).toEqual(['a', '', 'b', '', '', 'c']);
      expect(texts(lines, 'err')).toEqual(['e']);
      expect(await stream.done).toMatchObject({ code: 5, stdout: '', stderr: '' });
    },
  },
  {
    title: 'writes to a stream and ends its input',
    run: async (guest) => {
      const stream = guest.stream(sh('while IFS= read -r l; do echo "got $l"; done; printf "rest %s" "$l"'));
      stream.write("one\ntw'o\n\n=E\nā中");
      stream.write('文');
      stream.end();
      const lines = await collect(stream);
      expect(texts(lines, 'out')).toEqual(['got one', "got tw'o", 'got ', 'got =E', 'rest ā中文']);
      expect((await stream.done).code).toBe(0);
    },
  },
  {
    title: 'streams 100,000 lines to a reader that starts late',
    run: async (guest) => {
      const stream = guest.stream(sh('seq 1 100000'));
      const iterator = stream.lines[Symbol.asyncIterator]();
      expect((await iterator.next()).value).toEqual({ from: 'out', text: '1' });
      await guest.exec(sh('echo meanwhile'));
      let count = 1;
      for (let line = await iterator.next(); !line.done; line = await iterator.next()) {
        count += 1;
        if (line.value.text !== String(count)) throw new Error(`line ${count} is ${line.value.text}`);
      }
      expect(count).toBe(100000);
    },
  },
  {
    title: 'pauses the guest when nobody pulls',
    live: true,
    run: async (guest) => {
      const stop = new AbortController();
      const mark = uniqueSleep();
      // The guest says on a second stream how far it has come on the first.
      const script = `n=0; while :; do n=$((n+1)); echo "$n ${'x'.repeat(2000)}"; done # ${mark}`;
      const stream = guest.stream(sh(script), stop.signal);
      const iterator = stream.lines[Symbol.asyncIterator]();
      await iterator.next();
      const [pid = 0] = processesWith(mark).slice(-1);
      const used = async () => (await guest.exec(sh(`cut -d' ' -f14,15 /proc/${pid}/stat`))).stdout;
      let before = '';
      for (let now = await used(); now !== before; now = await used()) {
        before = now;
        await guest.exec(sh('sleep 0.5'));
      }
      stop.abort();
      await until(() => processesWith(mark).length === 0, 5000);
    },
  },
  {
    title: 'cuts a line that never ends',
    run: async (guest) => {
      const lines = await collect(guest.stream(sh("head -c 200000 /dev/zero | tr '\\0' x; echo; echo end")));
      expect(lines.map(({ text }) => text.length)).toEqual([65536, 65536, 65536, 3392, 3]);
    },
  },
  {
    title: 'ends a stream when it is aborted',
    live: true,
    run: async (guest) => {
      const sleep = uniqueSleep();
      const stop = new AbortController();
      const stream = guest.stream(
        sh(`echo begun; (sleep ${sleep}) & sleep ${sleep}; echo never`),
        stop.signal,
      );
      const iterator = stream.lines[Symbol.asyncIterator]();
      await iterator.next();
      stop.abort();
      await expect(iterator.next()).rejects.toMatchObject({ code: 'cancelled' });
      await expect(stream.done).rejects.toMatchObject({ code: 'cancelled' });
      await until(() => processesWith(sleep).length === 0, 5000);
    },
  },
  {
    title: 'ends a stream when its reader leaves',
    live: true,
    run: async (guest) => {
      const sleep = uniqueSleep();
      const stream = guest.stream(sh(`echo begun; sleep ${sleep}`));
      for await (const { text } of stream.lines) {
        expect(text).toBe('begun');
        break;
      }
      await expect(stream.done).rejects.toMatchObject({ code: 'cancelled' });
      await until(() => processesWith(sleep).length === 0, 5000);
    },
  },
  {
    title: 'ends a stream at its time limit, with all it started',
    live: true,
    run: async (guest) => {
      const sleep = uniqueSleep();
      const stream = guest.stream(sh(`sleep ${sleep} & sleep ${sleep}`, { timeoutMs: 700 }));
      expect(await collect(stream)).toEqual([]);
      expect(await stream.done).toMatchObject({ code: 124, timedOut: true });
      await until(() => processesWith(sleep).length === 0, 5000);
    },
  },
  {
    title: 'refuses a stream that needs root on a guest without',
    run: async (guest) => {
      const stream = guest.stream(sh('id -u', { asRoot: true }));
      const lines = await collect(stream);
      if (guest.root.how === 'none')
        expect(await stream.done).toMatchObject({ code: -1, refused: 'no-root' });
      else expect(texts(lines, 'out')).toEqual(['0']);
    },
  },
];

/** Runs the suite on guests that are opened anew for each case; `leftovers` is what must be gone after closing. */
export function conformance(name: string, open: () => Promise<Guest>): void {
  describe(`a guest: ${name}`, () => {
    it.each(CASES)('$title', { timeout: 60_000 }, async ({ run }) => {
      const guest = await open();
      try {
        await run(guest);
      } finally {
        await guest.close();
      }
    });
  });
}

/** Runs each case that can be replayed on what `again` makes of the same case on a guest of `open`. */
export function conformanceReplayed<G extends Guest>(
  name: string,
  open: () => Promise<G>,
  again: (guest: G) => Promise<Guest>,
): void {
  const cases = CASES.filter(({ live }) => !live);
  describe(`a guest: ${name}`, () => {
    it.each(cases)('$title', { timeout: 60_000 }, async ({ run }) => {
      const first = await open();
      try {
        await run(first);
      } finally {
        await first.close();
      }
      const second = await again(first);
      await run(second);
      await second.close();
    });
  });
}
