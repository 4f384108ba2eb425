import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Paper.css";
import { Input, Popover } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { longDate, parseDate, today } from "../lib/dates";
import { countWorkdays, plainWeek, type Workdays } from "../lib/workdays";
import { IconButton } from "./button";
import css from "./date-field.module.css";
import { described, type FieldProps, Wrap } from "./field";
import { Icon } from "./icon";
import { Month } from "./month";

/** DateField takes a typed date or one picked from a month that shows days off (休) and make-up days (班). */
export function DateField(
  p: FieldProps & {
    value: string;
    onChange: (date: string) => void;
    min?: string;
    max?: string;
    days?: Workdays;
    /** Counts the working days from this date to the chosen one, where the calendar is known: a count without the notices would be wrong. */
    countFrom?: string;
  },
) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(p.value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => setTyped(p.value), [p.value]);
  const days = p.days ?? plainWeek;
  const error = wrong ? t("ui.date.wrong") : p.error;

  function read() {
    const date = parseDate(typed, Number((p.value || today()).slice(0, 4)));
    setWrong(typed !== "" && !date);
    if (typed === "") p.onChange("");
    else if (date) {
      setTyped(date);
      p.onChange(date);
    }
  }
  const count =
    p.countFrom && p.days && p.value ? t("ui.date.count", { n: countWorkdays(p.countFrom, p.value, days) }) : undefined;
  return (
    <Wrap {...p} error={error} id={id}>
      <Popover
        opened={open}
        onChange={setOpen}
        position="bottom-start"
        shadow="md"
        trapFocus
        returnFocus
        withRoles={false} // it would take the input's id, and with it the label
      >
        <Popover.Target>
          <Input
            id={id}
            value={typed}
            inputMode="numeric"
            classNames={{ input: css.input }}
            error={Boolean(error)}
            placeholder={t("ui.date.form")}
            rightSectionPointerEvents="all"
            rightSection={
              <IconButton name="calendar" label={t("ui.date.open")} onClick={() => setOpen(!open)} aria-expanded={open} />
            }
            onChange={event => setTyped(event.currentTarget.value)}
            onBlur={read}
            onKeyDown={event => {
              if (event.key === "Enter") read();
              if (event.key === "ArrowDown" && event.altKey) setOpen(true);
            }}
            {...described(id, { ...p, error })}
          />
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label={p.label}>
          <Month
            value={p.value}
            min={p.min}
            max={p.max}
            days={days}
            onPick={date => {
              setWrong(false);
              p.onChange(date);
              setOpen(false);
            }}
          />
          <div className={css.foot}>
            <span>{p.value ? longDate(p.value, i18n.language) : t("ui.date.none")}</span>
            <span>{count}</span>
          </div>
        </Popover.Dropdown>
      </Popover>
      {count && !open && (
        <div className={css.foot} style={{ border: 0, padding: 0 }}>
          <span>
            <Icon name="clock" size={0.8} /> {count}
          </span>
        </div>
      )}
    </Wrap>
  );
}
