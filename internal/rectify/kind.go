package rectify

// InspectionKind is one of the five forms of Order 733 art. 14, or a look-back at what was put right the year before.
type InspectionKind string

const (
	Comprehensive InspectionKind = "comprehensive" // 综合督查
	Special       InspectionKind = "special"       // 专项督查
	Incident      InspectionKind = "incident"      // 事件调查
	Routine       InspectionKind = "routine"       // 日常督办
	LeadCheck     InspectionKind = "lead_check"    // 线索核查
	LookBack      InspectionKind = "look_back"     // 回头看
)

// Values lists the forms; ent reads it.
func (InspectionKind) Values() []string {
	return []string{string(Comprehensive), string(Special), string(Incident), string(Routine), string(LeadCheck), string(LookBack)}
}

// InspectionStatus is the state of an inspection.
type InspectionStatus string

const (
	InspectionDraft     InspectionStatus = "draft"     // 方案草拟
	InspectionProposed  InspectionStatus = "proposed"  // 提请审批
	InspectionApproved  InspectionStatus = "approved"  // 已批准: the scope is locked from here on (Order 733 art. 15)
	InspectionOpen      InspectionStatus = "open"      // 进行中
	InspectionFinished  InspectionStatus = "finished"  // 现场结束: waits for its conclusion
	InspectionConcluded InspectionStatus = "concluded" // 已作结论 (Order 733 art. 16)
	InspectionCancelled InspectionStatus = "cancelled" // 已撤销: a number taken stays used
)

// Values lists the states; ent reads it.
func (InspectionStatus) Values() []string {
	return []string{string(InspectionDraft), string(InspectionProposed), string(InspectionApproved), string(InspectionOpen),
		string(InspectionFinished), string(InspectionConcluded), string(InspectionCancelled)}
}

// Supervision says in whose name an inspection is made. A department's own follow-up is not government supervision unless its
// government designated it for stated matters, scope and term (Order 733 art. 7).
type Supervision string

const (
	ByDepartment Supervision = "department" // 部门督办
	ByGovernment Supervision = "government" // 政府督查: needs a designation
	ByEducation  Supervision = "education"  // 教育督导
)

// Values lists the kinds; ent reads it.
func (Supervision) Values() []string {
	return []string{string(ByDepartment), string(ByGovernment), string(ByEducation)}
}

// Method is one of the ways of Order 733 art. 12 to supervise.
type Method string

const (
	SelfCheck  Method = "self_check"  // 要求自查、说明情况
	HearReport Method = "hear_report" // 听取汇报
	Visit      Method = "visit"       // 检查、访谈、暗访
	Meeting    Method = "meeting"     // 座谈、听证、统计、评估
	Material   Method = "material"    // 调阅、复制资料
	Leads      Method = "leads"       // 收集线索: letters, calls, media
	Interview  Method = "interview"   // 约谈
	Internet   Method = "internet"    // 互联网+督查
)

// Values lists the methods in the order of the article; ent reads it.
func (Method) Values() []string {
	return []string{string(SelfCheck), string(HearReport), string(Visit), string(Meeting), string(Material), string(Leads), string(Interview), string(Internet)}
}

// Outcome is what an on-site check says of one item of the list at one object.
type Outcome string

const (
	Conforms  Outcome = "conforms"  // 符合
	Partly    Outcome = "partly"    // 部分符合
	Violates  Outcome = "violates"  // 不符合
	Unchecked Outcome = "unchecked" // 未查
)

// Values lists the outcomes; ent reads it.
func (Outcome) Values() []string {
	return []string{string(Conforms), string(Partly), string(Violates), string(Unchecked)}
}

// ObjectedTo is what a unit may ask to have re-examined.
type ObjectedTo string

const (
	ToNotice     ObjectedTo = "notice"     // 整改通知书
	ToConclusion ObjectedTo = "conclusion" // 督查结论
)

// Values lists the kinds; ent reads it.
func (ObjectedTo) Values() []string { return []string{string(ToNotice), string(ToConclusion)} }

// Looked is what a look-back looks at again.
type Looked string

const (
	LookedNotice Looked = "notice" // a notice that was closed
	LookedDuty   Looked = "duty"   // a dated duty that was closed
)

// Values lists the kinds; ent reads it.
func (Looked) Values() []string { return []string{string(LookedNotice), string(LookedDuty)} }
