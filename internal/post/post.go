// Package post knows the roles that a user can hold in a unit and which of them exclude each other. Rights come from posts,
// never from the person.
package post

// Role is what a post lets its holder do; policies/policy.csv grants permissions to roles.
type Role string

const (
	Leader        Role = "leader"         // 领导: assigns, instructs, decides
	Office        Role = "office"         // 督查室: drafts plans, splits them, urges, confirms, compiles
	UnitHead      Role = "unit_head"      // 单位负责人: reviews what the unit sends
	UnitClerk     Role = "unit_clerk"     // 单位经办人: signs for, reports, puts right
	Inspector     Role = "inspector"      // 督查员: inspects, issues notices, verifies, closes
	SystemAdmin   Role = "system_admin"   // 系统管理员: units, people, operation
	SecurityAdmin Role = "security_admin" // 安全保密管理员: grants and policy
	AuditAdmin    Role = "audit_admin"    // 安全审计员: reads the logs
)

// Roles lists every role.
var Roles = []Role{Leader, Office, UnitHead, UnitClerk, Inspector, SystemAdmin, SecurityAdmin, AuditAdmin}

// Values lists the roles; ent reads it.
func (Role) Values() []string {
	values := make([]string, len(Roles))
	for i, r := range Roles {
		values[i] = string(r)
	}
	return values
}

// IsAdmin reports whether the role is one of the three administrators (三员), who touch no business data
// (GB/T 22239-2019, 8.1.5).
func (r Role) IsAdmin() bool { return r == SystemAdmin || r == SecurityAdmin || r == AuditAdmin }

// Excludes reports whether one person may not hold both roles at the same time: two different administrators, or an
// administrator and any business role.
func (r Role) Excludes(other Role) bool { return r != other && (r.IsAdmin() || other.IsAdmin()) }
