import { useTranslation } from "react-i18next";
import { PageHead } from "../../ui/layout";
import { ConclusionRows } from "./rows";

/** Conclusions lists what inspections concluded about the units that the caller sees (督查结论). */
export default function Conclusions() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t("nav.conclusions")} lead={t("conclusion.lead")} />
      <ConclusionRows />
    </>
  );
}
