// At the largest text nothing is cut without a way to read it: an element that hides part of its text carries the whole of it as title or label.
import { prepared, told, walk } from "../walk.mjs";

const languages = ["zh-CN", "en"];

export const title = "no text is cut at the largest size (特大)";

export function cut() {
  const found = [];
  for (const element of document.querySelectorAll("main *, header *")) {
    const style = getComputedStyle(element);
    if (!/hidden|clip/.test(style.overflowX) || element.scrollWidth <= element.clientWidth + 1 || element.clientWidth < 2)
      continue;
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
    if (element.closest("[title],[aria-label],.hidden,textarea,select") || element.querySelector("[title]")) continue;
    found.push(`${element.tagName.toLowerCase()}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return found.slice(0, 5);
}

/** provesItself makes sure that a text that is cut would be found. */
async function provesItself(page) {
  const found = await page
    .evaluate(text => {
      const box = document.createElement("p");
      box.textContent = text;
      Object.assign(box.style, { width: "3rem", overflow: "hidden", whiteSpace: "nowrap" });
      document.querySelector("main").append(box);
      return box;
    }, "a text that is cut")
    .then(() => page.evaluate(cut));
  if (!found.some(line => line.includes("a text that is cut"))) throw new Error("a text that is cut was not found");
  await page.evaluate(() => document.querySelector("main > p:last-child").remove());
}

export async function proof(kit) {
  const all = await prepared(kit);
  const looks = languages.map(language => ({ language, settings: { text: "huge" } }));
  const bad = [];
  for (const look of looks)
    bad.push(
      ...(await walk(all, look, async ({ page }, name) => {
        if (name === "help") await provesItself(page);
        return (await page.evaluate(cut)).map(line => `cut: ${line}`);
      })),
    );
  told(bad, looks.length);
}
