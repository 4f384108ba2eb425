/**
 * Pinyin initials without a dictionary: characters in pinyin order are compared with the first character of each letter by the
 * browser's own collation. A character with several readings has the one that collation knows.
 */
const letters = "abcdefghjklmnopqrstwxyz";
const starts = "阿八嚓哒妸发旮哈讥咔垃妈拿哦啪期然撒塌挖昔压匝";

const collator = new Intl.Collator("zh-CN-u-co-pinyin");
const known = new Map<string, string>();

/** initials are the first letters of the readings: 高教处 is "gjc". Other characters stay, in lower case. */
export function initials(text: string): string {
  return [...text].map(initial).join("");
}

function initial(char: string): string {
  if (!/\p{Script=Han}/u.test(char)) return char.toLowerCase();
  const cached = known.get(char);
  if (cached !== undefined) return cached;
  let found = "";
  for (let i = starts.length - 1; i >= 0 && !found; i--) {
    if (collator.compare(starts[i]!, char) <= 0) found = letters[i]!;
  }
  known.set(char, found);
  return found;
}

/** matches reports whether a text holds the search, by its characters or by the initials of their readings. */
export function matches(text: string, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return true;
  return text.toLowerCase().includes(wanted) || (/^[a-z0-9]+$/.test(wanted) && initials(text).includes(wanted));
}
