// Package plan holds the words of a plan's life: its states and their table, the kinds of its nodes and how progress is rolled
// up.
package plan

// Status is the state of a plan.
type Status string

const (
	Draft  Status = "draft"  // 编制中
	Issued Status = "issued" // 已下发: the baseline is frozen
	Closed Status = "closed" // 已收官
)

// Values lists the states; ent reads it.
func (Status) Values() []string { return []string{string(Draft), string(Issued), string(Closed)} }

// NodeKind is the level of a node in the plan's tree.
type NodeKind string

const (
	Section  NodeKind = "section"   // 部分
	KeyPoint NodeKind = "key_point" // 要点
	Task     NodeKind = "task"      // 任务
	Subtask  NodeKind = "subtask"   // 子任务
)

// Values lists the kinds; ent reads it.
func (NodeKind) Values() []string {
	return []string{string(Section), string(KeyPoint), string(Task), string(Subtask)}
}

// RollUp is the rule by which a node's progress comes from its duties and children.
type RollUp string

const (
	All      RollUp = "all"      // complete when every part is complete; progress is the mean
	Any      RollUp = "any"      // complete when one part is complete; progress is the best
	Weighted RollUp = "weighted" // progress is the mean by weight
	KOfN     RollUp = "k_of_n"   // complete when k parts are complete
)

// Values lists the rules; ent reads it.
func (RollUp) Values() []string {
	return []string{string(All), string(Any), string(Weighted), string(KOfN)}
}

// AssignmentPart is how a draft names a responsible body.
type AssignmentPart string

const (
	Lead       AssignmentPart = "lead"       // 牵头
	Support    AssignmentPart = "support"    // 配合
	Collective AssignmentPart = "collective" // 集合主体 (各高校、各市州教育局): expands by roster at issue
)

// Values lists the parts; ent reads it.
func (AssignmentPart) Values() []string {
	return []string{string(Lead), string(Support), string(Collective)}
}

// DeadlineKind is what sort of deadline a clause states.
type DeadlineKind string

const (
	NoDeadline DeadlineKind = "none"
	OnDate     DeadlineKind = "date"      // 2017年12月底前
	Period     DeadlineKind = "period"    // 2017年3月至10月
	Relative   DeadlineKind = "relative"  // 自签收之日起10个工作日内
	Recurring  DeadlineKind = "recurring" // 每季度
	Ongoing    DeadlineKind = "ongoing"   // 长期坚持
)

// Values lists the kinds; ent reads it.
func (DeadlineKind) Values() []string {
	return []string{string(NoDeadline), string(OnDate), string(Period), string(Relative), string(Recurring), string(Ongoing)}
}
