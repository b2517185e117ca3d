import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { same } from '../../shared/text.ts';

// A Culprit that is busy until somebody kills it. Arguments: how to connect, as JSON; how long to sleep.
const [options = '', sleep = ''] = process.argv.slice(2);
const guest = await connectSsh(JSON.parse(options));
const stream = guest.stream({ purpose: same('test'), script: `sleep ${sleep}` });
void guest.exec({ purpose: same('test'), script: `sleep ${sleep}` });
await stream.done;
