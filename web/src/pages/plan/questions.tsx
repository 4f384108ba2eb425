import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { ActForm } from "../../forms/act-dialog";
import { Button, TextButton } from "../../ui/button";
import { Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty } from "../../ui/states";

type Question = Schemas["Question"];

/** Questions are the places of the document that only a person can decide on; nothing was guessed. */
export function Questions({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const list = useOne(["plan", plan.id, "questions"], signal =>
    take(api.GET("/api/v1/plans/{id}/questions", { signal, params: { path: { id: plan.id } } })),
  );
  const unplaced = useOne(["plan", plan.id, "unplaced"], signal =>
    take(api.GET("/api/v1/plans/{id}/unplaced", { signal, params: { path: { id: plan.id } } })),
  );
  return (
    <Stack>
      <Loaded query={list}>
        {data =>
          data.items.length === 0 ? (
            <Panel>
              <Empty title={t("question.none")} icon="check" />
            </Panel>
          ) : (
            data.items.map(question => <One key={question.id} question={question} />)
          )
        }
      </Loaded>
      <Panel title={t("question.unplaced")}>
        <Loaded query={unplaced} rows={2}>
          {data =>
            data.items.length === 0 ? (
              <p>{t("question.unplaced_none")}</p>
            ) : (
              <ul>
                {data.items.map(piece => (
                  <li key={piece.span.start}>
                    <p>{piece.text}</p>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
    </Stack>
  );
}

function One({ question }: { question: Question }) {
  const { t } = useTranslation();
  const [, setUrl] = useUrl<"tab" | "task">();
  const [form, setForm] = useState<"unit" | "year">();
  const answer = useAct({
    quiet: form !== undefined,
    done: t("question.answered"),
    send: (body: Schemas["AnswerQuestionInput"]) =>
      take(api.POST("/api/v1/questions/{id}/answer", { params: { path: { id: question.id } }, body })),
  });
  return (
    <Panel
      title={
        <Row wrap>
          {t(`question.kind.${question.kind}`, { phrase: question.phrase })}
          {!question.open && <Tag tone="green">{t("question.done")}</Tag>}
        </Row>
      }
      acts={
        question.task_id && (
          <TextButton onClick={() => setUrl({ tab: undefined, task: question.task_id })}>{t("question.see")}</TextButton>
        )
      }
    >
      <Stack>
        <p>{t("question.places", { count: question.places })}</p>
        {question.open && (
          <Row wrap>
            {question.suggestions.map((one, i) => (
              <Button
                key={one.unit_id ?? one.roster_id}
                kind={i === 0 ? "primary" : "plain"}
                busy={answer.isPending}
                onClick={() => answer.mutate({ unit_id: one.unit_id, roster_id: one.roster_id })}
              >
                {t("question.is", { name: one.name })}
              </Button>
            ))}
            {question.kind === "no_deadline_year" ? (
              <Button onClick={() => setForm("year")}>{t("question.year")}</Button>
            ) : (
              <Button onClick={() => setForm("unit")}>{t("question.other")}</Button>
            )}
            {question.kind !== "no_deadline_year" && (
              <Button kind="quiet" onClick={() => answer.mutate({ nobody: true })}>
                {t("question.nobody")}
              </Button>
            )}
          </Row>
        )}
      </Stack>
      {form === "unit" && (
        <ActForm
          title={question.phrase}
          act={t("question.choose")}
          fields={[{ name: "unit_id", label: t("duty.unit"), kind: "unit", required: true }]}
          onSend={v => answer.mutateAsync({ unit_id: String(v.unit_id) })}
          onClose={() => setForm(undefined)}
        />
      )}
      {form === "year" && (
        <ActForm
          title={question.phrase}
          act={t("question.choose")}
          fields={[{ name: "year", label: t("plan.year"), kind: "number", required: true, max: 2200 }]}
          onSend={v => answer.mutateAsync({ year: Number(v.year) })}
          onClose={() => setForm(undefined)}
        />
      )}
    </Panel>
  );
}
