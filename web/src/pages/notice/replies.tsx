import { useTranslation } from "react-i18next";
import { EvidenceList } from "../../forms/evidence";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Facts, Muted, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty } from "../../ui/states";
import type { Notice } from "./index";

/** NoticeReplies are the rounds of answer and verification, newest first: what was demanded stands beside what was done. */
export function NoticeReplies({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  if (notice.replies.length === 0) {
    return (
      <Panel>
        <Empty title={t("reply.none")}>
          {notice.due_date ? t("reply.none_help", { unit: notice.unit_name, date: notice.due_date }) : t("reply.not_served")}
        </Empty>
      </Panel>
    );
  }
  return (
    <Stack>
      {[...notice.replies].reverse().map(reply => (
        <Panel
          key={reply.id}
          title={
            <Row wrap>
              {t(reply.stage === "plan" ? "stage.plan_round" : "reply.round", { n: reply.round })}
              <Tag tone={reply.status === "accepted" ? "green" : reply.status === "sent_back" ? "amber" : "blue"}>
                {reply.stage === "plan" ? t(`stage.plan.${reply.status}`) : word("status.reply", reply.status)}
              </Tag>
            </Row>
          }
        >
          <Stack>
            <div>
              <h3>{t("reply.measures")}</h3>
              <Prose>{reply.measures}</Prose>
            </div>
            {reply.result && (
              <div>
                <h3>{t("reply.result")}</h3>
                <Prose>{reply.result}</Prose>
              </div>
            )}
            <Facts
              items={[
                [t("stage.responsible"), reply.responsible],
                [t("stage.finish_by"), reply.finish_by],
                [t("reply.evidence"), t("reply.evidence_count", { count: reply.evidence })],
                [t("reply.sent_at"), instant(reply.created_at)],
                [t("reply.verified_at"), reply.verified_at && instant(reply.verified_at)],
                [t("reply.verdict"), reply.verdict],
              ]}
            />
            <EvidenceList subject="reply" id={reply.id} />
            {notice.site_checks
              .filter(check => check.reply_id === reply.id)
              .map(check => (
                <SiteCheck key={check.id} check={check} />
              ))}
          </Stack>
        </Panel>
      ))}
    </Stack>
  );
}

/** SiteCheck is one check on the spot of what a reply claims. */
function SiteCheck({ check }: { check: Notice["site_checks"][number] }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>
        <Row wrap>
          {t("stage.check_of", { date: check.checked_on })}
          <Tag tone={check.outcome === "conforms" ? "green" : check.outcome === "partly" ? "amber" : "red"}>
            {word("outcome", check.outcome)}
          </Tag>
        </Row>
      </h3>
      {check.place && <Muted>{check.place}</Muted>}
      <Prose>{check.note}</Prose>
    </div>
  );
}
