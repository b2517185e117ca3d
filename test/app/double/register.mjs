// `node --import tsx --import ./test/app/double/register.mjs out/main/main.js`: every import of `electron` is the double.
import { register } from 'node:module';

const double = new URL('./electron.ts', import.meta.url).href;
const hook = `export async function resolve(specifier, context, next) {
  return next(specifier === 'electron' ? ${JSON.stringify(double)} : specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
