import Check from 'lucide-react/icons/check';
import type { ReactNode } from 'react';
import { Header } from 'react-aria-components/Header';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuProps as AriaMenuProps,
  MenuSection as AriaMenuSection,
} from 'react-aria-components/Menu';
import { Popover, type PopoverProps } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import css from './menu.module.css';

type MenuProps = Omit<AriaMenuProps<object>, 'className' | 'items'> &
  Pick<PopoverProps, 'placement' | 'triggerRef' | 'isOpen' | 'onOpenChange'>;

/** A menu that pops up from its trigger (`MenuTrigger`), or from `triggerRef`. */
export function Menu({ placement = 'bottom start', triggerRef, isOpen, onOpenChange, ...rest }: MenuProps) {
  const anchored = triggerRef === undefined ? {} : { triggerRef };
  const controlled = isOpen === undefined ? {} : { isOpen };
  const told = onOpenChange === undefined ? {} : { onOpenChange };
  return (
    <Popover
      className={cx(css.popover)}
      placement={placement}
      offset={4}
      {...anchored}
      {...controlled}
      {...told}
      {...(triggerRef === undefined ? {} : { 'aria-label': rest['aria-label'] ?? '' })}
    >
      <AriaMenu {...rest} {...(triggerRef && { autoFocus: 'first' as const })} className={cx(css.menu)} />
    </Popover>
  );
}

interface MenuItemProps {
  id: string;
  children: string;
  /** A second, quieter line. */
  detail?: string | undefined;
  /** As Electron writes it. */
  keys?: string | undefined;
  icon?: ReactNode;
  danger?: boolean;
  isDisabled?: boolean;
  /** By which typing finds it, if not by what it says. */
  textValue?: string;
}

export function MenuItem({
  id,
  children,
  detail,
  keys,
  icon,
  danger,
  isDisabled = false,
  textValue = children,
}: MenuItemProps) {
  return (
    <AriaMenuItem
      id={id}
      textValue={textValue}
      isDisabled={isDisabled}
      className={cx(css.item, danger && css.danger)}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode !== 'none' && (
            <span className={css.tick}>{isSelected && <Check size={14} aria-hidden />}</span>
          )}
          {icon !== undefined && <span className={css.icon}>{icon}</span>}
          <span className={css.label}>
            {children}
            {detail !== undefined && <small>{detail}</small>}
          </span>
          {keys !== undefined && <Kbd keys={keys} />}
        </>
      )}
    </AriaMenuItem>
  );
}

export function MenuSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <AriaMenuSection className={cx(css.section)}>
      {title !== undefined && <Header className={cx(css.header)}>{title}</Header>}
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator() {
  return <Separator className={cx(css.separator)} />;
}
