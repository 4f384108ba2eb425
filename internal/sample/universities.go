package sample

import (
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/unit"
)

// Universities (普通高等学校) in four tables. In an entry, "/" separates the name from its aliases; "*" stands for the
// province's name and "+" for 职业技术学院.

// provincialUniversities are budgeted by the province (省属高校): 36 with degree courses, 33 vocational.
var provincialUniversities = strings.Fields(`
*大学/岚大 *师范大学/岚师大 *理工大学/岚理工 *农业大学/岚农大 *医科大学/岚医大 *中医药大学/岚中医大 *工业大学/岚工大 *财经大学/岚财大
*科技大学/岚科大 *林业科技大学/岚林大 *交通大学/岚交大 *民族大学/岚民大 *工商大学/岚工商 *建筑大学/岚建大 *外国语学院/岚外院
*艺术学院/岚艺 *音乐学院/岚音 *体育学院/岚体院 *警察学院/岚警院 *第一师范学院/岚一师 *工程学院/岚工程 *电力学院/岚电院
*政法学院/岚政法 *女子学院/岚女院 岚阳学院 澄浦学院 锦沅学院 云渡学院 桐岭学院 鹤泉师范学院 丹浔学院 栖梧学院 望潭学院 霁川学院
沧原师范学院 云嶂学院
*交通+ *铁道+ *水利水电+ *机电+ *工业+ *化工+ *建设+ *农林+ *生物机电+ *商务+ *财经工业+ *旅游+ *外贸+ *邮电+ *电子科技+ *软件+
*司法警官职业学院 *体育职业学院 *艺术职业学院 *中医药高等专科学校 *护理职业学院 *药品职业学院 *环境+ *国土资源+ *安全技术+ *航空+ *汽车工程+
*轻工+ *纺织服装+ *现代物流+ *广播影视+ *大众传媒+ *幼儿师范高等专科学校`)

// cityUniversities are run by the cities: 18 vocational.
var cityUniversities = strings.Fields(`
岚阳+ 澄浦+ 锦沅+ 云渡+ 桐岭+ 鹤泉+ 丹浔+ 栖梧+ 望潭+ 临澈+ 霁川+ 沧原+ 蓝渚+ 云嶂民族+ 桐岭医学高等专科学校 望潭护理职业学院
鹤泉幼儿师范高等专科学校 蓝渚师范高等专科学校`)

// privateUniversities (民办高校): 5 with degree courses, 22 vocational.
var privateUniversities = strings.Fields(`
*信息学院 *涉外经济学院 *应用技术学院 岚阳城市学院 岚阳交通工程学院
*信息+ *科技+ *都市+ *电子商务+ *外语外事+ *锦程+ *同心+ *青年+ *明德+ *南湖+ *新能源+ *创新+ *康养+ *数字传媒+ *高铁+
岚阳动漫+ 岚阳航空旅游+ 岚阳软件+ 澄浦工贸+ 锦沅陶瓷艺术+ 丹浔科技+ 沧原农业科技+`)

// independentColleges (独立学院) of ten universities.
var independentColleges = strings.Fields(`
*大学明理学院 *师范大学树蕙学院 *理工大学知行学院 *农业大学南岭学院 *医科大学仁济学院 *工业大学启新学院 *财经大学经纬学院 *科技大学致远学院
*林业科技大学青杉学院 *工商大学博雅学院`)

var universityShorthand = strings.NewReplacer("*", "岚江", "+", "职业技术学院")

// universities lists all of them, the provincial ones first.
func universities() []Unit {
	var units []Unit
	for _, table := range [][]string{provincialUniversities, cityUniversities, privateUniversities, independentColleges} {
		for _, entry := range table {
			names := strings.Split(universityShorthand.Replace(entry), "/")
			n := len(units) + 1
			units = append(units, Unit{
				Code: universityCode(n), Name: names[0], Kind: unit.University, Parent: Root, Aliases: names[1:], Sort: n,
			})
		}
	}
	return units
}

// universityCode is the code of the n-th university, counted from 1.
func universityCode(n int) string { return fmt.Sprintf("U%03d", n) }
