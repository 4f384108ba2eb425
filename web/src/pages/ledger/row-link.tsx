import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";

/**
 * RowLink is the link of a row: a plain one. The router's own follows every change of the address, which forty rows on each sorting
 * and each key of a filter would pay for.
 */
export function RowLink({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const router = useRouter();
  return (
    <a
      className={className}
      href={to}
      onMouseEnter={() => void router.preloadRoute({ to: to as never }).catch(() => undefined)}
      onClick={event => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void router.navigate({ href: to });
      }}
    >
      {children}
    </a>
  );
}
