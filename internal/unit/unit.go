// Package unit knows the kinds of organisation and the arithmetic of the unit tree's paths.
package unit

import (
	"strconv"
	"strings"
)

// Kind is what sort of organisation a unit is.
type Kind string

const (
	Department   Kind = "department"    // 厅（机关）: the authority itself
	Division     Kind = "division"      // 处室
	Affiliated   Kind = "affiliated"    // 直属单位
	University   Kind = "university"    // 高校
	CityBureau   Kind = "city_bureau"   // 市州教育局
	CountyBureau Kind = "county_bureau" // 县市区教育局
	School       Kind = "school"        // 学校
	ServiceSite  Kind = "service_site"  // 服务站点
)

// Kinds lists every kind.
var Kinds = []Kind{Department, Division, Affiliated, University, CityBureau, CountyBureau, School, ServiceSite}

// Values lists the kinds; ent reads it.
func (Kind) Values() []string {
	values := make([]string, len(Kinds))
	for i, k := range Kinds {
		values[i] = string(k)
	}
	return values
}

// Path is a unit's materialised place in the tree: the segments of its ancestors and its own, as in "00010a3f". Segments are
// of equal width and hold only digits and lower-case letters, so that a subtree is one range under every collation and an
// index serves it without LIKE.
type Path = string

const width = 4

// Segment is the path segment of the n-th unit of an authority, 1 ≤ n < 36^4.
func Segment(n int) string {
	s := strconv.FormatInt(int64(n), 36)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// Child is the path of a unit with the given segment under parent ("" for a root).
func Child(parent Path, segment string) Path { return parent + segment }

// IsPath reports whether a text, as of a cursor that somebody sent, can be a path: whole segments of digits and lower-case letters.
func IsPath(s string) bool {
	strange := func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'z') }
	return s != "" && len(s)%width == 0 && !strings.ContainsFunc(s, strange)
}

// PathEnd is an upper bound of the subtree of p: every path in it is ≥ p and < PathEnd(p).
func PathEnd(p Path) Path { return p + "zzzzz" }

// Within reports whether p lies in the subtree of root (root itself included); nothing lies within "".
func Within(root, p Path) bool { return root != "" && strings.HasPrefix(p, root) }

// Depth counts the levels above: 0 for a root.
func Depth(p Path) int { return len(p)/width - 1 }

// Parent is the path of the unit above; "" for a root.
func Parent(p Path) Path { return p[:max(0, len(p)-width)] }

// Ancestors lists the paths from the root down to p itself.
func Ancestors(p Path) []Path {
	all := make([]Path, 0, len(p)/width)
	for i := width; i <= len(p); i += width {
		all = append(all, p[:i])
	}
	return all
}
