package live

import "github.com/duban-gov/duban/internal/ident"

// Tell hands a change of a kind to everybody, as a look at the history would.
func (h *Hub) Tell(kind string, id, authority, unit ident.ID, path, act string) {
	h.tell([]Change{{Kind: kind, ID: id, authority: authority, unit: unit, path: path, act: act}}, h.store.NewID())
}

// Limits of the package, for tests.
const (
	Boxed = boxed
	Most  = most
	Late  = late
	Stale = stale
)
