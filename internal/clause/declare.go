package clause

// Declarations are what a document says once for the clauses that follow.
type Declarations struct {
	// FirstListedIsLead: 列第一位者为牵头单位，下同.
	FirstListedIsLead bool `json:"first_listed_is_lead,omitempty"`
	// Collective are the bodies of 以下均需…落实，不再列出; they owe every later clause.
	Collective []string `json:"inherited_collective,omitempty"`
}

var (
	firstListed = compile(`[^，。；（）]{0,8}(?:第一位|首位|第一个|第一名|排名第一|最前面?|排序第一|第一)[^，。；（）]{0,12}(?:为|是|作为|系)[^，。；（）]{0,4}(?:牵头|主办|主责|第一责任)[^，。；（）]{0,6}`)
	inherited   = compile(`(?:以下|下列|上述|以上|后续)?[^，。；（）]{0,6}?(?:均需|均须|均由|均应由|都需|都须|都由|须由|均请|需由)(.{2,60}?)(?:负责|落实|实施|配合|参与|承担|抓好|组织|推进)[^。；，（）]{0,10}，(?:以下|下文|后文|后面|下同)?(?:均)?不再.{0,6}?(?:列出|列示|列明|列入|标注|注明|重复|罗列|赘述|列)`)
	sameBelow   = rx(`[，；。]?(?:以?下|后文)(?:皆|均)?(?:相)?同`)
)

// declared finds the declarations in the view, the bodies they name and the byte ranges that they take.
func declared(v *view) (Declarations, []mention, [][2]int) {
	var d Declarations
	var names []mention
	var at [][2]int
	if loc := firstListed.find(v.s); loc != nil {
		d.FirstListedIsLead = true
		at = append(at, [2]int{loc[0], loc[1]})
	}
	for _, m := range inherited.findAll(v.s) {
		for _, n := range splitNames(v, m[2], m[3]) {
			if n.text != "" {
				d.Collective = append(d.Collective, v.quote(n.i, n.j))
				names = append(names, n)
			}
		}
		at = append(at, [2]int{m[0], m[1]})
	}
	if len(at) > 0 {
		for _, loc := range sameBelow.FindAllStringIndex(v.s, -1) {
			at = append(at, [2]int{loc[0], loc[1]})
		}
	}
	return d, names, at
}

// without blanks byte ranges of the view's text with line breaks, so that what stands next to them ends there.
func without(s string, ranges [][2]int) string {
	if len(ranges) == 0 {
		return s
	}
	b := []byte(s)
	for _, r := range ranges {
		for k := r[0]; k < r[1]; k++ {
			b[k] = '\n'
		}
	}
	return string(b)
}
