import { render, screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { start } from "../i18n";
import { DateField } from "./date-field";
import { Provider } from "./provider";
import { TreePicker } from "./tree-picker";

beforeAll(() => start("en"));

test("fields with a drop-down keep their label", () => {
  render(
    <Provider>
      <DateField label="Ends on" value="2017-09-29" onChange={() => undefined} />
      <TreePicker label="Unit" nodes={[{ id: "a", label: "Office" }]} value="a" onChange={() => undefined} />
    </Provider>,
  );
  expect(screen.getByLabelText("Ends on")).toHaveProperty("value", "2017-09-29");
  expect(screen.getByRole("combobox", { name: "Unit" })).toHaveProperty("value", "Office");
});
