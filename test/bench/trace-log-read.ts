/** Reads a tracer's text in a process of its own, for `trace-log.ts`: seconds, those of the processor, and packets, as JSON. */
import { readTraceLogFile } from '../../electron/trace/read-log.ts';

const [file = ''] = process.argv.slice(2);
const began = performance.now();
const before = process.cpuUsage();
const { packets } = await readTraceLogFile(file);
const s = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ s, cpu: (user + system) / 1e6, packets }));
