import { COMMAND_IDS, COMMANDS, type CommandInfo, MENUS } from '../../../shared/commands.ts';
import { usePhrases, useText } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { keysText } from '../../ui/keys.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { closeOverlay } from '../frame-store.ts';
import { useApp } from '../use-chosen.ts';
import css from './palette.module.css';
import { PALETTE_PHRASES } from './phrases.ts';

/** All shortcuts, by menu. */
export function ShortcutsSheet() {
  const phrases = usePhrases(PALETTE_PHRASES);
  const text = useText();
  const { platform } = useApp();
  const groups = MENUS.map((menu) => ({
    menu,
    rows: COMMAND_IDS.flatMap((id) => {
      const { title, accelerator, menu: at }: CommandInfo = COMMANDS[id];
      if (at !== menu || accelerator === undefined) return [];
      return [{ keys: keysText(accelerator, platform), does: text(title).replace(/…$/, '') }];
    }),
  })).filter(({ rows }) => rows.length > 0);
  return (
    <Sheet
      title={phrases.shortcuts}
      width={640}
      onClose={closeOverlay}
      onSubmit={closeOverlay}
      actions={
        <Button look="primary" type="submit" autoFocus>
          {phrases.done}
        </Button>
      }
    >
      <div className={css.shortcuts}>
        {groups.map(({ menu, rows }) => (
          <Shortcuts key={menu} title={phrases.menus[menu]} rows={rows} />
        ))}
        <Shortcuts {...phrases.inPlace} />
      </div>
    </Sheet>
  );
}

interface ShortcutsProps {
  title: string;
  rows: readonly { keys: string; does: string }[];
}

function Shortcuts({ title, rows }: ShortcutsProps) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ keys, does }) => (
          <div key={keys}>
            <dt>{does}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
