package timeline

import "github.com/duban-gov/duban/internal/ident"

// DeedsQuery is the statement of the first page of what somebody did.
func DeedsQuery(d Deeds) (string, []any) { return deedsQuery(d, ident.FromInt(1<<63-1), 51) }
