/** What Chromium 86 lacks and the libraries use. */
if (!Object.hasOwn) {
  Object.defineProperty(Object, "hasOwn", {
    value: (object: object, key: PropertyKey) => Object.getOwnPropertyDescriptor(object, key) !== undefined,
    configurable: true,
    writable: true,
  });
}

for (const type of [Array, String] as const) {
  if (!type.prototype.at) {
    Object.defineProperty(type.prototype, "at", {
      value(this: ArrayLike<unknown>, n: number) {
        return this[n < 0 ? this.length + n : n];
      },
      configurable: true,
      writable: true,
    });
  }
}

/** newKey is a random key; crypto.randomUUID is missing on old browsers and on plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
}
