import { create } from 'zustand';

/** What lies over the window; one at a time. */
export type Overlay =
  | { kind: 'palette' | 'settings' | 'shortcuts' | 'add-host' }
  | { kind: 'login' | 'edit-host' | 'remove-host'; machine: string }
  | { kind: 'delete-run'; run: string };

export interface FrameState {
  overlay: Overlay | undefined;
  /** The sidebar lies over a window that is too narrow to have it beside. */
  sideOver: boolean;
  /** Machines whose run was asked for and has not begun. */
  starting: readonly string[];
  /** Machines to which a way is being opened. */
  opening: readonly string[];
  /** Runs that are being stopped. */
  stopping: readonly string[];
  /** For screen readers: what happened without being asked for. */
  said: string;
}

/** What only the window's frame knows. */
export const useFrame = create<FrameState>(() => ({
  overlay: undefined,
  sideOver: false,
  starting: [],
  opening: [],
  stopping: [],
  said: '',
}));

/** Shows what lies over the window, in place of what lay there. */
export function openOverlay(overlay: Overlay): void {
  useFrame.setState({ overlay });
}

export function closeOverlay(): void {
  useFrame.setState({ overlay: undefined });
}
