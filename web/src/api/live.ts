/** Live is what the server tells of a change: which object, and its version; the page asks for the rest. */
export interface Live {
  kind: string;
  id: string;
  version?: number;
}

type Listener = (change: Live) => void;

const backOff = { first: 1000, most: 30_000 };

/**
 * listen tells of changes on the server. Of all windows of one browser only one holds the connection (Web Locks); it passes the
 * news on to the others. A broken connection is opened again, later and later; the browser resumes with Last-Event-ID.
 * Where the server offers no stream the windows ask again by themselves.
 */
export function listen(address: string, listener: Listener): () => void {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("duban.live") : undefined;
  const stop = new AbortController();
  if (channel) channel.onmessage = event => listener(event.data as Live);
  const tell: Listener = change => {
    listener(change);
    channel?.postMessage(change);
  };
  const lead = () => hold(address, tell, stop.signal);
  if (navigator.locks) navigator.locks.request("duban.live", { signal: stop.signal }, lead).catch(() => undefined);
  else void lead();
  return () => {
    stop.abort();
    channel?.close();
  };
}

/** hold keeps the connection until the signal ends it. */
function hold(address: string, tell: Listener, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    let wait = backOff.first;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(address);
      source.onopen = () => {
        wait = backOff.first;
      };
      source.onmessage = event => tell(JSON.parse(event.data as string) as Live);
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return; // the browser is already trying
        timer = setTimeout(open, wait);
        wait = Math.min(wait * 2, backOff.most);
      };
    };
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    });
    open();
  });
}
