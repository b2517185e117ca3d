export function readPlist(file: string): Record<string, unknown>;
export function writePlist(file: string, dictionary: Record<string, unknown>): void;
