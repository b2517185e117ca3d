// Runs in the page, in preload's place: `stand` (before this) has the state, the run and how many lists of events there are.
(() => {
  const { state, run, outcome, lists, list } = stand;
  const told = new Map();
  const push = (name, value) => told.get(name)?.(value);
  let longest = 0;
  new PerformanceObserver((entries) => {
    for (const { duration } of entries.getEntries()) longest = Math.max(longest, duration);
  }).observe({ entryTypes: ['longtask'] });

  const turn = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const rowsAreMoreThan = (count) => {
    const row = document.querySelector('[role="listitem"][aria-setsize]');
    return Number(row?.getAttribute('aria-setsize')) > count && document.getElementById('verdict') !== null;
  };

  let watching = false;
  const send = async () => {
    if (watching) return;
    watching = true;
    // What carries the lists here is not what the window has: all of them are fetched before.
    const texts = [];
    for (let n = 0; n < lists; n += 1) texts.push(await (await fetch(`/lists/${n}`)).text());
    longest = 0;
    const began = performance.now();
    let decoding = 0;
    let seen = 0;
    const look = () => {
      if (rowsAreMoreThan(100)) setTimeout(() => (seen = performance.now() - began));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    push('runOutcome', { run, events: outcome });
    for (let n = 0; n < lists; n += 1) {
      // In place of Electron, which decodes each list for the window, in a task of its own.
      const before = performance.now();
      const { events, abridged } = JSON.parse(texts[n]);
      decoding += performance.now() - before;
      texts[n] = '';
      push('runEvents', { run, first: n * list, events, abridged, caughtUp: false });
      await turn();
    }
    push('runEvents', { run, first: lists * list, events: [], abridged: [], caughtUp: true });
    do await frame();
    while (!rowsAreMoreThan((lists - 1) * list * 0.5));
    // Until the frame with the rows in it has been drawn.
    await new Promise((resolve) => setTimeout(resolve));
    window.opened = { seen, ms: performance.now() - began, decoding, longest };
  };

  window.culprit = {
    call: async (name) => {
      if (name === 'watchRun') void send();
      return { ok: true, value: name === 'state' ? state : undefined };
    },
    on: (name, listener) => {
      told.set(name, listener);
      return () => told.delete(name);
    },
  };

  // Scrolls the timeline as a wheel does, then jumps about, and gives each frame's milliseconds.
  window.scrollThrough = async () => {
    const scroller = document.querySelector('[role="list"][style*="height"]')?.parentElement;
    scroller.scrollIntoView();
    const measure = async (count, move) => {
      const all = [];
      let last = await frame();
      for (let n = 0; n < count; n += 1) {
        move(n);
        const now = await frame();
        all.push(now - last);
        last = now;
      }
      return all;
    };
    await measure(30, () => {});
    const smooth = await measure(600, () => {
      scroller.scrollTop += 240;
    });
    const far = scroller.scrollHeight;
    const jumps = await measure(200, (n) => {
      scroller.scrollTop = (far * ((n * 7919) % 1000)) / 1000;
    });
    return { smooth, jumps };
  };
})();
