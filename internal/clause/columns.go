package clause

import (
	"strings"
)

// column is what a table's column holds.
type column int

const (
	colUnknown column = iota
	colNumber
	colGroup   // 重点领域, 一级任务: what groups the rows
	colTitle   // 工作任务
	colContent // 具体要求, 主要内容
	colTarget  // 目标值
	colLead
	colSupport
	colMain // 责任单位
	colGuide
	colTime
	colScope
	colLeader
	colNote
)

var columnWords = []struct {
	re  *lazy
	col column
}{
	{rx(`^(?:序号|编号|序|号|项次|No\.?|NO\.?|#)$`), colNumber},
	{rx(`推广范围|适用范围|实施范围|覆盖范围|试点范围|范围$`), colScope},
	{rx(`时限|时间|期限|进度|日期|节点|完成时点`), colTime},
	{rx(`领导|责任人|联系人|负责人|责任领导|包保`), colLeader},
	{rx(`配合|协同|协办|协助|参与|参加|支持`), colSupport},
	{rx(`^(?:牵头|主办|主要责任|主责|第一责任)|牵头`), colLead},
	{rx(`指导(?:部门|单位|处室)|督导单位|督办单位`), colGuide},
	{rx(`(?:责任|负责|承办|落实|实施|主管|承担|完成|执行|责任主体|分工).*(?:单位|部门|处室|科室|主体|机构|股室|地区|方|分工)|^责任分工$|^任务分工$|^分工$|^(?:单位|部门|处室|科室)$`), colMain},
	{rx(`备注|说明|联系|电话|来源|依据|进展|佐证`), colNote},
	{rx(`目标值|指标值|目标$|指标$|年度目标|预期目标|任务目标|工作目标|成果`), colTarget},
	{rx(`领域|类别|分类|板块|一级|大项|方面|专项|工程$|项目类|维度`), colGroup},
	{rx(`内容|要求|措施|举措描述|描述|二级|三级|具体|细化|工作要点`), colContent},
	{rx(`任务|事项|举措|项目|工作|重点|名称|要点|问题`), colTitle},
}

// columnOf reads a header cell.
func columnOf(head string) column {
	v := newView([]rune(head), Span{0, len([]rune(head))})
	text, _, _ := strings.Cut(v.s, "（") // 责任单位（排第一位的为牵头单位）
	if text == "" || len(text) > 60 {
		return colUnknown
	}
	for _, w := range columnWords {
		if w.re.MatchString(text) {
			return w.col
		}
	}
	return colUnknown
}

// columnsOf reads a header row. 单位 alone beside another column of bodies is the unit of a figure.
func columnsOf(heads []string) []column {
	cols := make([]column, len(heads))
	roles := 0
	for k, h := range heads {
		cols[k] = columnOf(h)
		if _, isRole := cols[k].role(); isRole && strings.TrimSpace(h) != "单位" {
			roles++
		}
	}
	for k, h := range heads {
		if strings.TrimSpace(h) == "单位" && roles > 0 {
			cols[k] = colNote
		}
	}
	return cols
}

// isHeader reports whether a row's cells are the header of a plan's table: words for who or when, and for what.
func isHeader(heads []string) bool {
	known, duty := 0, 0
	for _, h := range heads {
		switch c := columnOf(h); c {
		case colUnknown:
		case colLead, colSupport, colMain, colGuide, colTime, colScope, colLeader:
			duty++
			known++
		default:
			known++
		}
		if strings.ContainsAny(h, "。；") {
			return false
		}
	}
	return known >= 2 && duty >= 1
}

// groups reports whether the cells of a column, merged over rows, may hold a heading for those rows.
func (c column) groups() bool { return c == colGroup || c == colTitle || c == colUnknown }

// role is the role that a column gives the bodies in it.
func (c column) role() (role, bool) {
	switch c {
	case colLead:
		return roleLead, true
	case colSupport:
		return roleSupport, true
	case colMain:
		return roleMain, true
	case colGuide:
		return roleGuide, true
	}
	return roleMain, false
}

// cellIn is a cell of a row: where it stands and what its column holds.
type cellIn struct {
	span Span
	col  column
}

// readRow reads a table row. Cells of unknown columns are only text.
func readRow(src []rune, cells []cellIn, docYear int, context Declarations) (reading, *view) {
	r := reading{full: map[string]string{}}
	spans := make([]Span, len(cells))
	for k, c := range cells {
		spans[k] = c.span
	}
	v := newView(src, spans...)
	var d duty
	var all, inRole []found
	var content [][2]int
	hasTime, hasLead := false, false
	bounds := cellBounds(v, len(cells))
	for k, c := range cells {
		i, j := bounds[k][0], bounds[k][1]
		if rl, ok := c.col.role(); ok {
			hasLead = hasLead || rl == roleLead
			d.readExpression(v, i, j, rl, true)
			for _, t := range d.times {
				inRole = append(inRole, findDeadlines(v, t[0], t[1], docYear, false)...)
			}
			d.times = nil
			continue
		}
		switch c.col {
		case colTime:
			all, hasTime = append(all, findDeadlines(v, i, j, docYear, true)...), true
		case colScope:
			for _, n := range splitNames(v, i, j) {
				if n.text != "" {
					r.scope = append(r.scope, v.quote(n.i, n.j))
				}
			}
		case colTitle, colContent, colTarget, colUnknown, colGroup:
			content = append(content, [2]int{i, j})
		}
	}
	if len(all) == 0 {
		all, hasTime = inRole, hasTime || len(inRole) > 0
	}
	if hasLead {
		for k := range d.parties {
			if d.parties[k].role == roleMain || d.parties[k].role == roleByDuty {
				d.parties[k].role = roleSupport
			}
		}
	}
	r.who = d.resolve(context.FirstListedIsLead)
	if r.who.mode != ModeNone {
		r.who.mode = Table
	}
	r.open = d.open
	r.nameFull(v, d.parties)
	r.readCells(v, content, all, hasTime, docYear)
	return r, v
}

// readCells reads deadlines and targets of the content cells; a time column, where there is one with a limit in it, decides.
func (r *reading) readCells(v *view, content [][2]int, times []found, hasTime bool, docYear int) {
	var skip [][2]int
	for _, c := range content {
		inText := findDeadlines(v, c[0], c[1], docYear, false)
		for _, f := range inText {
			skip = append(skip, [2]int{f.i, f.j})
		}
		if !hasTime || len(times) == 0 {
			times = append(times, inText...)
		}
	}
	r.deadline, r.milestones = choose(times)
	for _, c := range content {
		r.targets = append(r.targets, findTargets(v, c[0], c[1], skip)...)
	}
}

// cellBounds are the byte ranges of the spans that a view was made of.
func cellBounds(v *view, n int) [][2]int {
	out := make([][2]int, 0, n)
	start := 0
	for k := 0; k < n; k++ {
		end := strings.IndexByte(v.s[start:], '\n')
		if end < 0 {
			end = len(v.s) - start
		}
		out = append(out, [2]int{start, start + end})
		start = min(start+end+1, len(v.s))
	}
	return out
}
