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

const id = "[0-9a-hjkmnp-tv-z]{13}";
const day = "\\d{4}-\\d{2}-\\d{2}";

/** forms are the conditions as composed writes them, and the filter that each of them is. */
const forms: [RegExp, (found: string[]) => Filter][] = [
  [new RegExp(`^plan:(${id})$`), ([plan_id]) => ({ plan_id })],
  [/^light:([a-z]+)$/, ([light]) => ({ light })],
  [/^status:([a-z]+)$/, ([status]) => ({ status })],
  [new RegExp(`^(unit|lead|support):(${id})$`), ([part, unit_id]) => ({ unit_id, part: part === "unit" ? undefined : part })],
  [new RegExp(`^leader:(${id})$`), ([leader_id]) => ({ leader_id })],
  [/^is:mine$/, () => ({ mine: "true" })],
  [/^is:overdue$/, () => ({ overdue: "true" })],
  [/^is:all$/, () => ({ ended: "true" })],
];
const dues: [RegExp, (found: string[]) => Filter][] = [
  [new RegExp(`^:(${day})\\.\\.(${day})$`), ([due_from, due_to]) => ({ due_from, due_to })],
  [new RegExp(`^>=(${day})$`), ([due_from]) => ({ due_from })],
  [new RegExp(`^<=(${day})$`), ([due_to]) => ({ due_to })],
];

/**
 * parted takes a whole question apart again: what composed put behind the typed words goes back to the buttons it came from, the rest
 * stays in the field. Composed of its answer it is the same question.
 */
export function parted(question: string, clock?: string): Filter {
  const parts = question.trim().split(" ");
  const due = clock === "original" ? "original" : "due";
  const all = [...forms, ...dues.map(([form, of]) => [new RegExp(form.source.replace("^", `^${due}`)), of] as (typeof forms)[0])];
  const filter: Filter = { clock: clock === "original" ? clock : undefined };
  const taken = new Set<RegExp>();
  while (parts.length > 0) {
    const last = parts.at(-1) ?? "";
    const [form, of] = all.find(([one]) => one.test(last)) ?? [];
    if (!form || !of || taken.has(form)) break;
    taken.add(form);
    Object.assign(filter, of((form.exec(last) ?? []).slice(1)));
    parts.pop();
  }
  return { ...filter, q: parts.join(" ") || undefined };
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
