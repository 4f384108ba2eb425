import { useNavigate } from "@tanstack/react-router";
import { Fragment, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { type Expected, useAct } from "../api/query";
import { word } from "../i18n";
import { Button, IconButton } from "../ui/button";
import { Menu } from "../ui/menu";
import { ActForm } from "./act-dialog";
import type { FieldSpec, Values } from "./act-form";

export type Allowed = Schemas["AllowedAction"];

/** ActSpec is how the page carries out one of the acts that the server offers. */
export interface ActSpec {
  /** Fields that the act takes; without any it runs at once. */
  fields?: FieldSpec[];
  /** What happens then, said above the fields. */
  lead?: string;
  run?: (values: Values) => Promise<unknown>;
  /**
   * What is shown before the server has answered: only of an act that harms nobody when it has to be taken back. Its request is sent with
   * keepalive, for it goes on when the reader leaves the page at once.
   */
  expect?: (values: Values) => Expected[];
  /** A page of its own instead of a dialog. */
  to?: string;
  /** A dialog of its own where the small form does not do. */
  dialog?: (onClose: () => void) => ReactNode;
  danger?: boolean;
  label?: string;
}

/** Beside the first so many buttons the rest stands in a menu. */
const inSight = 3;

/**
 * The order of the specs is that of the buttons: the first possible one is the page's main act; what cannot be undone stays in the
 * menu.
 *
 * Acts are the buttons for what the server says may be done with an object; what is not possible now stands in the menu with the
 * reason, or in sight when it is the only act. The page only knows how each act is carried out, never whether it may be.
 */
export function Acts({ subject, allowed, specs }: { subject: string; allowed: Allowed[]; specs: Record<string, ActSpec> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState<string>();
  const name = (action: string) => specs[action]?.label ?? word(`action.${subject}`, action);
  const act = useAct<{ action: string; values: Values }, unknown>({
    send: ({ action, values }) => specs[action]?.run?.(values) ?? Promise.resolve(),
    expect: ({ action, values }) => specs[action]?.expect?.(values) ?? [],
    done: undefined,
    quiet: true,
  });
  const bare = useAct<string, unknown>({ send: action => specs[action]?.run?.({}) ?? Promise.resolve() });
  const order = Object.keys(specs);
  const known = allowed.filter(one => specs[one.action]).sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
  const possible = known.filter(one => one.enabled);
  const ordered = [...possible, ...known.filter(one => !one.enabled)];
  function start(action: string) {
    const spec = specs[action];
    if (spec?.to) void navigate({ href: spec.to });
    else if (spec?.fields || spec?.lead || spec?.dialog) setOpen(action);
    else bare.mutate(action);
  }
  const shown = known.length === 1 ? known : possible.filter(one => !specs[one.action]?.danger).slice(0, inSight);
  const rest = ordered.filter(one => !shown.includes(one));
  const spec = open ? specs[open] : undefined;
  return (
    <>
      {shown.map((one, i) => (
        <Button
          key={one.action}
          kind={i === 0 && one.enabled ? "primary" : "plain"}
          reason={one.enabled ? undefined : one.reason}
          disabled={!one.enabled}
          busy={bare.isPending && bare.variables === one.action}
          onClick={() => start(one.action)}
        >
          {name(one.action)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Menu
          target={<IconButton name="more" label={t("form.more_acts")} />}
          groups={[
            {
              items: rest.map(one => ({
                label: name(one.action),
                reason: one.enabled ? undefined : one.reason,
                danger: specs[one.action]?.danger,
                onPick: () => start(one.action),
              })),
            },
          ]}
        />
      )}
      {open && spec?.dialog && <Fragment key={open}>{spec.dialog(() => setOpen(undefined))}</Fragment>}
      {open && spec && !spec.dialog && (
        <>
          {" "}
          <ActForm
            key={open}
            ahead={Boolean(spec.expect)}
            title={name(open)}
            act={name(open)}
            lead={spec.lead}
            fields={spec.fields ?? []}
            danger={spec.danger}
            onSend={values => act.mutateAsync({ action: open, values })}
            onClose={() => setOpen(now => (now === open ? undefined : now))}
          />
        </>
      )}
    </>
  );
}
