package rectify

// FindingStatus is the state of a fault found at an inspection.
type FindingStatus string

const (
	FindingOpen      FindingStatus = "open"      // 待处理
	FindingOrdered   FindingStatus = "ordered"   // 整改中: stands in a served notice
	FindingClosed    FindingStatus = "closed"    // 已销号
	FindingDismissed FindingStatus = "dismissed" // 不予整改
)

// Values lists the states; ent reads it.
func (FindingStatus) Values() []string {
	return []string{string(FindingOpen), string(FindingOrdered), string(FindingClosed), string(FindingDismissed)}
}

// Severity grades a finding.
type Severity string

const (
	Minor   Severity = "minor"   // 一般
	Major   Severity = "major"   // 较重
	Serious Severity = "serious" // 严重
)

// Values lists the grades from light to grave; ent reads it.
func (Severity) Values() []string { return []string{string(Minor), string(Major), string(Serious)} }

// NoticeStatus is the state of a rectification notice.
type NoticeStatus string

const (
	NoticeDraft   NoticeStatus = "draft"   // 草拟
	NoticeServed  NoticeStatus = "served"  // 已送达: has its number, the clock runs
	NoticeSigned  NoticeStatus = "signed"  // 已签收
	NoticeReplied NoticeStatus = "replied" // 已回复: waits for verification
	NoticeClosed  NoticeStatus = "closed"  // 已销号
	NoticeFailed  NoticeStatus = "failed"  // 整改不力: a second notice took its findings over
	NoticeVoided  NoticeStatus = "voided"  // 已作废: the number stays used
)

// Values lists the states; ent reads it.
func (NoticeStatus) Values() []string {
	return []string{string(NoticeDraft), string(NoticeServed), string(NoticeSigned), string(NoticeReplied), string(NoticeClosed), string(NoticeFailed),
		string(NoticeVoided)}
}

// ReplyStatus is the state of a unit's reply to a notice.
type ReplyStatus string

const (
	ReplySubmitted ReplyStatus = "submitted" // 待核查
	ReplyAccepted  ReplyStatus = "accepted"  // 核查通过
	ReplySentBack  ReplyStatus = "sent_back" // 退回补办
)

// Values lists the states; ent reads it.
func (ReplyStatus) Values() []string {
	return []string{string(ReplySubmitted), string(ReplyAccepted), string(ReplySentBack)}
}

// ReplyStage is which of its two answers a unit gives to a notice.
type ReplyStage string

const (
	StagePlan   ReplyStage = "plan"   // 整改方案: what will be done, by whom, until when
	StageReport ReplyStage = "report" // 整改报告: what was done and what it led to
)

// Values lists the stages in order; ent reads it.
func (ReplyStage) Values() []string { return []string{string(StagePlan), string(StageReport)} }

// ConclusionStatus is the state of the part of an inspection's conclusion (督查结论) that was delivered to one object.
type ConclusionStatus string

const (
	ConclusionDelivered ConclusionStatus = "delivered" // 已送达
	ConclusionReceived  ConclusionStatus = "received"  // 已签收: the period to object runs
	ConclusionRevoked   ConclusionStatus = "revoked"   // 复核撤销
)

// Values lists the states; ent reads it.
func (ConclusionStatus) Values() []string {
	return []string{string(ConclusionDelivered), string(ConclusionReceived), string(ConclusionRevoked)}
}

// ObjectionStatus is the state of an objection (复核申请) to a notice or to a conclusion.
type ObjectionStatus string

const (
	ObjectionFiled     ObjectionStatus = "filed"     // 复核中
	ObjectionUpheld    ObjectionStatus = "upheld"    // 维持: what was objected to stands
	ObjectionChanged   ObjectionStatus = "changed"   // 变更
	ObjectionRevoked   ObjectionStatus = "revoked"   // 撤销: what was objected to is withdrawn
	ObjectionRetracted ObjectionStatus = "retracted" // 申请人撤回
)

// Values lists the states; ent reads it.
func (ObjectionStatus) Values() []string {
	return []string{string(ObjectionFiled), string(ObjectionUpheld), string(ObjectionChanged), string(ObjectionRevoked), string(ObjectionRetracted)}
}

// LookStatus is what a look-back (回头看) says of one thing that had been put right.
type LookStatus string

const (
	LookPending  LookStatus = "pending"   // 待核
	LookHeld     LookStatus = "held"      // 整改巩固
	LookCameBack LookStatus = "came_back" // 问题反弹
)

// Values lists the states; ent reads it.
func (LookStatus) Values() []string {
	return []string{string(LookPending), string(LookHeld), string(LookCameBack)}
}

// LinkStatus is the state of a proposal that a finding repeats an earlier one.
type LinkStatus string

const (
	LinkProposed  LinkStatus = "proposed"  // 疑似重复: found by similarity, nobody has looked yet
	LinkConfirmed LinkStatus = "confirmed" // 确认重复
	LinkRejected  LinkStatus = "rejected"  // 并非重复
)

// Values lists the states; ent reads it.
func (LinkStatus) Values() []string {
	return []string{string(LinkProposed), string(LinkConfirmed), string(LinkRejected)}
}
