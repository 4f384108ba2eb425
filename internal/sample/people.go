package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
)

// leaders are the director (厅长) and his four deputies; together they supervise every division and affiliated unit once.
var leaders = []struct{ login, name, title, supervises string }{
	{"luzhengchuan", "陆正川", "厅长", "D04 D06"},
	{"yujingan", "俞敬安", "副厅长", "D01 D02 D22 D23 Z06 Z07 Z08"},
	{"yesuzhen", "叶素珍", "副厅长", "D07 D11 D13 D14 D15 D16 D21 Z03 Z10"},
	{"qinliyan", "秦立言", "副厅长", "D09 D10 D12 D17 D18 D19 Z01 Z05"},
	{"hechengyuan", "贺承远", "副厅长", "D03 D05 D08 D20 Z02 Z04 Z09"},
}

// staff are the people of the office, the inspectors and the three administrators.
var staff = []Person{
	{Login: "suwenqing", Name: "苏文清", Title: "办公室副主任、督查室主任", Role: post.Office, Unit: "D01"},
	{Login: "jiangyutong", Name: "江予彤", Title: "督查室主任科员", Role: post.Office, Unit: "D01"},
	{Login: "renkaiming", Name: "任开明", Title: "督查室副主任科员", Role: post.Office, Unit: "D01"},
	{Login: "duguoliang", Name: "杜国樑", Title: "省督学", Role: post.Inspector, Unit: "D21"},
	{Login: "fanhuizhen", Name: "范惠贞", Title: "省督学", Role: post.Inspector, Unit: "D21"},
	{Login: "shaoyifan", Name: "邵一帆", Title: "督导二科科长", Role: post.Inspector, Unit: "D21"},
	{Login: "tanjiaqi", Name: "谭家淇", Title: "系统管理员", Role: post.SystemAdmin, Unit: "D20"},
	{Login: "weizhonghua", Name: "韦仲华", Title: "安全保密管理员", Role: post.SecurityAdmin, Unit: "D01"},
	{Login: "lushumin", Name: "鲁淑敏", Title: "安全审计员", Role: post.AuditAdmin, Unit: "D06"},
}

// titles are those of the head and the clerk who handle the department's matters in a unit of each kind; an empty one goes
// by the unit's name. Kinds that are not listed have no people of their own in the sample.
var titles = map[unit.Kind][2]string{
	unit.Division:   {"", "主任科员"},
	unit.Affiliated: {"", "综合科科长"},
	unit.University: {"党政办公室主任", "党政办公室秘书"},
	unit.CityBureau: {"局办公室主任", "局办公室科员"},
}

// headTitles is what the head of a unit is called, by the end of the unit's name.
var headTitles = []struct{ suffix, title string }{
	{"处", "处长"}, {"办公室", "主任"}, {"中心", "主任"}, {"院", "院长"}, {"馆", "馆长"}, {"社", "社长"}, {"党委", "专职副书记"},
}

// headTitle is "" for a name that no entry fits.
func headTitle(name string) string {
	for _, h := range headTitles {
		if strings.HasSuffix(name, h.suffix) {
			return h.title
		}
	}
	return ""
}

// people lists everybody with an account: leaders, staff, then a head and a clerk for every unit that has them.
func people(units []Unit, seed uint64) []Person {
	list := make([]Person, 0, 400)
	for _, l := range leaders {
		list = append(list, Person{
			Login: l.login, Name: l.name, Title: l.title, Role: post.Leader, Unit: Root, Supervises: strings.Fields(l.supervises),
		})
	}
	list = append(list, staff...)
	draw := newNames(seed, list)
	for _, u := range units {
		title, ok := titles[u.Kind]
		if !ok {
			continue
		}
		if title[0] == "" {
			title[0] = headTitle(u.Name)
		}
		list = append(list, draw.pair(u.Code, title)...)
	}
	for _, code := range staffedCounties {
		list = append(list, draw.pair(code, [2]string{"局办公室主任", "局办公室科员"})...)
	}
	return list
}

// staffedCounties are the two county bureaus that take a share of their city's duty; the others work on paper.
var staffedCounties = []string{"C0101", "C0102"}

// pair is the head and the clerk of a unit.
func (d *nameDraw) pair(code string, title [2]string) []Person {
	var two []Person
	for i, role := range []post.Role{post.UnitHead, post.UnitClerk} {
		name, login := d.next()
		two = append(two, Person{Login: login, Name: name, Title: title[i], Role: role, Unit: code})
	}
	return two
}

// nameDraw draws invented names, each once.
type nameDraw struct {
	rand     *rand.Rand
	surnames [][2]string
	givens   [][2]string
	names    map[string]bool
	logins   map[string]bool
}

func newNames(seed uint64, taken []Person) *nameDraw {
	d := &nameDraw{
		rand: rand.New(rand.NewPCG(seed, 2017)), surnames: spelled(surnames), givens: spelled(givenNames),
		names: map[string]bool{}, logins: map[string]bool{},
	}
	for _, p := range taken {
		d.names[p.Name], d.logins[p.Login] = true, true
	}
	return d
}

// next is a name that nobody has yet, with a login from its pinyin; a second person of the same sound gets a number.
func (d *nameDraw) next() (name, login string) {
	for {
		s, g := d.surnames[d.rand.IntN(len(d.surnames))], d.givens[d.rand.IntN(len(d.givens))]
		if name = s[0] + g[0]; d.names[name] {
			continue
		}
		d.names[name] = true
		sound := s[1] + g[1]
		login = sound
		for n := 2; d.logins[login]; n++ {
			login = fmt.Sprintf("%s%d", sound, n)
		}
		d.logins[login] = true
		return name, login
	}
}

// spelled splits a table of "字zi" words into characters and pinyin.
func spelled(table string) [][2]string {
	var pairs [][2]string
	for _, word := range strings.Fields(table) {
		i := strings.IndexFunc(word, func(r rune) bool { return r < 0x80 })
		pairs = append(pairs, [2]string{word[:i], word[i:]})
	}
	return pairs
}
