export function hasDisplay(env?: NodeJS.ProcessEnv, platform?: string): boolean;
export function findBrowser(env?: NodeJS.ProcessEnv, platform?: string): string | undefined;
export function findElectron(root: string): string | undefined;
export function isReachable(env?: NodeJS.ProcessEnv): Promise<boolean>;
export function fetchElectron(root: string): string | undefined;
