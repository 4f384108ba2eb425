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
	NoticeVoided  NoticeStatus = "voided"  // 已作废: the number stays used
)

// Values lists the states; ent reads it.
func (NoticeStatus) Values() []string {
	return []string{string(NoticeDraft), string(NoticeServed), string(NoticeSigned), string(NoticeReplied), string(NoticeClosed), string(NoticeVoided)}
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

// InspectionKind is one of the five forms of Order 733 art. 14.
type InspectionKind string

const (
	Comprehensive InspectionKind = "comprehensive" // 综合督查
	Special       InspectionKind = "special"       // 专项督查
	Incident      InspectionKind = "incident"      // 事件调查
	Routine       InspectionKind = "routine"       // 日常督办
	LeadCheck     InspectionKind = "lead_check"    // 线索核查
)

// Values lists the forms; ent reads it.
func (InspectionKind) Values() []string {
	return []string{string(Comprehensive), string(Special), string(Incident), string(Routine), string(LeadCheck)}
}

// InspectionStatus is the state of an inspection.
type InspectionStatus string

const (
	InspectionPlanned  InspectionStatus = "planned"  // 已立项
	InspectionOpen     InspectionStatus = "open"     // 进行中
	InspectionFinished InspectionStatus = "finished" // 已结束: the conclusion is made (Order 733 art. 16)
)

// Values lists the states; ent reads it.
func (InspectionStatus) Values() []string {
	return []string{string(InspectionPlanned), string(InspectionOpen), string(InspectionFinished)}
}
