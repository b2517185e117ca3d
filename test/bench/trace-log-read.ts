/** Reads a tracer's text in a process of its own, for `trace-log.ts`: seconds and packets, as JSON. */
import { readTraceLogFile } from '../../electron/trace/read-log.ts';

const [file = ''] = process.argv.slice(2);
const began = performance.now();
const { packets } = await readTraceLogFile(file);
const s = (performance.now() - began) / 1000;
console.log(JSON.stringify({ s, packets }));
