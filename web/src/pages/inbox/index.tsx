import { useTranslation } from "react-i18next";
import { PageHead } from "../../ui/layout";

export default function Inbox() {
  const { t } = useTranslation();
  return <PageHead title={t("nav.inbox")} />;
}
