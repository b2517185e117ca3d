// Apple's property lists, as XML.
import { readFileSync, writeFileSync } from 'node:fs';
import plist from 'plist';

/** What the dictionary in a file says. */
export function readPlist(file) {
  return plist.parse(readFileSync(file, 'utf8'));
}

/** Replaces a file by one that says this. */
export function writePlist(file, dictionary) {
  writeFileSync(file, plist.build(dictionary));
}
