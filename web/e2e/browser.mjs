// Starts Debian's Chromium for the browser tests: no sandbox, no background requests.
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });
}

/** visit is a browser of one person: it fails on script errors, policy violations and requests to other hosts. */
export async function visit(
  browser,
  base,
  { width = 1366, height = 768, language = "zh-CN", settings = {}, phone = false } = {},
) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    hasTouch: phone,
    isMobile: phone,
  });
  const faults = [];
  await context.exposeFunction("dubanPolicyBroken", what => faults.push(`policy: ${what}`));
  await context.addInitScript(
    ([lang, kept]) => {
      localStorage.setItem("duban.language", lang);
      localStorage.setItem("duban.settings", JSON.stringify(kept));
      addEventListener("securitypolicyviolation", event =>
        window.dubanPolicyBroken(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
      );
    },
    [language, settings],
  );
  const page = await context.newPage();
  page.on("pageerror", error => faults.push(`script: ${error.message}`));
  page.on("console", message => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  context.on("request", request => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) faults.push(`foreign: ${request.url()}`);
  });
  return { page, context, faults };
}

export async function signIn(page, login, password) {
  await page.goto("/sign-in");
  await page.locator("input[name=username]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(url => !url.pathname.startsWith("/sign-in"));
  await page.locator("h1").first().waitFor();
}
