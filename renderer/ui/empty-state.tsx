import type { ReactNode } from 'react';
import css from './empty-state.module.css';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** Why it is empty, and what can be done. */
  children?: ReactNode;
  /** The next step, best first. */
  actions?: ReactNode;
}

/** What a pane shows while it has nothing to show. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      {icon !== undefined && (
        <div className={css.icon} aria-hidden>
          {icon}
        </div>
      )}
      <h2 className={css.title}>{title}</h2>
      {children !== undefined && <div className={css.body}>{children}</div>}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
