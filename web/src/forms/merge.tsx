import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button";
import { Radios } from "../ui/field";
import { Prose, Stack } from "../ui/layout";
import { Modal } from "../ui/modal";
import { ErrorNote, Note } from "../ui/states";

/** Clash is one field that two people have changed: what it was changed to here and by the other. */
export interface Clash {
  name: string;
  label: string;
  mine: string;
  theirs: string;
}

/**
 * clashes lists the fields where both differ; a field that only one side has changed is no clash: `base` is what the form began
 * with.
 */
export function clashes(
  fields: { name: string; label: string }[],
  base: Record<string, string>,
  mine: Record<string, string>,
  theirs: Record<string, string>,
): Clash[] {
  return fields
    .map(({ name, label }) => ({ name, label, mine: mine[name] ?? "", theirs: theirs[name] ?? "" }))
    .filter(one => one.mine !== one.theirs && one.mine !== (base[one.name] ?? "") && one.theirs !== (base[one.name] ?? ""));
}

/** Merge shows what two people wrote into the same fields and lets one choose for each; nothing that was typed is lost. */
export function Merge({
  found,
  onSend,
  onClose,
}: {
  found: Clash[];
  onSend: (chosen: Record<string, string>) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [picks, setPicks] = useState<Record<string, "mine" | "theirs">>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const open = found.filter(one => !picks[one.name]).length;
  async function send() {
    setBusy(true);
    setError(undefined);
    try {
      await onSend(Object.fromEntries(found.map(one => [one.name, picks[one.name] === "theirs" ? one.theirs : one.mine])));
      onClose();
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      wide
      open
      title={t("merge.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={busy}
            reason={open > 0 ? t("merge.choose", { count: open }) : undefined}
            onClick={() => void send()}
          >
            {t("merge.save")}
          </Button>
        </>
      }
    >
      <Stack gap={1}>
        <Note tone="amber">{found.length > 0 ? t("merge.lead") : t("merge.none")}</Note>
        {error !== undefined && <ErrorNote error={error} />}
        {found.map(one => (
          <Radios
            key={one.name}
            label={one.label}
            value={picks[one.name] ?? ""}
            onChange={value => setPicks({ ...picks, [one.name]: value })}
            options={[
              { value: "mine", label: <Side name={t("merge.mine")} text={one.mine} /> },
              { value: "theirs", label: <Side name={t("merge.theirs")} text={one.theirs} /> },
            ]}
          />
        ))}
      </Stack>
    </Modal>
  );
}

function Side({ name, text }: { name: string; text: string }) {
  return (
    <>
      <strong>{name}</strong>
      <Prose>{text || "—"}</Prose>
    </>
  );
}
