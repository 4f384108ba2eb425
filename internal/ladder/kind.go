package ladder

// StepKind is what a step of the ladder does.
type StepKind string

const (
	Remind    StepKind = "remind"    // 提醒
	Due       StepKind = "due"       // 到期
	Urge      StepKind = "urge"      // 催办: an urge that wants a reply
	Letter    StepKind = "letter"    // 督办函: a numbered letter of a colour
	Escalate  StepKind = "escalate"  // 升级上报
	Criticise StepKind = "criticise" // 提请通报批评: a proposal that awaits approval
)

// Values lists the kinds; ent reads it.
func (StepKind) Values() []string {
	return []string{string(Remind), string(Due), string(Urge), string(Letter), string(Escalate), string(Criticise)}
}

// Colour is how grave a letter is: blue reminds, orange warns, red comes before the head (三明 2017: 蓝、橙、红).
type Colour string

const (
	BlueLetter   Colour = "blue"   // 蓝色督办函
	OrangeLetter Colour = "orange" // 橙色督办函
	RedLetter    Colour = "red"    // 红色督办函
)

// Values lists the colours; ent reads it.
func (Colour) Values() []string {
	return []string{string(BlueLetter), string(OrangeLetter), string(RedLetter)}
}

// Light is the colour that a rule gives to an object at an instant.
type Light string

const (
	Grey   Light = "grey"   // 未启动: nothing falls due yet, or no clock
	Green  Light = "green"  // 正常
	Yellow Light = "yellow" // 临期
	Red    Light = "red"    // 逾期
	Done   Light = "done"   // 办结
)

// Values lists the lights; ent reads it.
func (Light) Values() []string {
	return []string{string(Grey), string(Green), string(Yellow), string(Red), string(Done)}
}

// Subject is the kind of object that a clock runs on.
type Subject string

const (
	OnDuty       Subject = "duty"       // the duty's own due date
	OnAcceptance Subject = "acceptance" // the sign-for period of a duty
	OnNotice     Subject = "notice"     // the rectification notice's due date
	OnObjection  Subject = "objection"  // the day by which an objection has to be decided
)

// Values lists the subjects; ent reads it.
func (Subject) Values() []string {
	return []string{string(OnDuty), string(OnAcceptance), string(OnNotice), string(OnObjection)}
}

// Recipient is whom a step reaches, by relation to the object: rules never name a person or a unit.
type Recipient string

const (
	Owner             Recipient = "owner"              // 承办单位: the unit that owes it
	UnitHead          Recipient = "unit_head"          // 单位负责人
	SupervisingLeader Recipient = "supervising_leader" // 分管领导
	ParentHead        Recipient = "parent_head"        // 上级单位负责人
	ActingOfficer     Recipient = "acting_officer"     // 代理人: whoever acts for the holders of the unit's posts
	Office            Recipient = "office"             // 督查室
)

// Values lists the recipients; ent reads it.
func (Recipient) Values() []string {
	return []string{string(Owner), string(UnitHead), string(SupervisingLeader), string(ParentHead), string(ActingOfficer), string(Office)}
}
