package inspections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// CreateInspectionInput registers an inspection (立项).
type CreateInspectionInput struct {
	Title       string                 `json:"title" minLength:"1" maxLength:"200" doc:"Title" example:"义务教育招生专项督查"`
	Kind        rectify.InspectionKind `json:"kind" doc:"Form of Order 733 art. 14" enum:"comprehensive,special,incident,routine,lead_check,look_back"`
	Supervision rectify.Supervision    `json:"supervision,omitempty" doc:"In whose name: a department's own follow-up is no government supervision (Order 733 art. 7); department if missing" enum:"department,government,education"`
	Designation string                 `json:"designation,omitempty" maxLength:"500" doc:"For government supervision: the government's designation, with matter, scope and term" example:"省政府督查室〔2017〕8号函，2017年全年"`
	Matters     []string               `json:"matters,omitempty" maxItems:"20" doc:"What is inspected, one matter each; the scope if missing" example:"[\"招生信息公开\"]"`
	Methods     []rectify.Method       `json:"methods,omitempty" maxItems:"8" doc:"Methods of Order 733 art. 12; needed before approval" example:"[\"visit\",\"material\"]"`
	Items       []rectify.CheckItem    `json:"items,omitempty" maxItems:"100" doc:"Check-list that the team goes through at every unit"`
	Basis       string                 `json:"basis" minLength:"1" maxLength:"2000" doc:"Instruction or decision it is based on (Order 733 art. 11)" example:"厅长办公会议纪要〔2017〕12号"`
	Scope       string                 `json:"scope" minLength:"1" maxLength:"4000" doc:"Content and scope (Order 733 art. 15)" example:"2017年义务教育招生入学政策执行情况"`
	Method      string                 `json:"method,omitempty" maxLength:"500" doc:"How it is done (Order 733 art. 12)" example:"实地核查、查阅资料"`
	StartsOn    workday.Date           `json:"starts_on" doc:"First day" example:"2017-03-20"`
	EndsOn      workday.Date           `json:"ends_on" doc:"Last day" example:"2017-03-24"`
	UnitIDs     []ident.ID             `json:"unit_ids" minItems:"1" maxItems:"500" doc:"Units it is directed at"`
	PlanID      ident.ID               `json:"plan_id,omitzero" doc:"Plan whose execution is inspected"`
	StaffInspectionInput

	lookYear, population int // of a look-back
	seed                 string
}

// EditInspectionInput replaces the plan of an inspection that is not open yet.
type EditInspectionInput struct {
	Title       string                 `json:"title" minLength:"1" maxLength:"200" doc:"Title" example:"义务教育招生专项督查"`
	Kind        rectify.InspectionKind `json:"kind" doc:"Form of Order 733 art. 14" enum:"comprehensive,special,incident,routine,lead_check,look_back"`
	Supervision rectify.Supervision    `json:"supervision,omitempty" doc:"In whose name: a department's own follow-up is no government supervision (Order 733 art. 7); department if missing" enum:"department,government,education"`
	Designation string                 `json:"designation,omitempty" maxLength:"500" doc:"For government supervision: the government's designation, with matter, scope and term" example:"省政府督查室〔2017〕8号函，2017年全年"`
	Matters     []string               `json:"matters,omitempty" maxItems:"20" doc:"What is inspected, one matter each; the scope if missing" example:"[\"招生信息公开\"]"`
	Methods     []rectify.Method       `json:"methods,omitempty" maxItems:"8" doc:"Methods of Order 733 art. 12; needed before approval" example:"[\"visit\",\"material\"]"`
	Items       []rectify.CheckItem    `json:"items,omitempty" maxItems:"100" doc:"Check-list that the team goes through at every unit"`
	Basis       string                 `json:"basis" minLength:"1" maxLength:"2000" doc:"Instruction or decision it is based on" example:"厅长办公会议纪要〔2017〕12号"`
	Scope       string                 `json:"scope" minLength:"1" maxLength:"4000" doc:"Content and scope" example:"2017年义务教育招生入学政策执行情况"`
	Method      string                 `json:"method,omitempty" maxLength:"500" doc:"How it is done" example:"实地核查、查阅资料"`
	StartsOn    workday.Date           `json:"starts_on" doc:"First day" example:"2017-03-20"`
	EndsOn      workday.Date           `json:"ends_on" doc:"Last day" example:"2017-03-24"`
	UnitIDs     []ident.ID             `json:"unit_ids" minItems:"1" maxItems:"500" doc:"Units it is directed at"`
}

// StaffInspectionInput names the whole team (组建督查组).
type StaffInspectionInput struct {
	LeaderID  ident.ID   `json:"leader_id,omitzero" doc:"Team leader, who answers for the inspection (Order 733 art. 8)"`
	MemberIDs []ident.ID `json:"member_ids,omitempty" maxItems:"100" doc:"Other members of the team"`
}

// AmendInspectionInput changes a plan that is approved: it may become narrower, move in time or be done by other methods, never wider
// (Order 733 art. 15).
type AmendInspectionInput struct {
	EditInspectionInput
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Why it is changed; kept with the version" example:"其中一所学校停课，不再列入"`
}

// ProposeInspectionInput asks for the approval of a plan.
type ProposeInspectionInput struct {
	Duplicates []AnswerDuplicate `json:"duplicates,omitempty" maxItems:"100" doc:"Why the inspection is needed all the same, for each other inspection of the same object over the same matter"`
}

// AnswerDuplicate says why an inspection is needed although another one is at the same object over the same matter.
type AnswerDuplicate struct {
	InspectionID ident.ID `json:"inspection_id" doc:"The other inspection"`
	Reason       string   `json:"reason" minLength:"1" maxLength:"1000" doc:"Why this one is needed all the same" example:"上级交办的专项任务，已与对方商定合并进点"`
}

// SendBackInspectionInput says why a plan is not approved.
type SendBackInspectionInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"What has to be changed" example:"督查对象过多，请合并"`
}

// CancelInspectionInput says why an inspection will not take place.
type CancelInspectionInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Why; kept with a number that was taken" example:"并入国务院大督查"`
}

// plan is the part of the input that creating and editing share.
func (in CreateInspectionInput) plan() EditInspectionInput {
	return EditInspectionInput{Title: in.Title, Kind: in.Kind, Supervision: in.Supervision, Designation: in.Designation, Basis: in.Basis,
		Scope: in.Scope, Matters: in.Matters, Methods: in.Methods, Items: in.Items, Method: in.Method, StartsOn: in.StartsOn, EndsOn: in.EndsOn, UnitIDs: in.UnitIDs}
}

// scheme is the plan as the rules read it, with what is missing filled in.
func (in EditInspectionInput) scheme() rectify.Scheme {
	if in.Supervision == "" {
		in.Supervision = rectify.ByDepartment
	}
	matters := make([]string, 0, len(in.Matters))
	for _, m := range in.Matters {
		if m = strings.TrimSpace(m); m != "" && !slices.Contains(matters, m) {
			matters = append(matters, m)
		}
	}
	if len(matters) == 0 {
		matters = append(matters, strings.TrimSpace(in.Scope))
	}
	methods, items := in.Methods, in.Items
	if methods == nil {
		methods = []rectify.Method{}
	}
	if items == nil {
		items = []rectify.CheckItem{}
	}
	return rectify.Scheme{Title: in.Title, Kind: in.Kind, Supervision: in.Supervision, Designation: in.Designation, Basis: in.Basis, Scope: in.Scope,
		Matters: matters, Methods: methods, Method: in.Method, Items: items, StartsOn: in.StartsOn, EndsOn: in.EndsOn, UnitIDs: unique(in.UnitIDs)}
}

// check lists every fault of a plan that can be seen without the database.
func (in EditInspectionInput) check() error {
	var fields []fault.Field
	for location, text := range map[string]string{"body.title": in.Title, "body.basis": in.Basis, "body.scope": in.Scope} {
		if strings.TrimSpace(text) == "" {
			fields = append(fields, fault.Field{Location: location, Code: "required"})
		}
	}
	if !slices.Contains(in.Kind.Values(), string(in.Kind)) {
		fields = append(fields, oneOf("body.kind", in.Kind.Values()))
	}
	fields = append(fields, in.checkWords()...)
	for location, date := range map[string]workday.Date{"body.starts_on": in.StartsOn, "body.ends_on": in.EndsOn} {
		if date.IsZero() {
			fields = append(fields, fault.Field{Location: location, Code: "required"})
		}
	}
	if !in.StartsOn.IsZero() && !in.EndsOn.IsZero() && in.EndsOn.Before(in.StartsOn) {
		fields = append(fields, fault.Field{Location: "body.ends_on", Code: "inspection.ends_before_start"})
	}
	if len(in.UnitIDs) == 0 {
		fields = append(fields, fault.Field{Location: "body.unit_ids", Code: "required"})
	}
	if len(fields) == 0 {
		return nil
	}
	slices.SortFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Location, b.Location) })
	return fault.BadFields(fields...)
}

// checkWords lists what is wrong with the words of the plan that come from lists.
func (in EditInspectionInput) checkWords() (fields []fault.Field) {
	if in.Supervision != "" && !slices.Contains(in.Supervision.Values(), string(in.Supervision)) {
		fields = append(fields, oneOf("body.supervision", in.Supervision.Values()))
	}
	if in.Supervision == rectify.ByGovernment && strings.TrimSpace(in.Designation) == "" {
		fields = append(fields, fault.Field{Location: "body.designation", Code: "inspection.no_designation"})
	}
	for i, m := range in.Methods {
		if !slices.Contains(m.Values(), string(m)) || slices.Contains(in.Methods[:i], m) {
			fields = append(fields, oneOf(fmt.Sprintf("body.methods[%d]", i), m.Values()))
		}
	}
	for i, m := range in.Matters {
		if len([]rune(m)) > 500 {
			fields = append(fields, fault.Field{Location: fmt.Sprintf("body.matters[%d]", i), Code: "max_length", Params: fault.Params{"value": 500}})
		}
	}
	for i, item := range in.Items {
		if strings.TrimSpace(item.Text) == "" {
			fields = append(fields, fault.Field{Location: fmt.Sprintf("body.items[%d].text", i), Code: "required"})
		}
	}
	return fields
}

// oneOf says which words a field takes.
func oneOf(location string, values []string) fault.Field {
	return fault.Field{Location: location, Code: "one_of", Params: fault.Params{"value": strings.Join(values, ", ")}}
}

// members is the whole team without repetition, the leader first.
func (in StaffInspectionInput) members() []ident.ID {
	return unique(append([]ident.ID{in.LeaderID}, in.MemberIDs...))
}

// checkUnits refuses units that the authority does not have.
func checkUnits(ctx context.Context, tx *ent.Tx, authority ident.ID, ids []ident.ID) error {
	n, err := tx.Unit.Query().Where(entunit.AuthorityID(authority), entunit.IDIn(ids...)).Count(ctx)
	if err != nil {
		return fmt.Errorf("read units: %w", err)
	}
	if n != len(ids) {
		return fault.BadField("body.unit_ids", "inspection.unknown_unit")
	}
	return nil
}

// checkTeam refuses people whom the authority does not have or who left.
func checkTeam(ctx context.Context, tx *ent.Tx, authority ident.ID, in StaffInspectionInput) error {
	ids := in.members()
	if len(ids) == 0 {
		return nil
	}
	if in.LeaderID.IsZero() {
		return fault.BadField("body.leader_id", "required")
	}
	n, err := tx.User.Query().Where(user.AuthorityID(authority), user.IDIn(ids...), user.DisabledAtIsNil()).Count(ctx)
	if err != nil {
		return fmt.Errorf("read team: %w", err)
	}
	if n != len(ids) {
		return fault.BadField("body.member_ids", "inspection.unknown_user")
	}
	return nil
}

func unique(ids []ident.ID) []ident.ID {
	out := make([]ident.ID, 0, len(ids))
	for _, id := range ids {
		if !id.IsZero() && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
