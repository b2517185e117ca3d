import type { FormEvent, ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { cx } from './cx.ts';
import css from './sheet.module.css';

export interface SheetProps {
  title: string;
  icon?: ReactNode;
  children?: ReactNode;
  /** Buttons at the foot, the default one last. */
  actions?: ReactNode;
  /** What stands at the foot's left. */
  foot?: ReactNode;
  width?: number;
  /** Read out at once: a warning, or a question before something is lost. */
  alert?: boolean;
  onClose(): void;
  /** Makes the sheet a form: Enter in a field and the submit button lead here. */
  onSubmit?(form: FormData): void;
}

/** A dialog that comes down from the title bar, over a window that waits. Esc closes it, a click beside it does not. */
export function Sheet(props: SheetProps) {
  const { title, icon, children, actions, foot, width = 460, alert = false, onClose, onSubmit } = props;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit?.(new FormData(event.currentTarget));
  };
  const content = (
    <>
      <div className={css.scroll}>
        <header className={cx(css.head, icon !== undefined && css.withIcon)}>
          {icon !== undefined && (
            <div className={css.icon} aria-hidden>
              {icon}
            </div>
          )}
          <Heading slot="title" className={cx(css.title)}>
            {title}
          </Heading>
        </header>
        <div className={css.body}>{children}</div>
      </div>
      {(actions !== undefined || foot !== undefined) && (
        <footer className={css.foot}>
          <div className={css.left}>{foot}</div>
          {actions}
        </footer>
      )}
    </>
  );
  return (
    <ModalOverlay
      className={cx(css.overlay)}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={cx(css.modal)} style={{ width }}>
        <Dialog role={alert ? 'alertdialog' : 'dialog'} className={cx(css.dialog)}>
          {onSubmit ? (
            <form className={css.form} onSubmit={submit} autoComplete="off" noValidate>
              {content}
            </form>
          ) : (
            <div className={css.form}>{content}</div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
