package supervise

// MatterStatus is the state of a supervised matter.
type MatterStatus string

const (
	MatterDraft    MatterStatus = "draft"    // 拟办
	MatterProposed MatterStatus = "proposed" // 待审批
	MatterActive   MatterStatus = "active"   // 已立项: approved, its units have their duties
	MatterRefused  MatterStatus = "refused"  // 不予立项
	MatterClosed   MatterStatus = "closed"   // 已办结
	MatterVoided   MatterStatus = "voided"   // 已撤销: a number taken stays used
)

// Values lists the states; ent reads it.
func (MatterStatus) Values() []string {
	return []string{string(MatterDraft), string(MatterProposed), string(MatterActive), string(MatterRefused), string(MatterClosed), string(MatterVoided)}
}

// Source is where a supervised matter comes from (督办台账: 来源).
type Source string

const (
	FromDocument    Source = "document"    // 文件
	FromMinutes     Source = "minutes"     // 会议纪要
	FromInstruction Source = "instruction" // 领导批示
	FromLetter      Source = "letter"      // 来信来函
	FromProposal    Source = "proposal"    // 建议提案
	FromMedia       Source = "media"       // 媒体反映
)

// Values lists the sources; ent reads it.
func (Source) Values() []string {
	return []string{string(FromDocument), string(FromMinutes), string(FromInstruction), string(FromLetter), string(FromProposal), string(FromMedia)}
}

// Supervision says in what capacity a matter is supervised. Government supervision is open to a department only where its
// government has designated it, for stated matters and a stated period (Order 733 art. 7).
type Supervision string

const (
	Government Supervision = "government" // 政府督查
	Daily      Supervision = "daily"      // 部门日常督办
	Education  Supervision = "education"  // 教育督导
)

// Values lists the kinds; ent reads it.
func (Supervision) Values() []string {
	return []string{string(Government), string(Daily), string(Education)}
}

// Urgency grades what a leader asks for; the default period hangs on it.
type Urgency string

const (
	Urgent   Urgency = "urgent"   // 紧急
	Ordinary Urgency = "ordinary" // 一般
	Hard     Urgency = "hard"     // 疑难
)

// Values lists the grades; ent reads it.
func (Urgency) Values() []string { return []string{string(Urgent), string(Ordinary), string(Hard)} }

// InstructionStatus is the state of a leader's instruction.
type InstructionStatus string

const (
	InstructionOpen    InstructionStatus = "open"    // 办理中
	InstructionDone    InstructionStatus = "done"    // 已落实
	InstructionRevoked InstructionStatus = "revoked" // 已撤回
)

// Values lists the states; ent reads it.
func (InstructionStatus) Values() []string {
	return []string{string(InstructionOpen), string(InstructionDone), string(InstructionRevoked)}
}

// InstructionSubject is the kind of object that an instruction is written on.
type InstructionSubject string

const (
	OnPlan       InstructionSubject = "plan"
	OnTask       InstructionSubject = "task"
	OnDuty       InstructionSubject = "duty"
	OnNotice     InstructionSubject = "notice"
	OnFinding    InstructionSubject = "finding"
	OnInspection InstructionSubject = "inspection"
	OnMatter     InstructionSubject = "matter"
)

// Values lists the kinds; ent reads it.
func (InstructionSubject) Values() []string {
	return []string{string(OnPlan), string(OnTask), string(OnDuty), string(OnNotice), string(OnFinding), string(OnInspection), string(OnMatter)}
}

// ProceedingKind is a way in which the result of supervision is used (结果运用; Order 733 art. 12, 21).
type ProceedingKind string

const (
	Interview    ProceedingKind = "interview"    // 约谈
	Commendation ProceedingKind = "commendation" // 通报表扬
	Criticism    ProceedingKind = "criticism"    // 通报批评
)

// Values lists the kinds; ent reads it.
func (ProceedingKind) Values() []string {
	return []string{string(Interview), string(Commendation), string(Criticism)}
}

// ProceedingStatus is the state of an interview or a circular.
type ProceedingStatus string

const (
	ProceedingProposed  ProceedingStatus = "proposed"  // 待审批
	ProceedingApproved  ProceedingStatus = "approved"  // 已批准
	ProceedingRefused   ProceedingStatus = "refused"   // 未批准
	ProceedingIssued    ProceedingStatus = "issued"    // held or published: has its number
	ProceedingSigned    ProceedingStatus = "signed"    // 已签字 or 已签收
	ProceedingWithdrawn ProceedingStatus = "withdrawn" // 已撤回: a number taken stays used
)

// Values lists the states; ent reads it.
func (ProceedingStatus) Values() []string {
	return []string{string(ProceedingProposed), string(ProceedingApproved), string(ProceedingRefused), string(ProceedingIssued),
		string(ProceedingSigned), string(ProceedingWithdrawn)}
}

// Audience says who sees a circular once it is published.
type Audience string

const (
	ToUnit      Audience = "unit"      // the unit that it is about, and those above it
	ToAuthority Audience = "authority" // every unit of the authority
)

// Values lists the audiences; ent reads it.
func (Audience) Values() []string { return []string{string(ToUnit), string(ToAuthority)} }
