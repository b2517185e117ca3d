/** Builds if it must; gives the log's path when the build failed. */
export function ensureBuilt(): string | undefined;
