import { useEffect, useState } from 'react';
import { call } from '../api.ts';
import { tell } from '../store.ts';
import { type Part, partOf, placeOfAbridged } from './abridged.ts';

export interface Whole<T> {
  /** `gone`: the run is no longer on the disk. */
  state: 'whole' | 'coming' | 'gone';
  /** All of it, or what there is. */
  part: T;
}

/** All of an event, or of its journey: asked for when the window has not got it, as soon as it is wanted. */
export function useWhole<T extends Part | undefined>(run: string, part: T, wanted = true): Whole<T> {
  const place = placeOfAbridged(part);
  const [come, setCome] = useState<{ of: T; part: T | undefined }>();
  const asked = wanted ? place : undefined;
  useEffect(() => {
    if (asked === undefined) return;
    let over = false;
    void tell(call('runEvent', { run, at: asked })).then((event) => {
      if (!over) setCome({ of: part, part: event ? (partOf(event) as T) : undefined });
    });
    return () => {
      over = true;
    };
  }, [run, part, asked]);
  if (place === undefined) return { state: 'whole', part };
  if (come?.of !== part) return { state: 'coming', part };
  return come.part === undefined ? { state: 'gone', part } : { state: 'whole', part: come.part };
}
