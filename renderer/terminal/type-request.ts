import { create } from 'zustand';

/** A run's command that the person wants in the guest's shell: typed, not entered. */
export interface TypeRequest {
  run: string;
  command: string;
}

/** What is waiting to be typed, until the terminal takes it; a new request replaces an older one. */
export const useTypeRequest = create<{ waiting: TypeRequest | undefined }>(() => ({ waiting: undefined }));

/** Asks for a run's command to be typed into the guest's shell, which the terminal opens if need be. */
export function requestTyping(run: string, command: string): void {
  useTypeRequest.setState({ waiting: { run, command } });
}
