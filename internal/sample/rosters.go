package sample

import "github.com/duban-gov/duban/internal/unit"

// rosters lists the collectives that the department's documents address.
func rosters() []Roster {
	provincial := make([]string, len(provincialUniversities))
	for i := range provincial {
		provincial[i] = universityCode(i + 1)
	}
	return []Roster{
		{Code: "R01", Name: "机关各处室", Kind: unit.Division, Aliases: []string{"各处室", "厅机关各处室", "厅机关处室", "机关处室"}},
		{Code: "R02", Name: "各直属单位", Kind: unit.Affiliated, Aliases: []string{"直属单位", "厅直属单位", "厅直属各单位", "直属各单位"}},
		{Code: "R03", Name: "各高校", Kind: unit.University, Aliases: []string{"高校", "各高等学校", "各普通高等学校", "全省高校"}},
		{Code: "R04", Name: "省属高校", Members: provincial, Aliases: []string{"各省属高校", "省属各高校", "省级部门预算高校"}},
		{Code: "R05", Name: "各市州教育局", Kind: unit.CityBureau, Aliases: []string{"市州教育局", "各市（州）教育局", "各市州教育行政部门"}},
		{Code: "R06", Name: "各县市区教育局", Kind: unit.CountyBureau, Aliases: []string{"县市区教育局", "各县（市、区）教育局", "各县区教育局"}},
		{Code: "R07", Name: "各中小学校", Kind: unit.School, Aliases: []string{"中小学校", "各学校"}},
		{Code: "R08", Name: "各阳光服务站点", Kind: unit.ServiceSite, Aliases: []string{"各服务站点", "阳光服务中心（站、点）"}},
	}
}
