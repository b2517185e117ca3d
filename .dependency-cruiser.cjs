// Who may import whom. test/project/layers.test.ts runs this over the tree, and over a tree with one violation of each rule.

/** The parts of connect/ that every layer may know: what a guest is, and how to quote for its shell. */
const DOOR = '^electron/connect/(guest|quote)\\.ts$';
/** The files that know Electron; everything else runs in plain Node. */
const WINDOW = '^electron/(main|window|preload|ipc|menu)[^/]*\\.ts$';

/** Files under `from` may import, of our own files, only what matches `may`. */
function only(name, from, may) {
  return {
    name,
    severity: 'error',
    from: { path: from },
    to: { path: '^(shared|electron|renderer|test|build)/', pathNot: [...may, from] },
  };
}

const SHARED = '^shared/';

module.exports = {
  forbidden: [
    only('shared-knows-nobody', SHARED, []),
    {
      name: 'shared-uses-only-zod',
      severity: 'error',
      from: { path: SHARED },
      to: { dependencyTypesNot: ['local'], pathNot: ['^node_modules/zod/'] },
    },
    only('renderer-knows-shared', '^renderer/', [SHARED]),
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-window-knows-electron',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: WINDOW },
      // node_modules may be a link to somewhere else
      to: { path: '(^|node_modules/)electron(/|$)', dependencyTypesNot: ['local'] },
    },
    {
      name: 'nobody-imports-the-window',
      severity: 'error',
      from: { path: '^electron/', pathNot: WINDOW },
      to: { path: WINDOW },
    },
    only('discover-knows-shared', '^electron/discover/', [SHARED]),
    only('connect-knows-shared', '^electron/connect/', [SHARED]),
    only('probe-asks-a-guest', '^electron/probe/', [SHARED, DOOR]),
    only('flow-builds-on-facts', '^electron/flow/', [SHARED, DOOR, '^electron/probe/']),
    only('trace-follows-flows', '^electron/trace/', [SHARED, DOOR, '^electron/(probe|flow)/']),
    only('diagnose-judges', '^electron/diagnose/', [SHARED, DOOR, '^electron/(probe|flow|trace)/']),
    only('fix-plans', '^electron/fix/', [
      SHARED,
      DOOR,
      '^electron/(probe|flow|trace|diagnose)/',
      '^electron/residue\\.ts$',
    ]),
    only('report-reads-the-run', '^electron/report/', [SHARED]),
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/cli(/|\\.ts$)' },
      to: { path: '^electron/cli(/|\\.ts$)' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/' },
      to: { path: '^(test|build)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports count: a layer that knows another's types knows the other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
