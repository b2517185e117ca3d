import { cx } from '../../ui/cx.ts';
import { type Layout, RAIL_Y } from './layout.ts';
import css from './path.module.css';
import type { Station } from './path-model.ts';

const HEIGHT = 68;

/** What a station looks like: its shape alone tells how the packet fared. */
function Glyph({ station, x }: { station: Station; x: number }) {
  const { fate, what } = station;
  const at = `translate(${x} ${RAIL_Y})`;
  if (fate === 'died')
    return (
      <g className={css.died} transform={at}>
        <path d="M-5.4-13H5.4L13-5.4V5.4L5.4 13H-5.4L-13 5.4V-5.4Z" />
        <path className={css.sign} d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" />
      </g>
    );
  if (fate === 'lost')
    return (
      <g className={css.lost} transform={at}>
        <path d="M0-13 13 0 0 13-13 0Z" />
        <path className={css.sign} d="M-2.6-2.6C-2.6-6 2.8-6 2.8-2.6 2.8-.6 0-.4 0 1.8M0 5.2V5.4" />
      </g>
    );
  const look = fate === 'unreached' ? css.unreached : css.passed;
  const isEnd = what === 'start' || what === 'end';
  return (
    <g className={look} transform={at}>
      {isEnd ? (
        <rect x={-9} y={-9} width={18} height={18} rx={5} />
      ) : what === 'route' ? (
        <path d="M0-9.5 9.5 0 0 9.5-9.5 0Z" />
      ) : what === 'device' ? (
        <rect x={-11} y={-6} width={22} height={12} rx={6} />
      ) : (
        <circle r={fate === 'unreached' ? 6 : 8} />
      )}
      {fate === 'passed' && <path className={css.tick} d="M-3.6.2-1.1 2.7 3.7-2.3" />}
    </g>
  );
}

/** The line from one station to the next, as far as the packet got solid, beyond that dotted. */
function Link({ from, to, fate }: { from: number; to: number; fate: Station['fate'] }) {
  return (
    <path
      className={cx(css.link, fate === 'unreached' ? css.dotted : fate === 'lost' ? css.dashed : css.solid)}
      d={`M${from} ${RAIL_Y}H${to}`}
    />
  );
}

/** The picture itself; everything in it is also in the list of stations over it. */
export function Rail({ layout }: { layout: Layout }) {
  const { stations, hooks, width } = layout;
  return (
    <svg
      className={css.rail}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden="true"
    >
      {hooks.map(({ hook, from, to, reached }) => (
        <g key={from} className={reached ? css.hook : css.hookBeyond}>
          <rect x={from + 3} y={1} width={to - from - 6} height={HEIGHT - 2} rx={10} />
          <text x={(from + to) / 2} y={17} textAnchor="middle">
            {hook.length > 24 ? `${hook.slice(0, 23)}…` : hook}
          </text>
        </g>
      ))}
      {stations.slice(1).map(({ station, x }, i) => (
        <Link key={x} from={stations[i]?.x ?? 0} to={x} fate={station.fate} />
      ))}
      {stations.map(({ station, x }) => (
        <Glyph key={x} station={station} x={x} />
      ))}
    </svg>
  );
}
