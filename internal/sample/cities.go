package sample

import (
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/unit"
)

// cities lists each prefecture, in the order in which documents name them, with its counties and districts.
var cities = []struct{ name, counties string }{
	{"岚阳市", "青禾区 麓湖区 汀洲区 雁塘区 枫浦区 星渚区 云坪区 岚西县 桥亭县 松浦市"},
	{"澄浦市", "澄东区 浦岸区 莲汀区 榆塘县 鹭洲县 桑坪县 澄源县 荷湾县 泊溪市"},
	{"锦沅市", "锦滨区 沅岸区 织云区 芷塘县 梨洲县 橘坪县 沅口县 桂汀县 锦岭县"},
	{"云渡市", "云津区 帆洲区 渡西区 樟浦县 鹭汀县 杉坪县 云麓县 舟亭县 苇塘市"},
	{"桐岭市", "桐阳区 桐东区 桐西区 桐花县 杉岭县 炉坪县 竹源县 岭口县 石庐市"},
	{"鹤泉市", "鹤鸣区 泉湖区 泉西区 鹤汀县 鹤岭县 月塘县 槐坪县 泉坪县 柳亭市"},
	{"丹浔市", "丹枫区 浔岸区 丹湖区 浔源县 朱汀县 霞坪县 红杉县 浔口县 赤亭市"},
	{"栖梧市", "凤栖区 梧桐区 栖湖区 梧源县 凰岭县 碧梧县 栖坪县 琴亭县"},
	{"望潭市", "望湖区 潭东区 潭西区 墨潭县 碧潭县 潭坪县 望汀县 渔洲县 潭口市"},
	{"临澈市", "澈河区 临湖区 澈东区 澈源县 玉坪县 银塘县 明澈县 澈口县 澈湖市"},
	{"霁川市", "霁虹区 川南区 川北区 霁源县 虹坪县 晴坪县 雨亭县 川口县 晓川市"},
	{"沧原市", "沧湖区 原东区 原西区 沧亭县 麦原县 稻坪县 禾塘县 棉洲县 原口市"},
	{"蓝渚市", "蓝湖区 渚东区 渚西区 蓝汀县 蓼洲县 芦塘县 渚口县 菱塘县 藕塘县"},
	{"云嶂自治州", "嶂阳市 云寨县 嶂溪县 茗坪县 茶坪县 雾岭县 石寨县 嶂口县"},
}

// cityBureaus is every city bureau followed by its county bureaus. The code of a county begins with that of its city.
func cityBureaus() []Unit {
	var units []Unit
	for i, city := range cities {
		code := fmt.Sprintf("C%02d", i+1)
		units = append(units, Unit{
			Code: code, Name: city.name + "教育局", Kind: unit.CityBureau, Parent: Root, Sort: i + 1,
			Aliases: []string{stem(city.name) + "教育局", city.name + "教育和体育局"},
		})
		for j, county := range strings.Fields(city.counties) {
			units = append(units, Unit{
				Code: fmt.Sprintf("%s%02d", code, j+1), Name: county + "教育局", Kind: unit.CountyBureau, Parent: code, Sort: j + 1,
				Aliases: []string{city.name + county + "教育局"},
			})
		}
	}
	return units
}

// stem is a city's name as people say it: 岚阳 for 岚阳市, 云嶂州 for 云嶂自治州.
func stem(city string) string {
	if base, ok := strings.CutSuffix(city, "自治州"); ok {
		return base + "州"
	}
	return strings.TrimSuffix(city, "市")
}
