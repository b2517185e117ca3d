import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLang, usePhrases } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { useView, useViewStore } from '../view-state.ts';
import { layoutOf } from './layout.ts';
import css from './path.module.css';
import type { Path, Station } from './path-model.ts';
import { PATH_PHRASES } from './phrases.ts';
import { Rail } from './rail.tsx';
import { StationDetails } from './station-details.tsx';
import { stationText } from './station-text.ts';

/** The width of an element, as it changes. */
function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(720);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

function isOpenable({ what, fate }: Station): boolean {
  return (
    what === 'chains' ||
    what === 'kernel' ||
    ((what === 'hook' || what === 'route' || what === 'device') && fate !== 'unreached')
  );
}

/** A packet's way, station by station; each opens what happened there. */
export function Picture({ path }: { path: Path }) {
  const say = usePhrases(PATH_PHRASES);
  const lang = useLang();
  const view = useViewStore();
  const open = useView(({ station }) => station);
  const { ref, width } = useWidth<HTMLElement>();
  const layout = useMemo(() => layoutOf(path.stations, width), [path, width]);
  useLayoutEffect(() => {
    // Where not all of it fits, the place that matters is the one to see.
    const fatal = layout.stations.find(({ station: { fate } }) => fate === 'died' || fate === 'lost');
    if (ref.current !== null) ref.current.scrollLeft = fatal ? fatal.x + fatal.width / 2 - width : 0;
  }, [layout, width, ref]);
  const opened = open === undefined ? undefined : layout.stations[open]?.station;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section ref={ref} className={css.scroll} tabIndex={0} aria-label={say.picture}>
        <div className={css.picture} style={{ width: layout.width }}>
          <Rail layout={layout} />
          <ol className={css.stations}>
            {layout.stations.map(({ station, width: column }, n) => {
              const { name, details } = stationText(station, path, lang);
              const hook = 'hook' in station ? station.hook : undefined;
              const label = [hook, name, ...details, say.fate[station.fate]].filter(
                (part) => part !== undefined && part !== '',
              );
              const content = (
                <>
                  <span className={css.name}>{name}</span>
                  {details.map((detail) => (
                    <span key={detail} className={css.detail}>
                      {detail}
                    </span>
                  ))}
                </>
              );
              return (
                <li
                  // biome-ignore lint/suspicious/noArrayIndexKey: a station is known by its place
                  key={n}
                  className={cx(css.station, css[`${station.fate}Text`])}
                  style={{ width: column }}
                  title={label.join(' · ')}
                >
                  {isOpenable(station) ? (
                    <button
                      type="button"
                      aria-label={label.join(', ')}
                      aria-expanded={open === n}
                      onClick={() => view.setState({ station: open === n ? undefined : n })}
                    >
                      {content}
                    </button>
                  ) : (
                    <span className={css.plain}>
                      {content}
                      <span className="visually-hidden">{say.fate[station.fate]}</span>
                    </span>
                  )}
                </li>
              );
            })}
          </ol>
        </div>
      </section>
      {opened !== undefined && <StationDetails station={opened} path={path} />}
    </>
  );
}
