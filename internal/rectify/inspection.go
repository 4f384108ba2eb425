package rectify

import (
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on an inspection; the permission of each is "inspection.<action>".
const (
	CreateInspection tr.Action = "create"         // 立项
	EditInspection   tr.Action = "edit"           // 修改方案
	StaffInspection  tr.Action = "staff"          // 组建督查组
	OpenInspection   tr.Action = "open"           // 启动: the scope is locked from here on (Order 733 art. 15)
	AddFinding       tr.Action = "record_finding" // 记录问题; asks for the permission "finding.record"
	FinishInspection tr.Action = "finish"         // 结束: makes the conclusion (Order 733 art. 16)
)

// InspectionTable is the life of an inspection.
var InspectionTable = tr.New("inspection", []InspectionStatus{InspectionFinished},
	tr.Row[InspectionStatus]{Action: CreateInspection, From: []InspectionStatus{""}, To: InspectionPlanned},
	tr.Row[InspectionStatus]{Action: EditInspection, From: []InspectionStatus{InspectionPlanned}},
	tr.Row[InspectionStatus]{Action: StaffInspection, From: []InspectionStatus{InspectionPlanned, InspectionOpen}},
	tr.Row[InspectionStatus]{Action: OpenInspection, From: []InspectionStatus{InspectionPlanned}, To: InspectionOpen},
	tr.Row[InspectionStatus]{Action: AddFinding, From: []InspectionStatus{InspectionOpen}, Must: tr.PartOfTeam, Permission: "finding.record"},
	tr.Row[InspectionStatus]{Action: FinishInspection, From: []InspectionStatus{InspectionOpen}, To: InspectionFinished, Must: tr.PartOfTeam, Needs: tr.Text},
)
