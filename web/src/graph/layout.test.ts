import { describe, expect, test } from "vitest";
import { layout, netOf, reach } from "./layout";

const boxes = (...names: string[]) => names.map(name => ({ id: name, group: name.split(".")[0] ?? "" }));
const arrows = (...pairs: string[]) =>
  pairs.map(pair => {
    const [from = "", to = ""] = pair.split(">");
    return { from, to };
  });

describe("layout", () => {
  test("a box stands to the right of all that it waits for", () => {
    const links = arrows("a>b", "b>c", "a>c", "c>d");
    const { spots, columns } = layout(boxes("a", "b", "c", "d"), links);
    for (const { from, to } of links) expect(spots.get(from)!.column).toBeLessThan(spots.get(to)!.column);
    expect(columns).toBe(4);
  });

  test("no two boxes stand at one place, whatever the net", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    for (let round = 0; round < 50; round++) {
      const names = Array.from({ length: 40 }, (_, i) => `${["x", "y", "z"][Math.floor(random() * 3)]}.${i}`);
      const links = names.flatMap((from, i) => names.slice(i + 1).flatMap(to => (random() < 0.06 ? [{ from, to }] : [])));
      const made = layout(boxes(...names), links);
      const places = new Set([...made.spots.values()].map(spot => `${spot.column}/${spot.row}`));
      expect(places.size).toBe(names.length);
      for (const { from, to } of links) expect(made.spots.get(from)!.column).toBeLessThan(made.spots.get(to)!.column);
    }
  });

  test("each group keeps to its band", () => {
    const { spots, bands, rows } = layout(boxes("x.1", "y.1", "x.2", "y.2"), arrows("x.1>y.1", "y.1>x.2"));
    expect(bands.map(band => band.group)).toEqual(["x", "y"]);
    for (const band of bands) {
      for (const [id, spot] of spots) {
        const inside = spot.row >= band.row && spot.row < band.row + band.rows;
        expect(inside).toBe(id.startsWith(band.group));
      }
    }
    expect(rows).toBe(bands.reduce((n, band) => n + band.rows, 0));
  });

  test("a circle and an arrow to nowhere do not stop it", () => {
    expect(layout(boxes("a", "b"), arrows("a>b", "b>a", "a>gone")).spots.size).toBe(2);
  });

  test("nothing takes no room", () => {
    expect(layout([], [])).toMatchObject({ columns: 0, rows: 0, bands: [] });
  });
});

test("reach follows the arrows to the end and leaves out the start", () => {
  const net = netOf(boxes("a", "b", "c", "d"), arrows("a>b", "b>c", "a>d"));
  expect([...reach("a", net.after)].sort()).toEqual(["b", "c", "d"]);
  expect([...reach("c", net.before)].sort()).toEqual(["a", "b"]);
  expect(reach("d", net.after).size).toBe(0);
});
