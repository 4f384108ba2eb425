package supervise

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a supervised matter; the permission of each is "matter.<action>" unless its row names another.
const (
	RegisterMatter tr.Action = "register" // 登记
	EditMatter     tr.Action = "edit"     // 修改
	ProposeMatter  tr.Action = "propose"  // 报审
	WithdrawMatter tr.Action = "withdraw" // 撤回报审
	ApproveMatter  tr.Action = "approve"  // 批准立项: takes its number, its units get their duties
	RefuseMatter   tr.Action = "refuse"   // 不予立项
	OpenMatter     tr.Action = "open"     // 批示立项: a leader's instruction is itself the decision
	CloseMatter    tr.Action = "close"    // 办结
	VoidMatter     tr.Action = "void"     // 撤销
)

// MatterTable is the life of a supervised matter. It becomes active by the approval of a leader who did not propose it, or by a
// leader's own instruction (Order 733 art. 11). It ends when none of its duties is open.
var MatterTable = tr.New("matter", []MatterStatus{MatterRefused, MatterClosed, MatterVoided},
	tr.Row[MatterStatus]{Action: RegisterMatter, From: []MatterStatus{""}, To: MatterDraft},
	tr.Row[MatterStatus]{Action: OpenMatter, From: []MatterStatus{""}, To: MatterActive, Permission: "instruction.give"},
	tr.Row[MatterStatus]{Action: EditMatter, From: []MatterStatus{MatterDraft}},
	tr.Row[MatterStatus]{Action: ProposeMatter, From: []MatterStatus{MatterDraft}, To: MatterProposed, Check: tr.NewDateNotPast},
	tr.Row[MatterStatus]{Action: WithdrawMatter, From: []MatterStatus{MatterProposed}, To: MatterDraft, Must: tr.Proposer},
	tr.Row[MatterStatus]{Action: ApproveMatter, From: []MatterStatus{MatterProposed}, To: MatterActive, MustNot: tr.Proposer, Check: tr.NewDateNotPast},
	tr.Row[MatterStatus]{Action: RefuseMatter, From: []MatterStatus{MatterProposed}, To: MatterRefused, MustNot: tr.Proposer, Needs: tr.Reason},
	tr.Row[MatterStatus]{Action: CloseMatter, From: []MatterStatus{MatterActive}, To: MatterClosed, Needs: tr.Text, When: nothingOpen},
	tr.Row[MatterStatus]{Action: VoidMatter, From: []MatterStatus{MatterDraft, MatterActive}, To: MatterVoided, Needs: tr.Reason, When: nothingOpen},
)

// nothingOpen holds when no duty of the matter is open: they are struck off or withdrawn first.
func nothingOpen(c tr.Circumstances) *fault.Error {
	if c.Open > 0 {
		return fault.New(fault.Conflict, "matter.open_duties").With("n", c.Open)
	}
	return nil
}

// Actions on an instruction; the permission of each is "instruction.<action>" unless its row names another.
const (
	GiveInstruction   tr.Action = "give"   // 批示: action and feedback are wanted
	InformInstruction tr.Action = "inform" // 批示阅知: for information, nothing is owed
	ReplyInstruction  tr.Action = "reply"  // 反馈
	FinishInstruction tr.Action = "finish" // 落实
	RevokeInstruction tr.Action = "revoke" // 撤回
)

// InstructionTable is the life of a leader's instruction. One for information only (阅知) is not followed up.
var InstructionTable = tr.New("instruction", []InstructionStatus{InstructionDone, InstructionRevoked},
	tr.Row[InstructionStatus]{Action: GiveInstruction, From: []InstructionStatus{""}, To: InstructionOpen, Needs: tr.Text, Check: tr.NewDateNotPast},
	tr.Row[InstructionStatus]{Action: InformInstruction, From: []InstructionStatus{""}, To: InstructionDone, Needs: tr.Text, Permission: "instruction.give"},
	tr.Row[InstructionStatus]{Action: ReplyInstruction, From: []InstructionStatus{InstructionOpen}, Must: tr.Holder, Needs: tr.Text},
	tr.Row[InstructionStatus]{Action: FinishInstruction, From: []InstructionStatus{InstructionOpen}, To: InstructionDone, MustNot: tr.Holder},
	tr.Row[InstructionStatus]{Action: RevokeInstruction, From: []InstructionStatus{InstructionOpen}, To: InstructionRevoked, Must: tr.Proposer, Needs: tr.Reason},
)

// Actions on an interview or a circular; the permission of each is "proceeding.<action>" unless its row names another.
const (
	ProposeProceeding  tr.Action = "propose"  // 提出建议
	WithdrawProceeding tr.Action = "withdraw" // 撤回建议
	ApproveProceeding  tr.Action = "approve"  // 批准
	RefuseProceeding   tr.Action = "refuse"   // 不予批准
	ArrangeProceeding  tr.Action = "arrange"  // 约谈安排
	HoldProceeding     tr.Action = "hold"     // 约谈: takes its number with the record
	PublishProceeding  tr.Action = "publish"  // 通报: takes its number
	SignProceeding     tr.Action = "sign"     // 签字, 签收
	RevokeProceeding   tr.Action = "revoke"   // 撤销: a number taken stays used
)

const issuing = "proceeding.issue"

// InterviewTable is the life of an interview (约谈): proposed, approved by another, arranged, held with a record, signed by the unit.
var InterviewTable = proceedingTable("interview",
	tr.Row[ProceedingStatus]{Action: ArrangeProceeding, From: []ProceedingStatus{ProceedingApproved}, MustNot: tr.Holder, Needs: tr.Date,
		Check: tr.NewDateNotPast, Permission: issuing},
	tr.Row[ProceedingStatus]{Action: HoldProceeding, From: []ProceedingStatus{ProceedingApproved}, To: ProceedingIssued, MustNot: tr.Holder, Needs: tr.Text,
		When: arranged, Permission: issuing},
)

// CircularTable is the life of a commendation or a criticism (通报): proposed, approved by another, published, signed for.
var CircularTable = proceedingTable("circular",
	tr.Row[ProceedingStatus]{Action: PublishProceeding, From: []ProceedingStatus{ProceedingApproved}, To: ProceedingIssued, MustNot: tr.Holder, Permission: issuing},
)

// ProceedingTable is the table of a kind.
func ProceedingTable(k ProceedingKind) *tr.Table[ProceedingStatus] {
	if k == Interview {
		return InterviewTable
	}
	return CircularTable
}

func proceedingTable(object string, middle ...tr.Row[ProceedingStatus]) *tr.Table[ProceedingStatus] {
	rows := []tr.Row[ProceedingStatus]{
		{Action: ProposeProceeding, From: []ProceedingStatus{""}, To: ProceedingProposed, Needs: tr.Reason},
		{Action: WithdrawProceeding, From: []ProceedingStatus{ProceedingProposed}, To: ProceedingWithdrawn, Must: tr.Proposer},
		{Action: ApproveProceeding, From: []ProceedingStatus{ProceedingProposed}, To: ProceedingApproved, MustNot: tr.Proposer | tr.Holder},
		{Action: RefuseProceeding, From: []ProceedingStatus{ProceedingProposed}, To: ProceedingRefused, MustNot: tr.Proposer | tr.Holder, Needs: tr.Reason},
	}
	rows = append(rows, middle...)
	rows = append(rows,
		tr.Row[ProceedingStatus]{Action: SignProceeding, From: []ProceedingStatus{ProceedingIssued}, To: ProceedingSigned, Must: tr.Holder},
		tr.Row[ProceedingStatus]{Action: RevokeProceeding, From: []ProceedingStatus{ProceedingApproved, ProceedingIssued, ProceedingSigned}, To: ProceedingWithdrawn,
			MustNot: tr.Holder, Needs: tr.Reason},
	)
	for i := range rows {
		if rows[i].Permission == "" {
			rows[i].Permission = "proceeding." + string(rows[i].Action)
		}
	}
	return tr.New(object, []ProceedingStatus{ProceedingRefused, ProceedingWithdrawn}, rows...)
}

// arranged holds once a day is set (Due): an interview that nobody was called to was not held.
func arranged(c tr.Circumstances) *fault.Error {
	if c.Due.IsZero() {
		return fault.New(fault.Conflict, "interview.not_arranged")
	}
	return nil
}
