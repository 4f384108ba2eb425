import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import { Select as Base, MultiSelect as BaseMulti } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { matches } from "../lib/pinyin";
import { described, type FieldProps, Wrap } from "./field";
import css from "./field.module.css";

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

interface Props extends FieldProps {
  options: Option[];
  clearable?: boolean;
  /** bare leaves the label to screen readers (filters in a toolbar). */
  bare?: boolean;
  width?: string;
}

const filter = ({ options, search }: { options: unknown[]; search: string }) =>
  (options as Option[]).filter(option => matches(option.label, search)) as never;

/** Select picks one of many; typing filters by words or pinyin initials. */
export function Select(p: Props & { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const input = (
    <Base
      id={id}
      data={p.options}
      value={p.value || null}
      onChange={value => p.onChange(value ?? "")}
      searchable={p.options.length > 7}
      clearable={p.clearable}
      allowDeselect={false}
      filter={filter}
      w={p.width}
      maw="100%"
      error={Boolean(p.error)}
      placeholder={p.bare ? p.label : undefined}
      aria-label={p.bare ? p.label : undefined}
      nothingFoundMessage={t("ui.nothing_found")}
      classNames={{ input: css.input }}
      comboboxProps={{ shadow: "md" }}
      clearButtonProps={{ "aria-label": t("ui.clear") }}
      {...described(id, p)}
    />
  );
  return p.bare ? (
    input
  ) : (
    <Wrap {...p} id={id}>
      {input}
    </Wrap>
  );
}

/** MultiSelect picks several. */
export function MultiSelect(p: Props & { values: string[]; onChange: (values: string[]) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Wrap {...p} id={id}>
      <BaseMulti
        id={id}
        data={p.options}
        value={p.values}
        onChange={p.onChange}
        searchable
        clearable
        filter={filter}
        error={Boolean(p.error)}
        nothingFoundMessage={t("ui.nothing_found")}
        classNames={{ input: css.picks }}
        comboboxProps={{ shadow: "md" }}
        clearButtonProps={{ "aria-label": t("ui.clear") }}
        {...described(id, p)}
      />
    </Wrap>
  );
}
