/** size is a file's size in the unit that reads best. */
export function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let n = bytes;
  let at = 0;
  while (n >= 1024 && at < units.length - 1) {
    n /= 1024;
    at++;
  }
  return `${at === 0 ? n : n.toFixed(n < 10 ? 1 : 0)} ${units[at]}`;
}

/** share is a part of a whole in whole percent; nothing of nothing is 0. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.round((part / whole) * 100) : 0;
}

/** shortTitle is what a document issues: the part between the outer title marks, else the whole title. */
export function shortTitle(title: string): string {
  return /\u300a(.+)\u300b/.exec(title)?.[1] ?? title;
}

/** titled joins a clause's number and title as a document sets them: a mark closes the number, a blank parts one without (clause.Heading). */
export function titled(number: string | undefined, title: string): string {
  if (!number) return title;
  return /[\u3001\uff09\uff0e.)]$/.test(number) ? number + title : `${number} ${title}`;
}

/** versionOf is the version in the name of a rule ("closeout.default@2:standard" is 2); people know rules by it, not by their ids. */
export function versionOf(rule: string): string {
  return /@(\d+)/.exec(rule)?.[1] ?? rule;
}
