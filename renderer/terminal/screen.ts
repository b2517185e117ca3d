import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type IBufferRange, Terminal } from '@xterm/xterm';
import type { Finder, FindResult } from './finder.ts';
import { FOUND_COLOURS, PALETTES } from './palette.ts';
import type { Sink, Size } from './shells.ts';
import { styleSpansByObject } from './span-styles.ts';

styleSpansByObject();

const SCROLLBACK = 10_000;
/** What main takes. */
const MOST_COLS = 1000;
const MOST_ROWS = 500;

/** How a screen looks. */
export interface Look {
  scheme: 'light' | 'dark';
  /** Pixels. */
  fontSize: number;
  screenReader: boolean;
}

/** What happens on a screen. */
export interface ScreenEvents {
  typed(data: string): void;
  resized(): void;
  pasted(text: string): void;
  /** A link was clicked as links are: `text` is what is on screen. */
  linkClicked(target: string, text: string): void;
  linkHovered(target: string | undefined): void;
  named(title: string): void;
  bell(): void;
  /** Is this key press the application's, not the shell's? */
  isOurs(press: KeyboardEvent): boolean;
  /** Does this click mean that the link is to be opened? */
  opensLinks(click: MouseEvent): boolean;
}

/** What a shell prints, drawn by xterm.js in an element of its own, which can be put anywhere and taken away. */
export class Screen implements Sink, Finder {
  readonly element = document.createElement('div');
  readonly shown: Promise<Size>;
  readonly #term: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #isShown: (size: Size) => void;
  readonly #observer: ResizeObserver;
  #scheme: Look['scheme'];

  constructor(look: Look, events: ScreenEvents) {
    let isShown: (size: Size) => void = () => {};
    this.shown = new Promise((resolve) => {
      isShown = resolve;
    });
    this.#isShown = isShown;
    this.#scheme = look.scheme;
    const activate = (event: MouseEvent, target: string, text: string) => {
      if (events.opensLinks(event)) events.linkClicked(target, text);
    };
    const hover = (_: MouseEvent, target: string) => events.linkHovered(target);
    const leave = () => events.linkHovered(undefined);
    this.#term = new Terminal({
      allowProposedApi: true,
      scrollback: SCROLLBACK,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: look.fontSize,
      lineHeight: 1.2,
      theme: PALETTES[look.scheme],
      screenReaderMode: look.screenReader,
      cursorBlink: false,
      cursorInactiveStyle: 'outline',
      macOptionClickForcesSelection: true,
      rightClickSelectsWord: true,
      smoothScrollDuration: 0,
      drawBoldTextInBrightColors: false,
      linkHandler: {
        activate: (event, target, range) => activate(event, target, this.#textOf(range)),
        hover,
        leave,
      },
    });
    this.#term.loadAddon(this.#fit);
    this.#term.loadAddon(this.#search);
    this.#term.loadAddon(new UnicodeGraphemesAddon());
    this.#term.loadAddon(new WebLinksAddon((event, uri) => activate(event, uri, uri), { hover, leave }));
    this.#term.attachCustomKeyEventHandler((press) => !events.isOurs(press));
    this.#term.onData(events.typed);
    // mouse reports of programs that know only bytes
    this.#term.onBinary(events.typed);
    this.#term.onResize(events.resized);
    this.#term.onTitleChange(events.named);
    this.#term.onBell(events.bell);
    // before xterm.js sees it, which asks nobody
    this.element.addEventListener(
      'paste',
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        events.pasted(event.clipboardData?.getData('text/plain') ?? '');
      },
      true,
    );
    this.#observer = new ResizeObserver(() => this.#refit());
  }

  /** Puts it into the page; gives the function that takes it out again. */
  mount(into: HTMLElement): () => void {
    into.append(this.element);
    if (this.#term.element === undefined) this.#term.open(this.element);
    this.#observer.observe(this.element);
    this.#refit();
    return () => {
      this.#observer.unobserve(this.element);
      this.element.remove();
    };
  }

  /** Follows settings and appearance. */
  dress({ scheme, fontSize, screenReader }: Look): void {
    this.#scheme = scheme;
    const { options } = this.#term;
    options.theme = PALETTES[scheme];
    options.screenReaderMode = screenReader;
    if (options.fontSize === fontSize) return;
    options.fontSize = fontSize;
    this.#refit();
  }

  /** What screen readers say: where the keyboard is, and that more was printed than they read out. */
  label(where: string, tooMuchOutput: string): void {
    this.#term.textarea?.setAttribute('aria-label', where);
    Terminal.strings.tooMuchOutput = tooMuchOutput;
  }

  size(): Size {
    const { cols, rows } = this.#term;
    return { cols, rows };
  }

  write(data: string, done: () => void): void {
    this.#term.write(data, done);
  }

  /** Types text as a paste: in one piece where the program wants to know. */
  paste(text: string): void {
    this.#term.paste(text);
  }

  get takesPasteWhole(): boolean {
    return this.#term.modes.bracketedPasteMode;
  }

  focus(): void {
    this.#term.focus();
  }

  /** Empties the screen and what was scrolled away, all but the line with the prompt. */
  clear(): void {
    this.#term.clear();
  }

  find(query: string, way: 'here' | 'next' | 'previous'): void {
    if (query === '') {
      this.clearFound();
      return;
    }
    const options = { decorations: FOUND_COLOURS[this.#scheme], incremental: way === 'here' };
    if (way === 'previous') this.#search.findPrevious(query, options);
    else this.#search.findNext(query, options);
  }

  clearFound(): void {
    this.#search.clearDecorations();
    this.#term.clearSelection();
  }

  onResult(told: (result: FindResult) => void): () => void {
    const listening = this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      told({ index: resultIndex, count: resultCount }),
    );
    return () => listening.dispose();
  }

  dispose(): void {
    this.#observer.disconnect();
    this.element.remove();
    this.#term.dispose();
  }

  #refit(): void {
    const wanted = this.element.isConnected ? this.#fit.proposeDimensions() : undefined;
    if (wanted === undefined || !(wanted.cols >= 2 && wanted.rows >= 1)) return;
    const size = { cols: Math.min(wanted.cols, MOST_COLS), rows: Math.min(wanted.rows, MOST_ROWS) };
    this.#term.resize(size.cols, size.rows);
    this.#isShown(size);
  }

  /** The text on screen in a range, whose ends are counted from 1 and within it. */
  #textOf({ start, end }: IBufferRange): string {
    const buffer = this.#term.buffer.active;
    let text = '';
    for (let y = start.y; y <= end.y; y += 1) {
      const from = y === start.y ? start.x - 1 : 0;
      const to = y === end.y ? end.x : this.#term.cols;
      text += buffer.getLine(y - 1)?.translateToString(false, from, to) ?? '';
    }
    return text;
  }
}
