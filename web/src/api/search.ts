import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Schemas, take } from "./client";

export type Hit = Schemas["SearchHit"];
export type Mark = Schemas["Mark"];

/** The search waits so long after the last key. */
const rest = 250;

/** useSearch looks for words in everything that the reader may open, from two characters on. */
export function useSearch(text: string, enabled: boolean): Hit[] {
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim().slice(0, 100)), rest);
    return () => clearTimeout(timer);
  }, [text]);
  const wanted = enabled && [...asked].length > 1 && text.trim() !== "";
  const { data } = useQuery({
    queryKey: ["search", asked],
    enabled: wanted,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => take(api.GET("/api/v1/search", { signal, params: { query: { q: asked, limit: 20 } } })),
  });
  return wanted ? (data?.items ?? []) : [];
}
