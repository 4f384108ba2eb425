import { type ComponentProps, lazy, Suspense } from "react";

const Dialog = lazy(() => import("./act-form").then(found => ({ default: found.ActForm })));

/** ActForm is the dialog that asks for what an act needs; it is fetched when somebody first opens one. */
export function ActForm(props: ComponentProps<typeof Dialog>) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
