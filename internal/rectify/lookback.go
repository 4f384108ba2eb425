package rectify

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on an item of a look-back (回头看); the permission of each is "look_back.<action>".
const (
	DrawItem     tr.Action = "draw"      // 列入抽查
	HoldItem     tr.Action = "hold"      // 整改巩固
	ComeBackItem tr.Action = "come_back" // 问题反弹: the notice is reopened, or a new finding asks for a new one
)

// LookTable is the life of one item: drawn by the seed, then looked at by the team, never by the unit itself.
var LookTable = tr.New("look_back", []LookStatus{LookHeld, LookCameBack},
	tr.Row[LookStatus]{Action: DrawItem, From: []LookStatus{""}, To: LookPending, Permission: "inspection.create"},
	tr.Row[LookStatus]{Action: HoldItem, From: []LookStatus{LookPending}, To: LookHeld, Must: tr.PartOfTeam, MustNot: tr.Holder, Permission: "inspection.check"},
	tr.Row[LookStatus]{Action: ComeBackItem, From: []LookStatus{LookPending}, To: LookCameBack, Must: tr.PartOfTeam, MustNot: tr.Holder, Needs: tr.Reason,
		Permission: "inspection.check"},
)

// Draw takes n of the keys by a seed. Each key's place is the hash of seed and key, so the same seed and keys give the same draw on
// any machine, whatever the order in which the keys come; nobody can steer it once the seed is named. The draw comes in the
// order of the places.
func Draw(keys []string, n int, seed string) []string {
	placed := make([][2]string, len(keys))
	for i, key := range keys {
		sum := sha256.Sum256([]byte(seed + "\n" + key))
		placed[i] = [2]string{hex.EncodeToString(sum[:]), key}
	}
	slices.SortFunc(placed, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	drawn := make([]string, 0, min(max(n, 0), len(placed)))
	for _, p := range placed[:cap(drawn)] {
		drawn = append(drawn, p[1])
	}
	return drawn
}

// SampleSize is how many of a population a look-back draws: the percentage rounded up, at least least and at most most, and never
// more than there are.
func (r LookBackRules) SampleSize(population int) int {
	n := (population*r.Percent + 99) / 100
	return min(max(n, r.Least), r.Most, population)
}
