package query

// kind says how the value of a key is read.
type kind uint8

const (
	names  kind = iota // anything
	codes              // one of a list
	number             // a whole number, with a comparison
	days               // a number of days, maybe of working days
	dates              // a date, a stretch of time or none
)

// spec is a key: how it is written, how its value is read, and which values it has.
type spec struct {
	key    Key
	kind   kind
	names  []string // as people write it; the first is shown
	values []value
}

// value is one of the values of a key, with the words for it. The first Chinese and the first English word are suggested.
type value struct {
	code  string
	words []string
}

// specs are the keys in the order in which they are suggested.
var specs = []spec{
	{Light, codes, []string{"灯", "亮灯", "燈", "light"}, []value{
		{"red", []string{"逾期", "红", "红灯", "紅", "紅燈", "red", "overdue"}},
		{"yellow", []string{"临期", "黄", "黄灯", "臨期", "黃", "黃燈", "yellow", "soon"}},
		{"green", []string{"正常", "绿", "绿灯", "綠", "綠燈", "green"}},
		{"grey", []string{"未启动", "灰", "未啟動", "grey", "gray"}},
		{"done", []string{"办结", "完成", "辦結", "done"}},
	}},
	{Status, codes, []string{"状态", "節點", "狀態", "status"}, []value{
		{"assigned", []string{"待签收", "未签收", "待簽收", "assigned"}},
		{"returned", []string{"退回", "已退回", "returned"}},
		{"active", []string{"承办", "承办中", "承辦", "承辦中", "active"}},
		{"review", []string{"待核", "办结待核", "核查", "待核查", "辦結待核", "review"}},
		{"closed", []string{"销号", "已销号", "已办结", "銷號", "已銷號", "closed"}},
		{"cancelled", []string{"撤销", "已撤销", "撤銷", "已撤銷", "cancelled"}},
	}},
	{Is, codes, []string{"是", "is"}, []value{
		{string(Open), []string{"在办", "在辦", "open"}},
		{string(Ended), []string{"已结", "已結", "ended"}},
		{string(All), []string{"全部", "all"}},
		{string(Mine), []string{"我的", "本单位", "本單位", "mine"}},
		{string(Sent), []string{"我交办的", "我交辦的", "sent"}},
		{string(Led), []string{"我分管的", "led"}},
		{string(Followed), []string{"我关注的", "关注", "我關注的", "關注", "followed"}},
		{string(Overdue), []string{"逾期", "overdue"}},
		{string(AtRisk), []string{"有风险", "风险", "有風險", "at_risk", "risk"}},
		{string(Extended), []string{"延过期", "延期过", "延過期", "extended"}},
		{string(Urged), []string{"催办过", "催辦過", "urged"}},
	}},
	{Lead, names, []string{"牵头", "牽頭", "lead"}, nil},
	{Support, names, []string{"配合", "support"}, nil},
	{Unit, names, []string{"单位", "單位", "unit"}, nil},
	{Under, names, []string{"下属", "下屬", "under"}, nil},
	{Leader, names, []string{"领导", "分管领导", "領導", "leader"}, nil},
	{Plan, names, []string{"计划", "計畫", "計劃", "plan"}, nil},
	{Year, number, []string{"年度", "year"}, nil},
	{Task, names, []string{"任务", "任務", "事项", "事項", "task"}, nil},
	{Soon, days, []string{"临期", "臨期", "soon"}, nil},
	{Left, days, []string{"余", "剩余", "餘", "left"}, nil},
	{Late, days, []string{"逾期", "late"}, nil},
	{Silent, days, []string{"未报", "未報", "silent"}, nil},
	{Due, dates, []string{"时限", "到期", "時限", "due"}, nil},
	{Original, dates, []string{"原时限", "原時限", "original"}, nil},
	{Reported, dates, []string{"最新进展", "报送", "最新進展", "報送", "reported"}, nil},
	{Progress, number, []string{"进度", "進度", "progress"}, nil},
	{Urges, number, []string{"催办", "催辦", "urges"}, nil},
	{Extensions, number, []string{"延期", "extensions"}, nil},
}

// byName finds a key as people write it.
var byName = func() map[string]*spec {
	all := make(map[string]*spec)
	for i := range specs {
		for _, name := range specs[i].names {
			all[name] = &specs[i]
		}
	}
	return all
}()

// code is the code of a value of the key.
func (s *spec) code(word string) (string, bool) {
	for _, v := range s.values {
		for _, w := range v.words {
			if w == word {
				return v.code, true
			}
		}
	}
	return "", false
}

// Suggestion is a key with its values, as an input field offers them.
type Suggestion struct {
	Key    Key
	Names  []string   // as people write it
	Values [][]string // the words of each value
	Codes  []string   // the codes of the values, in the same order
	Signs  string     // the signs that may stand between key and value
}

// Suggestions lists the keys of the language in the order in which they are offered.
func Suggestions() []Suggestion {
	all := make([]Suggestion, len(specs))
	for i, s := range specs {
		all[i] = Suggestion{Key: s.key, Names: s.names, Signs: ":"}
		if s.kind == number || s.kind == days || s.kind == dates {
			all[i].Signs = ":<>"
		}
		for _, v := range s.values {
			all[i].Values = append(all[i].Values, v.words)
			all[i].Codes = append(all[i].Codes, v.code)
		}
	}
	return all
}
