import { z } from 'zod';

// The content security policy forbids `new Function`, which zod tries at its first parse.
z.config({ jitless: true });
