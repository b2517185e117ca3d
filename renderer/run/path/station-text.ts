import { dropName } from '../../../shared/drop-text.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import { worldOf } from '../../../shared/place-text.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Stop } from '../../../shared/trace.ts';
import { originWords } from '../../../shared/words.ts';
import { signed } from '../signed.ts';
import { line } from '../timeline/row-text.ts';
import type { Path, Station } from './path-model.ts';
import { PATH_PHRASES } from './phrases.ts';

/** A station in words: its name, and a line or two of what happened there. */
export interface StationText {
  name: string;
  details: string[];
}

function startName(flow: FlowResult | undefined, lang: Lang): string | undefined {
  if (flow === undefined) return undefined;
  return flow.from.where === 'container' ? flow.from.name : originWords(flow.from)[lang];
}

function endName(flow: FlowResult | undefined): string | undefined {
  return (
    flow?.to.container ?? (flow?.to.label === undefined ? undefined : flow.to.label.replace(/:\d+$/, ''))
  );
}

/** What a chain did with the packet. */
export function verdictText({ verdict, policy, seenAt }: Stop, lang: Lang): string {
  const say = PATH_PHRASES[lang];
  if (seenAt !== undefined) return say.seenAt[seenAt];
  if (policy && verdict === 'unknown') return say.leftToPolicy;
  return policy ? say.byPolicy(say.verdict[verdict]) : say.verdict[verdict];
}

/** What a station is called and what happened there. */
export function stationText(station: Station, { journey, flow }: Path, lang: Lang): StationText {
  const say = PATH_PHRASES[lang];
  switch (station.what) {
    case 'start':
    case 'end': {
      const isSource = (station.what === 'start') === (journey.direction === 'request');
      const name = isSource ? startName(flow, lang) : endName(flow);
      const address = line(station.address);
      const lost = station.fate === 'lost' ? [say.lost] : [];
      return name === undefined || name === station.address
        ? { name: address, details: lost }
        : { name: line(name), details: [address, ...lost] };
    }
    case 'device': {
      const details = station.as === undefined ? [] : [say.as(line(station.as))];
      return {
        name: line(station.device),
        details: station.fate === 'lost' ? [...details, say.lost] : details,
      };
    }
    case 'route': {
      const details = station.device === undefined ? [] : [say.routeTo(line(station.device))];
      return { name: say.route, details: station.fate === 'lost' ? [say.lost] : details };
    }
    case 'hook': {
      if (station.fate === 'unreached') return { name: '', details: [] };
      return { name: station.fate === 'lost' ? say.lost : say.seen, details: [] };
    }
    case 'kernel':
      return { name: say.kernel, details: [dropName(station.drop)] };
    case 'chains':
      return chainsText(station.stops, station.fate === 'died', lang);
  }
}

function chainsText(stops: readonly Stop[], died: boolean, lang: Lang): StationText {
  const say = PATH_PHRASES[lang];
  const [stop] = stops;
  if (stop === undefined) return { name: '', details: [] };
  if (stops.length > 1) {
    const tables = [...new Set(stops.map(({ table }) => line(table)))].join(', ');
    const all = stops.every(({ verdict }) => verdict === 'accept') ? [say.allAccept] : [];
    return { name: say.chains(stops.length), details: [tables, ...all] };
  }
  const fatal = died && !stop.policy ? stop.rules.at(-1)?.handle : undefined;
  const details = [verdictText(stop, lang)];
  if (fatal !== undefined) details.push(say.handleOf(fatal));
  if (stop.priority !== undefined) details.unshift(say.priority(signed(stop.priority)));
  return { name: line(`${worldOf(stop)} ${stop.table}`), details };
}
