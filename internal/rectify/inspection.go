package rectify

import (
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on an inspection; the permission of each is "inspection.<action>".
const (
	CreateInspection   tr.Action = "create"         // 立项
	EditInspection     tr.Action = "edit"           // 修改方案
	StaffInspection    tr.Action = "staff"          // 组建督查组
	ProposeInspection  tr.Action = "propose"        // 提请审批
	SendBackInspection tr.Action = "send_back"      // 退回修改
	ApproveInspection  tr.Action = "approve"        // 批准: the scope is locked from here on (Order 733 art. 15)
	AmendInspection    tr.Action = "amend"          // 调整方案: narrower or elsewhere in time, never wider
	OpenInspection     tr.Action = "open"           // 启动
	CheckInspection    tr.Action = "check"          // 现场核对
	AddFinding         tr.Action = "record_finding" // 记录问题; asks for the permission "finding.record"
	FinishInspection   tr.Action = "finish"         // 结束现场督查
	ConcludeInspection tr.Action = "conclude"       // 作出督查结论 (Order 733 art. 16)
	CancelInspection   tr.Action = "cancel"         // 撤销: a number taken stays used
)

// InspectionTable is the life of an inspection. The plan is proposed by one person and approved by another (Order 733 art. 11, 15);
// the team checks, finds and concludes.
var InspectionTable = tr.New("inspection", []InspectionStatus{InspectionConcluded, InspectionCancelled},
	tr.Row[InspectionStatus]{Action: CreateInspection, From: []InspectionStatus{""}, To: InspectionDraft},
	tr.Row[InspectionStatus]{Action: EditInspection, From: []InspectionStatus{InspectionDraft}},
	tr.Row[InspectionStatus]{Action: StaffInspection, From: []InspectionStatus{InspectionDraft, InspectionProposed, InspectionApproved, InspectionOpen}},
	tr.Row[InspectionStatus]{Action: ProposeInspection, From: []InspectionStatus{InspectionDraft}, To: InspectionProposed},
	tr.Row[InspectionStatus]{Action: SendBackInspection, From: []InspectionStatus{InspectionProposed}, To: InspectionDraft, MustNot: tr.Proposer, Needs: tr.Reason},
	tr.Row[InspectionStatus]{Action: ApproveInspection, From: []InspectionStatus{InspectionProposed}, To: InspectionApproved, MustNot: tr.Proposer},
	tr.Row[InspectionStatus]{Action: AmendInspection, From: []InspectionStatus{InspectionApproved, InspectionOpen}, Needs: tr.Reason},
	tr.Row[InspectionStatus]{Action: OpenInspection, From: []InspectionStatus{InspectionApproved}, To: InspectionOpen},
	tr.Row[InspectionStatus]{Action: CheckInspection, From: []InspectionStatus{InspectionOpen}, Must: tr.PartOfTeam, MustNot: tr.Holder},
	tr.Row[InspectionStatus]{Action: AddFinding, From: []InspectionStatus{InspectionOpen}, Must: tr.PartOfTeam, Permission: "finding.record"},
	tr.Row[InspectionStatus]{Action: FinishInspection, From: []InspectionStatus{InspectionOpen}, To: InspectionFinished, Must: tr.PartOfTeam},
	tr.Row[InspectionStatus]{Action: ConcludeInspection, From: []InspectionStatus{InspectionFinished}, To: InspectionConcluded, Must: tr.PartOfTeam, Needs: tr.Text},
	tr.Row[InspectionStatus]{Action: CancelInspection, From: []InspectionStatus{InspectionDraft, InspectionProposed, InspectionApproved}, To: InspectionCancelled,
		Needs: tr.Reason},
)
