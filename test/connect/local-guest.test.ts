import { localGuest } from '../../electron/connect/local-guest.ts';
import { conformance } from './conformance.ts';

conformance('local', localGuest);
conformance('local, dash', () => localGuest({ shell: ['/bin/dash'] }));
conformance('local, bash', () => localGuest({ shell: ['/bin/bash'] }));
conformance('local, busybox ash', () => localGuest({ shell: ['/bin/busybox', 'ash'] }));
conformance('local, no timeout with a process group', () => localGuest({ mode: 'bare' }));
