package closeout

// Status is the state of a run of steps.
type Status string

const (
	Running  Status = "running"   // 审签中
	Finished Status = "finished"  // 已销号
	SentBack Status = "sent_back" // 已退办
	Dropped  Status = "dropped"   // 随事项撤销
)

// Values lists the states; ent reads it.
func (Status) Values() []string {
	return []string{string(Running), string(Finished), string(SentBack), string(Dropped)}
}

// Verdict is what somebody decided at a step.
type Verdict string

const (
	Passed  Verdict = "passed"    // 同意，送下一步
	Closed  Verdict = "closed"    // 同意销号
	Refused Verdict = "sent_back" // 退办
)

// Values lists the verdicts; ent reads it.
func (Verdict) Values() []string { return []string{string(Passed), string(Closed), string(Refused)} }
