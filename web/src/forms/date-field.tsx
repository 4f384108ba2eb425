import type { ComponentProps } from "react";
import { useWorkdays } from "../api/calendar";
import { DateField as Plain } from "../ui/date-field";

/** DateField is the date picker with the calendar in force: days off, make-up days, and the count of working days. */
export function DateField(props: Omit<ComponentProps<typeof Plain>, "days">) {
  const days = useWorkdays(props.value, props.countFrom);
  return <Plain {...props} days={days} />;
}
