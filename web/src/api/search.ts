import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Schemas, take } from "./client";

export type Hit = Schemas["SearchHit"];
export type Mark = Schemas["Mark"];

/** The search waits so long after the last key. */
const rest = 250;

/** useSearch looks for words in everything that the reader may open, from two characters on; busy while the answer to the last key is on its way. */
export function useSearch(text: string, enabled: boolean): { items: Hit[]; busy: boolean } {
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim().slice(0, 100)), rest);
    return () => clearTimeout(timer);
  }, [text]);
  const wanted = enabled && [...asked].length > 1 && text.trim() !== "";
  const { data, isFetching } = useQuery({
    queryKey: ["search", asked],
    enabled: wanted,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => take(api.GET("/api/v1/search", { signal, params: { query: { q: asked, limit: 20 } } })),
  });
  const late = enabled && [...text.trim()].length > 1 && text.trim().slice(0, 100) !== asked;
  return { items: wanted ? (data?.items ?? []) : [], busy: late || isFetching };
}
