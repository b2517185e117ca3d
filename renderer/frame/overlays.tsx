import { useEffect } from 'react';
import { closeOverlay, type Overlay, useFrame } from './frame-store.ts';
import { Palette } from './palette/palette.tsx';
import { ShortcutsSheet } from './palette/shortcuts-sheet.tsx';
import { SettingsSheet } from './settings/settings-sheet.tsx';
import { DeleteRunSheet, RemoveHostSheet } from './sheets/confirm-sheets.tsx';
import { HostSheet } from './sheets/host-sheet.tsx';
import { LoginSheet } from './sheets/login-sheet.tsx';
import { PromptSheet } from './sheets/prompt-sheet.tsx';
import { useApp } from './use-chosen.ts';

/** What lies over the window, one at a time: a question of main's before what the person opened. */
export function Overlays() {
  const [prompt] = useApp().prompts;
  const overlay = useFrame((frame) => frame.overlay);
  if (prompt) return <PromptSheet key={prompt.id} prompt={prompt} />;
  return overlay ? <Opened overlay={overlay} /> : null;
}

function Opened({ overlay }: { overlay: Overlay }) {
  const { machines, runs } = useApp();
  switch (overlay.kind) {
    case 'palette':
      return <Palette />;
    case 'settings':
      return <SettingsSheet />;
    case 'shortcuts':
      return <ShortcutsSheet />;
    case 'add-host':
      return <HostSheet />;
    case 'delete-run': {
      const run = runs.find(({ id }) => id === overlay.run);
      return run ? <DeleteRunSheet run={run} /> : <Gone />;
    }
    default: {
      const machine = machines.find(({ id }) => id === overlay.machine);
      return machine ? <OfMachine kind={overlay.kind} machine={machine} /> : <Gone />;
    }
  }
}

/** What the sheet was about went away: so does the sheet. */
function Gone() {
  useEffect(closeOverlay, []);
  return null;
}

type Machine = ReturnType<typeof useApp>['machines'][number];

function OfMachine({ kind, machine }: { kind: 'login' | 'edit-host' | 'remove-host'; machine: Machine }) {
  if (kind === 'login') return <LoginSheet machine={machine} />;
  if (kind === 'edit-host') return <HostSheet machine={machine} />;
  return <RemoveHostSheet machine={machine} />;
}
