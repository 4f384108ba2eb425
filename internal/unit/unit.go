// Package unit knows the kinds of organisation and the arithmetic of the unit tree's paths.
package unit

import "strings"

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

// Path is a unit's materialised place in the tree: the codes of its ancestors and itself, each followed by "/", as in
// "1/2f/c3/". A subtree is the half-open range from its path to PathEnd of it, so an index serves it without LIKE.
type Path = string

// Child is the path of a unit with the given code under parent.
func Child(parent Path, code string) Path { return parent + code + "/" }

// PathEnd is the first path after the whole subtree of p.
func PathEnd(p Path) Path { return strings.TrimSuffix(p, "/") + "0" }

// Within reports whether p lies in the subtree of root (root itself included).
func Within(root, p Path) bool { return root != "" && strings.HasPrefix(p, root) }

// Depth counts the levels above: 0 for a root.
func Depth(p Path) int { return strings.Count(p, "/") - 1 }

// Parent is the path of the unit above; "" for a root.
func Parent(p Path) Path {
	i := strings.LastIndexByte(strings.TrimSuffix(p, "/"), '/')
	return p[:i+1]
}
