import { findFault } from './faults.ts';
import { notAsStated } from './flows.ts';
import type { Lab } from './lab.ts';

/** Injects faults one after the other, from the snapshot, and compares the flows with their headers. */
export async function verify(
  lab: Lab,
  names: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  let bad = 0;
  for (const name of names.filter((id) => findFault(id).suites.includes(lab.suite))) {
    const start = Date.now();
    const complaint = await complaintAbout(lab, name).catch((error: Error) => error.message);
    if (complaint) bad++;
    say(`${complaint ? 'BAD' : 'ok '} ${name} ${Math.round((Date.now() - start) / 1000)} s ${complaint}`);
  }
  await lab.reset();
  return bad;
}

async function complaintAbout(lab: Lab, name: string): Promise<string> {
  await lab.reset();
  const fault = await lab.fault(name);
  if (fault.host === 'link')
    return (await lab.ssh('true', { timeoutMs: 10_000 })).code ? '' : 'ssh still works';
  const wrong = await notAsStated(lab.port, fault);
  return [...wrong].map(([flow, said]) => `${flow}: ${said}`).join('; ');
}
