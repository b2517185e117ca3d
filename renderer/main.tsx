import './jitless.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary, reportBug } from './frame/error-boundary.tsx';
import { Frame } from './frame/frame.tsx';
import { follow } from './store.ts';

window.addEventListener('error', ({ error, message }) => reportBug(error ?? message));
window.addEventListener('unhandledrejection', ({ reason }) => reportBug(reason));

/** A window that main does not answer says so, like one that breaks later. */
function Broken({ error }: { error: unknown }): never {
  throw error;
}

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');
const root = createRoot(element);
follow().then(
  () =>
    root.render(
      <StrictMode>
        <ErrorBoundary>
          <Frame />
        </ErrorBoundary>
      </StrictMode>,
    ),
  (error) =>
    root.render(
      <ErrorBoundary>
        <Broken error={error} />
      </ErrorBoundary>,
    ),
);
