import { Component, type ReactNode } from 'react';
import { call } from '../api.ts';
import css from './error-boundary.module.css';

/** Both languages at once: whatever broke may be what knows the language. */
const SAYS = [
  {
    lang: 'en',
    title: 'The window broke',
    body: 'This is a bug in Culprit, not a finding about your VM. Runs go on and nothing is lost; the details are in the log file.',
    action: 'Reload Window',
  },
  {
    lang: 'zh-CN',
    title: '窗口出错了',
    body: '这是 Culprit 的缺陷，与虚拟机的状况无关。诊断会继续，不会丢失任何内容；详细信息在日志文件中。',
    action: '重新载入窗口',
  },
] as const;

/** Writes it into main's log; there is nothing else to be done when that fails too. */
export function reportBug(error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  call('reportBug', { message: message.slice(0, 10_000) }).catch(() => {});
}

/** Catches what breaks while the window is drawn. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    reportBug(error);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className={css.broken} role="alert">
        {SAYS.map(({ lang, title, body, action }) => (
          <section key={lang} lang={lang}>
            <h1>{title}</h1>
            <p>{body}</p>
            <button type="button" onClick={() => location.reload()}>
              {action}
            </button>
          </section>
        ))}
      </div>
    );
  }
}
