import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Run } from '../../../shared/run.ts';
import type { Lang } from '../../../shared/text.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { reportMarkdown } from '../../report/markdown.ts';
import { writeOut } from '../../report/out-file.ts';
import type { Host } from '../host.ts';
import { DIALOG_PHRASES } from '../phrases.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { State } from '../state.ts';
import type { Book } from '../store/book.ts';
import type { JsonFile } from '../store/json-file.ts';
import { reportFileName } from './file-name.ts';

type Desktop = Pick<Host, 'chooseSavePath' | 'copy' | 'reveal' | 'documentsFolder'>;

/** Writes runs as reports, and remembers where they went. */
export class Reports {
  constructor(
    private readonly host: Desktop,
    private readonly state: State,
    private readonly store: RunStore,
    private readonly book: JsonFile<Book>,
    private readonly runOf: (id: string) => Promise<Run>,
  ) {}

  /** Null when the person cancelled. Throws `report-unwritable` and the Troubles of runs. */
  async export(id: string, wanted: Lang | undefined): Promise<{ path: string } | null> {
    const run = await this.runOf(id);
    const item = this.store.item(id);
    const { lang } = this.state.value;
    const machine = item.machineName || run.started?.machine.name || DIALOG_PHRASES[lang].sample;
    const path = await this.host.chooseSavePath({
      defaultPath: join(await this.#folder(), reportFileName(machine, item.at)),
      title: DIALOG_PHRASES[lang].exportReport,
    });
    if (path === undefined) return null;
    // It may have gone on while the person chose.
    await writeOut(path, reportMarkdown(await this.runOf(id), this.#lang(wanted)));
    const { exported, ...rest } = this.book.value;
    const kept = Object.entries(exported).filter(([one]) => this.store.items.some((run) => run.id === one));
    await this.book.set({
      ...rest,
      exportFolder: dirname(path),
      exported: { ...Object.fromEntries(kept), [id]: path },
    });
    this.show();
    return { path };
  }

  async copy(id: string, wanted: Lang | undefined): Promise<void> {
    await this.host.copy(reportMarkdown(await this.runOf(id), this.#lang(wanted)));
  }

  async reveal(id: string): Promise<void> {
    this.store.item(id);
    const path = this.book.value.exported[id];
    const there = path !== undefined && (await exists(path));
    if (!there) throw new Trouble('report-missing', path === undefined ? {} : { path });
    this.host.reveal(path);
  }

  /** Lets the window have the list of runs, with where their reports went. */
  show(): void {
    const { exported } = this.book.value;
    this.state.set({
      runs: this.store.items.map((item) => {
        const path = exported[item.id];
        return path === undefined ? item : { ...item, exported: path };
      }),
    });
  }

  #lang(wanted: Lang | undefined): Lang {
    const { settings, lang } = this.state.value;
    return wanted ?? (settings.reportLang === 'app' ? lang : settings.reportLang);
  }

  /** The folder used last, while it is there. */
  async #folder(): Promise<string> {
    const last = this.book.value.exportFolder;
    if (last === undefined) return this.host.documentsFolder;
    const isFolder = await stat(last).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return isFolder ? last : this.host.documentsFolder;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
