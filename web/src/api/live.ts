import { newKey } from "../lib/polyfill";

/** Live is what the server tells of a change: which kind of object, and which; the page asks for the rest. */
export interface Live {
  /** “reset”: so much has changed, or was missed, that everything is asked for again. */
  kind: string;
  id?: string;
}

type Listener = (change: Live) => void;

const channelName = "duban.live";
const leaseKey = "duban.live.leader";
/** Times in milliseconds: waiting before another try, how often the leader shows that it is alive, how long it is believed. */
export const times = { first: 1000, most: 30_000, beat: 5000, trust: 12_000 };

/** Listening can be asked whether news comes in, and ended. */
export interface Listening {
  alive: () => boolean;
  stop: () => void;
}

/**
 * listen tells of changes on the server. Of all windows of one browser only one holds the connection and passes the news on to the
 * others: browsers open only six connections to a host. A broken connection is opened again, later and later; the browser resumes
 * with Last-Event-ID.
 */
export function listen(address: string, listener: Listener): Listening {
  const stop = new AbortController();
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(channelName) : undefined;
  let heard = 0;
  const pass: Listener = change => {
    heard = Date.now();
    if (change.kind !== "alive") listener(change);
  };
  if (channel) channel.onmessage = event => pass(event.data as Live);
  void elected(stop.signal, channel !== undefined, leading =>
    hold(
      address,
      change => {
        pass(change);
        channel?.postMessage(change);
      },
      leading,
    ),
  );
  return {
    alive: () => Date.now() - heard < times.trust,
    stop: () => {
      stop.abort();
      channel?.close();
    },
  };
}

/** elected runs the work in one window only; the signal ends it when the window stops or another one has taken over. */
async function elected(signal: AbortSignal, shared: boolean, work: (signal: AbortSignal) => Promise<void>) {
  if (!shared) return work(signal);
  if (navigator.locks) return navigator.locks.request(channelName, { signal }, () => work(signal)).catch(() => undefined);
  return leased(signal, work);
}

interface Lease {
  by: string;
  until: number;
}

/** leased elects without Web Locks, which browsers give to HTTPS only: the leader renews an entry that all windows see. */
export async function leased(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) {
  const by = newKey();
  const mine = () => readLease()?.by === by;
  const take = () => localStorage.setItem(leaseKey, JSON.stringify({ by, until: Date.now() + times.trust }));
  while (!signal.aborted) {
    if ((readLease()?.until ?? 0) < Date.now()) {
      take();
      await pause(200, signal); // of several that try at once the last one to write leads
      if (mine() && !signal.aborted) await lead(signal, mine, take, work);
    }
    await pause(times.beat, signal);
  }
}

/** lead works as long as the lease is this window's own. */
async function lead(signal: AbortSignal, mine: () => boolean, take: () => void, work: (signal: AbortSignal) => Promise<void>) {
  const own = new AbortController();
  const end = () => own.abort();
  signal.addEventListener("abort", end);
  const timer = setInterval(() => (mine() ? take() : end()), times.beat);
  await work(own.signal);
  clearInterval(timer);
  signal.removeEventListener("abort", end);
  if (mine()) localStorage.removeItem(leaseKey);
}

function readLease(): Lease | undefined {
  try {
    return JSON.parse(localStorage.getItem(leaseKey) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** hold keeps the connection until the signal ends it, and says again and again that it is there. */
function hold(address: string, tell: Listener, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    let wait = times.first;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = setInterval(() => source?.readyState === EventSource.OPEN && tell({ kind: "alive" }), times.beat);
    const open = (again: boolean) => {
      source = new EventSource(address);
      source.onopen = () => {
        wait = times.first;
        tell({ kind: again ? "reset" : "alive" }); // a new source has no cursor: what happened meanwhile is not told
        again = false;
      };
      source.onmessage = event => tell(JSON.parse(event.data as string) as Live);
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return; // the browser is already trying, with its cursor
        timer = setTimeout(open, wait, true);
        wait = Math.min(wait * 2, times.most);
      };
    };
    const end = () => {
      clearTimeout(timer);
      clearInterval(beat);
      source?.close();
      resolve();
    };
    if (signal.aborted) return end();
    signal.addEventListener("abort", end);
    open(false);
  });
}
