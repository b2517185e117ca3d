import type { ReactNode } from 'react';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Switch } from '../../ui/switch.tsx';
import { changeSettings, changeTerminal } from '../change-settings.ts';
import { closeOverlay } from '../frame-store.ts';
import { useApp } from '../use-chosen.ts';
import { FontSize } from './font-size.tsx';
import { HostKeys } from './host-keys.tsx';
import { SETTINGS_PHRASES } from './phrases.ts';
import { Secrets } from './secrets.tsx';
import css from './settings.module.css';
import { VirtualBox } from './virtualbox.tsx';

const LANG_OPTIONS = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
] as const;

/** What the person can set; everything takes effect at once. */
export function SettingsSheet() {
  const phrases = usePhrases(SETTINGS_PHRASES);
  const { settings, version } = useApp();
  const { terminal } = settings;
  return (
    <Sheet
      title={phrases.title}
      width={540}
      onClose={closeOverlay}
      onSubmit={closeOverlay}
      foot={<span className={css.version}>{phrases.version(version)}</span>}
      actions={
        <Button look="primary" type="submit">
          {phrases.done}
        </Button>
      }
    >
      <Group title={phrases.general}>
        <Segmented
          label={phrases.lang}
          value={settings.lang}
          options={[{ value: 'system', label: phrases.system }, ...LANG_OPTIONS]}
          onChange={(lang) => changeSettings({ lang })}
        />
        <Segmented
          label={phrases.reportLang}
          value={settings.reportLang}
          options={[{ value: 'app', label: phrases.asWindow }, ...LANG_OPTIONS]}
          onChange={(reportLang) => changeSettings({ reportLang })}
        />
        <Segmented
          label={phrases.theme}
          value={settings.theme}
          options={[
            { value: 'system', label: phrases.system },
            { value: 'light', label: phrases.light },
            { value: 'dark', label: phrases.dark },
          ]}
          onChange={(theme) => changeSettings({ theme })}
        />
      </Group>
      <Group title={phrases.terminal}>
        <Segmented
          label={phrases.dock}
          value={terminal.dock}
          options={[
            { value: 'right', label: phrases.right },
            { value: 'bottom', label: phrases.bottom },
          ]}
          onChange={(dock) => changeTerminal({ dock })}
        />
        <FontSize value={terminal.fontSize} onChange={(fontSize) => changeTerminal({ fontSize })} />
        <Switch
          label={phrases.screenReader}
          hint={phrases.screenReaderHint}
          isSelected={terminal.screenReader}
          onChange={(screenReader) => changeTerminal({ screenReader })}
        />
      </Group>
      <Group title={phrases.virtualbox}>
        <VirtualBox />
      </Group>
      <Group title={phrases.hostKeys}>
        <HostKeys />
      </Group>
      <Group title={phrases.secrets}>
        <Secrets />
      </Group>
    </Sheet>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.group}>
      <h3>{title}</h3>
      <div className={css.rows}>{children}</div>
    </section>
  );
}
