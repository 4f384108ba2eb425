import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/problem";
import { said } from "../api/query";
import { useUnitNodes } from "../api/units";
import { Button } from "../ui/button";
import { NumberField, PercentField, Radios, TextArea, TextField } from "../ui/field";
import { Stack } from "../ui/layout";
import { FormFoot, Modal } from "../ui/modal";
import { Select } from "../ui/select";
import { ErrorNote } from "../ui/states";
import { toast } from "../ui/toast";
import { TreePicker } from "../ui/tree-picker";
import { DateField } from "./date-field";

/** FieldSpec is one field of a small form; its name is that of the request's field, so that faults find their place. */
export interface FieldSpec {
  name: string;
  label: string;
  kind: "text" | "line" | "date" | "number" | "percent" | "choice" | "select" | "unit";
  required?: boolean;
  hint?: string;
  max?: number;
  min?: string;
  options?: { value: string; label: string }[];
  initial?: string | number;
}

export type Values = Record<string, string | number>;

/** ActForm asks for what an act needs, in a dialog; what the server refuses is said at its field and nothing typed is lost. */
export function ActForm({
  title,
  act,
  lead,
  fields,
  danger,
  ahead,
  onSend,
  onClose,
}: {
  title: string;
  act: string;
  lead?: string;
  fields: FieldSpec[];
  danger?: boolean;
  /** The page already shows what is expected: the dialog goes at once, and comes back with what was typed if it is refused. */
  ahead?: boolean;
  onSend: (values: Values) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(() => Object.fromEntries(fields.map(field => [field.name, field.initial ?? ""])));
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const missing = (field: FieldSpec) => field.required && (values[field.name] === "" || String(values[field.name]).trim() === "");

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (fields.some(missing)) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSend(values);
      onClose();
    } catch (failed) {
      if (gone.current && ahead) toast(said(failed, t("ui.offline")), { kind: "error" });
      setError(failed);
    } finally {
      setBusy(false);
    }
  }
  const faultOf = (field: FieldSpec) =>
    (error instanceof Problem ? error.field(field.name) : undefined) ??
    (tried && missing(field) ? t("form.fill", { name: field.label }) : undefined);
  return (
    <Modal title={title} open={!(ahead && busy)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          {lead && <p>{lead}</p>}
          {error !== undefined && <ErrorNote error={error} />}
          {fields.map((field, i) => (
            <OneField
              key={field.name}
              field={field}
              value={values[field.name] ?? ""}
              error={faultOf(field)}
              first={i === 0}
              onChange={value => setValues({ ...values, [field.name]: value })}
            />
          ))}
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" kind={danger ? "danger" : "primary"} busy={busy}>
              {act}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}

function OneField({
  field,
  value,
  error,
  first,
  onChange,
}: {
  field: FieldSpec;
  value: string | number;
  error?: string;
  first: boolean;
  onChange: (value: string | number) => void;
}) {
  const { nodes, loading } = useUnitNodes();
  const shared = { label: field.label, hint: field.hint, required: field.required, error };
  switch (field.kind) {
    case "line":
      return <TextField {...shared} autoFocus={first} max={field.max} value={String(value)} onChange={onChange} />;
    case "date":
      return <DateField {...shared} min={field.min} value={String(value)} onChange={onChange} />;
    case "number":
      return <NumberField {...shared} min={0} max={field.max} value={value === "" ? "" : Number(value)} onChange={onChange} />;
    case "percent":
      return <PercentField {...shared} value={Number(value) || 0} onChange={onChange} />;
    case "choice":
      return <Radios {...shared} value={String(value)} onChange={onChange} options={field.options ?? []} />;
    case "select":
      return <Select {...shared} value={String(value)} onChange={onChange} options={field.options ?? []} />;
    case "unit":
      return <TreePicker {...shared} nodes={nodes} loading={loading} value={String(value)} onChange={onChange} />;
    default:
      return <TextArea {...shared} autoFocus={first} max={field.max ?? 4000} value={String(value)} onChange={onChange} />;
  }
}
