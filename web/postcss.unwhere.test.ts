import postcss from "postcss";
import { describe, expect, it } from "vitest";
import { flatten, unwhere } from "./postcss.unwhere";

describe("selectors for Chromium 86", () => {
  it.each([
    [".a:where(.b)", ".a.b"],
    [":where([x]) .a", "[x] .a"],
    [".a:is(.b, .c) .d", ".a.b .d,.a.c .d"],
    [".a:where(:disabled, [data-disabled])", ".a:disabled,.a[data-disabled]"],
    [".a:where(:not(:disabled, [x])):hover", ".a:not(:disabled):not([x]):hover"],
    [".a:not(.b)", ".a:not(.b)"],
  ])("%s", (before, after) => expect(flatten(before).replace(/,\s+/g, ",")).toBe(after));
});

it("splits the logical shorthands, blanks inside brackets apart", async () => {
  const { css } = await postcss([unwhere()]).process(".a{padding-inline:calc(1px + 2px) 3px;inset:0 1px;margin-block:4px}", {
    from: undefined,
  });
  expect(css).toBe(
    ".a{padding-left:calc(1px + 2px);padding-right:3px;top:0;right:1px;bottom:0;left:1px;margin-top:4px;margin-bottom:4px}",
  );
});

it("writes single sides and the viewport as old browsers know them", async () => {
  const { css } = await postcss([unwhere()]).process(
    ".a{inset-inline-end:0;border-start-start-radius:4px;height:5dvh;width:1.5svw}",
    {
      from: undefined,
    },
  );
  expect(css).toBe(".a{right:0;border-top-left-radius:4px;height:5vh;width:1.5vw}");
});
