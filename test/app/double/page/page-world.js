// Runs in the page's own world before any of its scripts: the receiving half of contextBridge. `makeCodec` is before it.
(() => {
  const TO_PAGE = '__double_to_page';
  const TO_PRELOAD = '__double_to_preload';
  const callbacks = new Map();
  const callbackIds = new Map();
  const promises = new Map();
  const returned = new Map();
  let count = 0;

  const failure = ({ message, name }) => Object.assign(new Error(message), { name });
  const freeze = (value) => {
    if (value !== null && (typeof value === 'object' || typeof value === 'function')) {
      for (const inner of Object.values(value)) freeze(inner);
      Object.freeze(value);
    }
    return value;
  };

  const { encode, decode } = makeCodec(
    (value) => {
      if (typeof value !== 'function') return undefined;
      let id = callbackIds.get(value);
      if (id === undefined) {
        count += 1;
        id = count;
        callbackIds.set(value, id);
        callbacks.set(id, value);
      }
      return { $: 'callback', v: id };
    },
    (tag, id) => {
      if (tag === 'function') return (...args) => call(id, args);
      if (tag === 'promise') return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
      return undefined;
    },
  );

  /** Calls a function of preload's; the answer is there when the event's dispatch is over. */
  function call(id, args) {
    count += 1;
    const ticket = count;
    const detail = JSON.stringify({ ticket, id, args: args.map(encode) });
    document.dispatchEvent(new CustomEvent(TO_PRELOAD, { detail }));
    const answer = returned.get(ticket);
    returned.delete(ticket);
    if (answer.error) throw failure(answer.error);
    return decode(answer.value);
  }

  document.addEventListener(TO_PAGE, ({ detail }) => {
    const told = JSON.parse(detail);
    if (told.kind === 'returned') returned.set(told.ticket, told);
    else if (told.kind === 'callback') callbacks.get(told.id)?.(...told.args.map(decode));
    else if (told.kind === 'settled') {
      const { resolve, reject } = promises.get(told.id);
      promises.delete(told.id);
      if (told.error) reject(failure(told.error));
      else resolve(decode(told.value));
    } else if (told.kind === 'expose') {
      const value = freeze(decode(told.value));
      Object.defineProperty(window, told.key, {
        value,
        writable: false,
        configurable: false,
        enumerable: true,
      });
    }
  });
})();
