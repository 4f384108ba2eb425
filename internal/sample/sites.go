package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/duban-gov/duban/internal/unit"
)

// Names of towns are made of one character of each list.
const (
	townHeads = "松竹梅桃柳枫樟杉荷莲兰桂云霞月星清白青金玉石龙鹤"
	townTails = "溪塘坪洲湾桥冲铺岭泉田浦"
)

var (
	firstSchools = []string{"第一中学", "实验小学", "实验中学", "第一小学", "职业中等专业学校", "特殊教育学校", "机关幼儿园"}
	townSchools  = []string{"镇中心小学", "镇初级中学", "镇中心幼儿园"}
	ringSchools  = []string{"小学", "中学", "幼儿园"} // a district has no towns
)

const (
	cityCount   = 14
	countyCount = 125
	perCounty   = 7 + 24*12*3 // schools that one county can have before a name would come twice
)

// MaxSites is the largest number of service sites that the sample can build.
const MaxSites = cityCount + countyCount + countyCount*perCounty

// sites builds o.Sites service sites: first a centre (中心) in every city, then a station (站) in every county, then points
// (点), each in a school that comes with it, going round the counties so that they fill evenly.
func sites(bureaus []Unit, o Options) []Unit {
	left := min(max(o.Sites, 0), MaxSites)
	units := make([]Unit, 0, 2*left)
	var counties []Unit
	for _, b := range bureaus {
		if b.Kind == unit.CountyBureau {
			counties = append(counties, b)
		} else if left > 0 {
			units = append(units, site(b, area(b)+"教育阳光服务中心"))
			left--
		}
	}
	for _, c := range counties[:min(left, len(counties))] {
		units = append(units, site(c, area(c)+"教育阳光服务站"))
		left--
	}
	order := make([][]int, len(counties))
	for n := range left {
		i := n % len(counties)
		if order[i] == nil {
			order[i] = townOrder(o.Seed, i)
		}
		school := schoolOf(counties[i], n/len(counties), order[i])
		units = append(units, school, site(school, school.Name+"阳光服务点"))
	}
	return units
}

// site is the service site of a unit; its code is that of the host with an F behind.
func site(host Unit, name string) Unit {
	return Unit{Code: host.Code + "F", Name: name, Kind: unit.ServiceSite, Parent: host.Code, Sort: 1000}
}

// area is the name of a bureau's place.
func area(bureau Unit) string { return strings.TrimSuffix(bureau.Name, "教育局") }

// townOrder shuffles the town names for one county.
func townOrder(seed uint64, county int) []int {
	return rand.New(rand.NewPCG(seed, uint64(county))).Perm(len([]rune(townHeads)) * len([]rune(townTails)))
}

// schoolOf is the n-th school of a county, counted from 0.
func schoolOf(county Unit, n int, towns []int) Unit {
	u := Unit{Code: fmt.Sprintf("%sS%03d", county.Code, n+1), Kind: unit.School, Parent: county.Code, Sort: n + 1}
	place := area(county)
	if n < len(firstSchools) {
		u.Name = place + firstSchools[n]
		return u
	}
	n -= len(firstSchools)
	kinds := townSchools
	if strings.HasSuffix(place, "区") {
		kinds = ringSchools
	}
	heads, tails := []rune(townHeads), []rune(townTails)
	town := towns[n/len(kinds)]
	u.Name = place + string(heads[town/len(tails)]) + string(tails[town%len(tails)]) + kinds[n%len(kinds)]
	return u
}
