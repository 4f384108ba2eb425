// What the page itself says is in its language: no English left in Chinese, no Chinese left in English, no simplified character in
// traditional Chinese nor the reverse. What people have written (the sample data) is whatever the server answered for that screen, and
// stays as it was written.
import { prepared, told, walk } from "../walk.mjs";
import { texts } from "../words.mjs";

export const title = "every word of the page is in its language";

const languages = ["zh-CN", "zh-Hant", "en"];
/** Names of things that Chinese offices write in Latin letters too. */
const latin = new Set(
  `ctrl shift alt enter esc tab home end space delete f2 excel word wps outlook csv xlsx docx pdf png jpg json yaml api url http https
  id ip wcag gb kb mb duban sha cpu utc markdown windows openapi ofd txt ics utf totp english simsun-extb get put patch post
  sqlite postgresql duty.read notice.serve`.split(/\s+/),
);

/** spoken is every text on the screen, also what is read out: text, labels, titles, hints; not what stands in another language by its mark. */
function spoken() {
  const all = new Set();
  const own = document.documentElement.lang;
  const here = element => {
    const marked = element.closest("[lang]");
    return (
      (!marked || marked.lang === own) &&
      !element.closest("script,style,noscript,textarea,svg title") &&
      element.getClientRects().length
    );
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (here(walker.currentNode.parentElement)) all.add(walker.currentNode.textContent.replace(/\s+/g, " ").trim());
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`)) if (here(element)) all.add(element.getAttribute(name).trim());
  return [...all].filter(Boolean);
}

/** onlyIn are the characters that one of the two Chinese languages writes and the other never does. */
function onlyIn(language, other) {
  const letters = one =>
    new Set(
      Object.values(texts(one))
        .join("")
        .match(/[\u3400-\u9fff]/g),
    );
  const foreign = letters(other);
  return new Set([...letters(language)].filter(letter => !foreign.has(letter)));
}

const names = Object.entries(texts("zh-CN")).flatMap(([key, text]) => (key.startsWith("language.") ? [text] : []));

/** wrongs are the parts of the spoken texts that are in another language and that nobody has written. */
export function wrongs(language, said, heard) {
  const parts = said.filter(text => !names.includes(text) && !heard.includes(text));
  if (language === "en") return parts.flatMap(text => text.match(/[\u3400-\u9fff]+/g) ?? []).filter(run => !heard.includes(run));
  const foreign = language === "zh-CN" ? onlyIn("zh-Hant", "zh-CN") : onlyIn("zh-CN", "zh-Hant");
  const letters = parts.flatMap(text =>
    [...text].flatMap((letter, i, all) => {
      if (!foreign.has(letter)) return [];
      const written =
        heard.includes(`"${letter}"`) ||
        [all[i - 1], all[i + 1]].some((by, after) => by && heard.includes(after ? letter + by : by + letter));
      return written ? [] : [`${letter} in “${text}”`];
    }),
  );
  const english = parts
    .flatMap(text => text.match(/[A-Za-z][A-Za-z._-]+/g) ?? [])
    .filter(run => !latin.has(run.toLowerCase()) && !heard.includes(run));
  return [...letters, ...english];
}

/** again reads what the browser has let go of before it could be heard. */
const again = ({ page }, answer) => page.evaluate(async at => (await fetch(at)).text(), answer.url()).catch(() => "");

/** listening is how a walk in a language hears what the server says and finds what the page itself says in another one. */
export function listening(language) {
  const heard = new Map();
  const enter = person => {
    heard.set(person, []);
    person.page.on("response", answer => {
      if (/json/.test(answer.headers()["content-type"] ?? ""))
        heard.get(person).push(answer.text().catch(() => again(person, answer)));
    });
  };
  const examine = async person => {
    const data = (await Promise.all(heard.get(person).splice(0))).join("\n").replace(/\\[nt]/g, " ");
    const said = await person.page.evaluate(spoken);
    return [...new Set(wrongs(language, said, data + decodeURIComponent(person.page.url())))];
  };
  return { enter, examine };
}

export async function proof(kit) {
  const all = await prepared(kit);
  findsWrongs();
  const bad = [];
  for (const language of languages) {
    const { enter, examine } = listening(language);
    bad.push(...(await walk(all, { language, enter }, examine)));
  }
  told(bad, languages.length);
}

/** findsWrongs makes sure that a word in another language would be found, and that what somebody has written is left alone. */
function findsWrongs() {
  for (const [language, said, heard, found] of [
    ["zh-CN", "按 Command 保存", "", 1],
    ["zh-CN", "督辦事項", "", 2],
    ["zh-Hant", "督办事項", "", 1],
    ["zh-Hant", "督办事項", "督办事项", 0],
    ["zh-Hant", "20 条", '{"measure":"条"}', 0],
    ["en", "Status 待签收", "", 1],
    ["en", "Unit 办公室", '{"name":"办公室"}', 0],
    ["zh-CN", "closeout.rule", "", 1],
  ]) {
    const got = wrongs(language, [said], heard);
    if (got.length !== found) throw new Error(`${language} “${said}”: ${got.length} found, ${found} expected`);
  }
}
