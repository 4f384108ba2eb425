package duty

// Status is the state of a duty.
type Status string

const (
	Assigned  Status = "assigned"  // 待签收: issued, the unit has not signed for it
	Returned  Status = "returned"  // 已退回: the unit refused it with a reason; the office decides
	Active    Status = "active"    // 承办中: signed for, work goes on
	Review    Status = "review"    // 办结待核: the unit says it is done; someone else verifies
	Closed    Status = "closed"    // 已销号: verified and struck off
	Cancelled Status = "cancelled" // 已撤销: withdrawn by whoever issued it
)

// Values lists the states in the order of a duty's life; ent reads it.
func (Status) Values() []string {
	return []string{string(Assigned), string(Returned), string(Active), string(Review), string(Closed), string(Cancelled)}
}

// Part is a unit's share in a task.
type Part string

const (
	Lead    Part = "lead"    // 牵头
	Support Part = "support" // 配合
)

// Values lists the parts; ent reads it.
func (Part) Values() []string { return []string{string(Lead), string(Support)} }

// ReportKind tells what a report says.
type ReportKind string

const (
	Progress   ReportKind = "progress"   // 进展报告
	Completion ReportKind = "completion" // 办结申请
)

// Values lists the kinds; ent reads it.
func (ReportKind) Values() []string { return []string{string(Progress), string(Completion)} }

// ReportStatus is the state of a progress report or completion request.
type ReportStatus string

const (
	ReportDraft     ReportStatus = "draft"     // 草稿
	ReportSubmitted ReportStatus = "submitted" // 待单位审核
	ReportReviewed  ReportStatus = "reviewed"  // 待督查室确认
	ReportConfirmed ReportStatus = "confirmed" // 已确认
	ReportSentBack  ReportStatus = "sent_back" // 已退办
)

// Values lists the states; ent reads it.
func (ReportStatus) Values() []string {
	return []string{string(ReportDraft), string(ReportSubmitted), string(ReportReviewed), string(ReportConfirmed), string(ReportSentBack)}
}

// ExtensionStatus is the state of a request for more time.
type ExtensionStatus string

const (
	ExtensionRequested ExtensionStatus = "requested" // 待督查员预审
	ExtensionOpined    ExtensionStatus = "opined"    // 待领导审批
	ExtensionGranted   ExtensionStatus = "granted"   // 已批准
	ExtensionRefused   ExtensionStatus = "refused"   // 未批准
	ExtensionWithdrawn ExtensionStatus = "withdrawn" // 已撤回
)

// Values lists the states; ent reads it.
func (ExtensionStatus) Values() []string {
	return []string{string(ExtensionRequested), string(ExtensionOpined), string(ExtensionGranted), string(ExtensionRefused), string(ExtensionWithdrawn)}
}
