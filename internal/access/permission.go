package access

// Permission is the right to one act on one kind of object, named "<object>.<action>"; the state tables use the same names.
type Permission string

// The permissions of the program. policies/policy.csv grants them to roles within a scope.
const (
	AccessExplain     Permission = "access.explain"
	AuditRead         Permission = "audit.read"
	CounterCheck      Permission = "counter.check"
	CounterRead       Permission = "counter.read"
	DeadlineCheck     Permission = "deadline.check"
	DutyAccept        Permission = "duty.accept"
	DutyCancel        Permission = "duty.cancel"
	DutyClose         Permission = "duty.close"
	DutyInsist        Permission = "duty.insist"
	DutyInstruct      Permission = "duty.instruct"
	DutyPass          Permission = "duty.pass"
	DutyRead          Permission = "duty.read"
	DutyReassign      Permission = "duty.reassign"
	DutyReopen        Permission = "duty.reopen"
	DutyReturn        Permission = "duty.return"
	DutySendBack      Permission = "duty.send_back"
	DutyUrge          Permission = "duty.urge"
	EventRead         Permission = "event.read"
	EvidenceAdd       Permission = "evidence.add"
	EvidenceRead      Permission = "evidence.read"
	ExtensionGrant    Permission = "extension.grant"
	ExtensionOpine    Permission = "extension.opine"
	ExtensionRead     Permission = "extension.read"
	ExtensionRefuse   Permission = "extension.refuse"
	ExtensionRequest  Permission = "extension.request"
	ExtensionWithdraw Permission = "extension.withdraw"
	FindingDismiss    Permission = "finding.dismiss"
	FindingRead       Permission = "finding.read"
	FindingRecord     Permission = "finding.record"
	InspectionCreate  Permission = "inspection.create"
	InspectionEdit    Permission = "inspection.edit"
	InspectionFinish  Permission = "inspection.finish"
	InspectionOpen    Permission = "inspection.open"
	InspectionRead    Permission = "inspection.read"
	InspectionStaff   Permission = "inspection.staff"
	MessageDeliver    Permission = "message.deliver"
	MessageRead       Permission = "message.read"
	NoticeClose       Permission = "notice.close"
	NoticeDraft       Permission = "notice.draft"
	NoticeEdit        Permission = "notice.edit"
	NoticeRead        Permission = "notice.read"
	NoticeReopen      Permission = "notice.reopen"
	NoticeReply       Permission = "notice.reply"
	NoticeSendBack    Permission = "notice.send_back"
	NoticeServe       Permission = "notice.serve"
	NoticeSign        Permission = "notice.sign"
	NoticeUrge        Permission = "notice.urge"
	NoticeVoid        Permission = "notice.void"
	PlanAmend         Permission = "plan.amend"
	PlanClose         Permission = "plan.close"
	PlanCreate        Permission = "plan.create"
	PlanEdit          Permission = "plan.edit"
	PlanIssue         Permission = "plan.issue"
	PlanRead          Permission = "plan.read"
	PlanReopen        Permission = "plan.reopen"
	PostGrant         Permission = "post.grant"
	PostRead          Permission = "post.read"
	ReportConfirm     Permission = "report.confirm"
	ReportRead        Permission = "report.read"
	ReportReview      Permission = "report.review"
	ReportSave        Permission = "report.save"
	ReportSendBack    Permission = "report.send_back"
	ReportSubmit      Permission = "report.submit"
	ReportWithdraw    Permission = "report.withdraw"
	RosterManage      Permission = "roster.manage"
	RosterRead        Permission = "roster.read"
	SessionPurge      Permission = "session.purge"
	TokenManage       Permission = "token.manage"
	UnitExport        Permission = "unit.export"
	UnitImport        Permission = "unit.import"
	UnitManage        Permission = "unit.manage"
	UnitRead          Permission = "unit.read"
	UrgeRead          Permission = "urge.read"
	UrgeReply         Permission = "urge.reply"
	UserManage        Permission = "user.manage"
	UserRead          Permission = "user.read"
	WebhookManage     Permission = "webhook.manage"
)

// Permissions lists every permission; a policy line with another one is refused at load.
var Permissions = []Permission{
	AccessExplain, AuditRead, CounterCheck, CounterRead, DeadlineCheck, DutyAccept, DutyCancel, DutyClose, DutyInsist,
	DutyInstruct, DutyPass, DutyRead, DutyReassign, DutyReopen, DutyReturn, DutySendBack, DutyUrge, EventRead, EvidenceAdd,
	EvidenceRead, ExtensionGrant, ExtensionOpine, ExtensionRead, ExtensionRefuse, ExtensionRequest, ExtensionWithdraw,
	FindingDismiss, FindingRead, FindingRecord, InspectionCreate, InspectionEdit, InspectionFinish,
	InspectionOpen, InspectionRead, InspectionStaff, MessageDeliver, MessageRead, NoticeClose, NoticeDraft, NoticeEdit, NoticeRead,
	NoticeReopen, NoticeReply, NoticeSendBack, NoticeServe, NoticeSign, NoticeUrge, NoticeVoid, PlanAmend, PlanClose, PlanCreate,
	PlanEdit, PlanIssue, PlanRead, PlanReopen, PostGrant, PostRead, ReportConfirm, ReportRead, ReportReview, ReportSave, ReportSendBack,
	ReportSubmit, ReportWithdraw, RosterManage, RosterRead, SessionPurge, TokenManage, UnitExport, UnitImport,
	UnitManage, UnitRead, UrgeRead, UrgeReply, UserManage, UserRead, WebhookManage,
}
