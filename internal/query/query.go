// Package query is the text language in which people ask the ledger (台账查询): terms of a key and a value in Chinese or English
// (`灯:逾期 牵头:高教处 临期<7`), all of which have to hold, and other words that stand in the title. It reads text and nothing
// else: what a name means is looked up by who runs the query. docs/ledger.md explains it with examples.
package query

import "github.com/duban-gov/duban/internal/workday"

// Key is what a term asks about.
type Key string

// The keys of the ledger.
const (
	Light      Key = "light"      // 灯
	Status     Key = "status"     // 状态
	Is         Key = "is"         // 是: see Flag
	Unit       Key = "unit"       // 单位: holds the duty, whatever its part
	Lead       Key = "lead"       // 牵头: holds it with the part lead
	Support    Key = "support"    // 配合: holds it with the part support
	Under      Key = "under"      // 下属: the unit or one below it
	Leader     Key = "leader"     // 领导: supervising leader
	Plan       Key = "plan"       // 计划
	Year       Key = "year"       // 年度 of the plan
	Task       Key = "task"       // 任务
	Due        Key = "due"        // 时限: due date in force
	Original   Key = "original"   // 原时限: due date at the issue
	Reported   Key = "reported"   // 最新进展: day of the last confirmed report
	Soon       Key = "soon"       // 临期: days until the due date, not counting what is late
	Left       Key = "left"       // 余: days until the due date, negative when late
	Late       Key = "late"       // 逾期: days after the due date
	Silent     Key = "silent"     // 未报: days since the last confirmed report, or since the dispatch
	Progress   Key = "progress"   // 进度 in per cent
	Urges      Key = "urges"      // 催办 so far
	Extensions Key = "extensions" // 延期 granted so far
)

// Flag is a value of the key Is: a question without a number.
type Flag string

// The flags.
const (
	Open     Flag = "open"     // 在办
	Ended    Flag = "ended"    // 已结: closed or cancelled
	All      Flag = "all"      // 全部: open and ended
	Mine     Flag = "mine"     // 我的: the caller's own units
	Sent     Flag = "sent"     // 我交办的: from a plan that the caller drew up or issued
	Led      Flag = "led"      // 我分管的: the caller is the supervising leader
	Followed Flag = "followed" // 我关注的
	Overdue  Flag = "overdue"  // 逾期: open after its due date
	AtRisk   Flag = "at_risk"  // 有风险: open, and the light is yellow or red
	Extended Flag = "extended" // 延过期
	Urged    Flag = "urged"    // 催办过
)

// Term is one condition. Which fields are set follows from the key: names and words in Texts (one of them has to fit), numbers in
// Min and Max, dates in From and To.
type Term struct {
	Key      Key
	Not      bool
	Texts    []string     // lights, states, flags as their codes; names as they were written
	Min, Max *int         // of numbers and days, inclusive; nil is open
	Workdays bool         // whether days are working days
	From, To workday.Date // inclusive; zero is open
	None     bool         // asks for what has no date
	At       int          // where the term begins: the first character is 1
}

// Query is a text that was read: every term and every word has to hold.
type Query struct {
	Terms []Term
	Words []Word
}

// Word is text that is looked for in the title of the task and the name of the unit.
type Word struct {
	Text string
	Not  bool
	At   int
}

// Has reports whether a flag is asked for, not excluded.
func (q Query) Has(flag Flag) bool {
	for _, t := range q.Terms {
		if t.Key == Is && !t.Not {
			for _, text := range t.Texts {
				if text == string(flag) {
					return true
				}
			}
		}
	}
	return false
}

// Without is the query without the terms of some keys.
func (q Query) Without(keys ...Key) Query {
	rest := Query{Words: q.Words}
	for _, t := range q.Terms {
		if !contains(keys, t.Key) {
			rest.Terms = append(rest.Terms, t)
		}
	}
	return rest
}

func contains(keys []Key, key Key) bool {
	for _, k := range keys {
		if k == key {
			return true
		}
	}
	return false
}
