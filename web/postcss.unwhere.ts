import type { Declaration, Plugin } from "postcss";
import parser from "postcss-selector-parser";

/**
 * Rewrites what Chromium 86 cannot read: `:where(X)` becomes `X`, `:is(X, Y)` one selector each, `:not(X, Y)` becomes
 * `:not(X):not(Y)`, and logical shorthands become their physical longhands (the page has no right-to-left language).
 * Specificity rises where `:where()` goes; the order of the sheets holds.
 */
export function unwhere(): Plugin {
  return {
    postcssPlugin: "unwhere",
    Rule(rule) {
      if (/:(where|is|not)\(/.test(rule.selector)) rule.selector = flatten(rule.selector);
    },
    Declaration(decl) {
      if (viewport.test(decl.value)) decl.value = decl.value.replace(viewport, "$1v$2");
      const side = sides[decl.prop];
      if (side) decl.prop = side;
      const names = longhands[decl.prop];
      if (names) split(decl, names);
    },
  };
}

/** Sizes of the viewport with and without the bars of a phone's browser are one and the same before 108. */
const viewport = /(\d)[dsl]v([hw])\b/g;

/** Logical sides that came after 86; the minifier would put them into rules for each direction with `:is(:lang(…))`, which 86 drops. */
const sides: Record<string, string> = {
  "inset-inline-start": "left",
  "inset-inline-end": "right",
  "inset-block-start": "top",
  "inset-block-end": "bottom",
  "border-start-start-radius": "border-top-left-radius",
  "border-start-end-radius": "border-top-right-radius",
  "border-end-start-radius": "border-bottom-left-radius",
  "border-end-end-radius": "border-bottom-right-radius",
};

const longhands: Record<string, string[]> = {
  "padding-inline": ["padding-left", "padding-right"],
  "padding-block": ["padding-top", "padding-bottom"],
  "margin-inline": ["margin-left", "margin-right"],
  "margin-block": ["margin-top", "margin-bottom"],
  "inset-inline": ["left", "right"],
  "inset-block": ["top", "bottom"],
  inset: ["top", "right", "bottom", "left"],
};

/** split puts one declaration for each side; a missing side takes the value of the one across. */
function split(decl: Declaration, names: string[]) {
  const given = values(decl.value);
  const at = (i: number): string => given[i] ?? (i === 0 ? decl.value : at(i === 3 ? 1 : i - (i === 2 ? 2 : 1)));
  decl.replaceWith(...names.map((prop, i) => decl.clone({ prop, value: at(i) })));
}

/** values splits at the blanks outside of brackets. */
function values(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const c of text.trim()) {
    depth += c === "(" ? 1 : c === ")" ? -1 : 0;
    if (c === " " && depth === 0) parts.push("");
    else parts[parts.length - 1] += c;
  }
  return parts.filter(Boolean);
}

const old = new Set([":where", ":is"]);

export function flatten(selector: string): string {
  return parser(root => {
    for (let found = first(root); found; found = first(root)) expand(found);
    root.walkPseudos(pseudo => {
      if (pseudo.value !== ":not" || pseudo.nodes.length < 2) return;
      pseudo.replaceWith(...pseudo.nodes.map(inner => alone(inner)));
    });
  }).processSync(selector);
}

/** alone is `:not()` around one selector. */
function alone(inner: parser.Selector): parser.Pseudo {
  const copy = inner.clone() as parser.Selector;
  if (copy.first) copy.first.spaces = { before: "", after: "" };
  return parser.pseudo({ value: ":not", nodes: [copy] });
}

function first(root: parser.Root): parser.Pseudo | undefined {
  let found: parser.Pseudo | undefined;
  root.walkPseudos(pseudo => {
    if (!found && old.has(pseudo.value)) found = pseudo;
  });
  return found;
}

/** expand replaces the selector around the pseudo-class by one copy for each selector inside it. */
function expand(pseudo: parser.Pseudo) {
  const selector = pseudo.parent as parser.Selector;
  const at = selector.index(pseudo);
  const copies = pseudo.nodes.map(inner => {
    const copy = selector.clone() as parser.Selector;
    const body = (inner.clone() as parser.Selector).nodes;
    if (body[0]) body[0].spaces = { before: pseudo.spaces.before, after: "" };
    copy.at(at).replaceWith(...body);
    return copy;
  });
  selector.replaceWith(...copies);
}
