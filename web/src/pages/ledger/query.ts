/** Filter is what is chosen beside the typed question; the address holds it. */
export interface Filter {
  q?: string;
  plan_id?: string;
  status?: string;
  light?: string;
  part?: string;
  unit_id?: string;
  leader_id?: string;
  mine?: string;
  overdue?: string;
  ended?: string;
  due_from?: string;
  due_to?: string;
  clock?: string;
}

/**
 * composed is the whole question: first what was typed, so that the place of a fault is a place in the field, then what was chosen,
 * in the codes that the query language takes beside the words of every language.
 */
export function composed(filter: Filter): string {
  const typed = filter.q?.trim() ?? "";
  const chosen = [
    filter.plan_id && `plan:${filter.plan_id}`,
    filter.light && `light:${filter.light}`,
    filter.status && `status:${filter.status}`,
    filter.unit_id && `${filter.part || "unit"}:${filter.unit_id}`,
    filter.leader_id && `leader:${filter.leader_id}`,
    filter.mine === "true" && "is:mine",
    filter.overdue === "true" && "is:overdue",
    filter.ended === "true" && "is:all",
    dueTerm(filter.clock === "original" ? "original" : "due", filter.due_from, filter.due_to),
  ].filter(Boolean);
  return [typed, ...chosen].filter(Boolean).join(" ");
}

function dueTerm(key: "due" | "original", from?: string, to?: string): string | undefined {
  if (from && to) return `${key}:${from}..${to}`;
  if (from) return `${key}>=${from}`;
  return to ? `${key}<=${to}` : undefined;
}

/** Word is one key of the query language as the server names it for the reader. */
export interface Word {
  name: string;
  signs: string;
  hint: string;
  values: string[];
}

/** Suggestion completes the word at the caret: the text from `from` to the caret becomes `text`. */
export interface Suggestion {
  from: number;
  text: string;
  hint: string;
}

/** The list of suggestions is this long at most. */
const most = 8;

/** suggestions are the keys, or the values of a key, that go on from what stands before the caret. */
export function suggestions(text: string, caret: number, words: Word[]): Suggestion[] {
  const start = Math.max(...[" ", "\u3000"].map(blank => text.lastIndexOf(blank, caret - 1))) + 1;
  const minus = /^[-!]/.test(text.slice(start)) ? 1 : 0;
  const typed = text.slice(start + minus, caret);
  const sign = /[:\uff1a<>=\uff1c\uff1e]/.exec(typed);
  if (!sign) {
    return words
      .filter(word => word.name.startsWith(typed) && word.name !== typed)
      .map(word => ({
        from: start + minus,
        text: word.name + (word.signs.startsWith(":") ? ":" : word.signs.slice(0, 1)),
        hint: word.hint,
      }))
      .slice(0, most);
  }
  const key = typed.slice(0, sign.index);
  const comma = Math.max(typed.lastIndexOf(","), typed.lastIndexOf("\uff0c"));
  const at = Math.max(sign.index, comma) + 1;
  const begun = typed.slice(at);
  return words
    .filter(word => word.name === key)
    .flatMap(word => word.values)
    .filter(value => value.startsWith(begun) && value !== begun)
    .map(value => ({ from: start + minus + at, text: value, hint: "" }))
    .slice(0, most);
}

/** complete puts a suggestion into the text and says where the caret goes. */
export function complete(text: string, caret: number, one: Suggestion): { text: string; caret: number } {
  const ends = one.hint === "" ? " " : "";
  const before = text.slice(0, one.from) + one.text + ends;
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
}
