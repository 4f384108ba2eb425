package apitest

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// good is a request that an operation accepts from somebody who may do it. $name stands for a value of the world.
type good struct {
	body  string
	query string
	path  map[string]string // parameters besides the object's id
	media string
}

// goods holds the requests of operations that need more than an object and its version.
var goods = map[string]good{
	"sign-in":               {body: `{"login":"nobody.known","password":"a-wrong-password-of-no-one"}`},
	"set-up":                {body: `{"secret":"not-a-secret","authority":{"name":"某省教育厅"},"system_admin":{"login":"sys.a","name":"甲"},"security_admin":{"login":"sec.a","name":"乙"},"audit_admin":{"login":"aud.a","name":"丙"}}`},
	"set-password":          {body: `{"secret":"not-a-secret","password":"correct horse battery staple"}`},
	"change-password":       {body: `{"current":"a-wrong-password-of-no-one","new":"correct horse battery staple"}`},
	"explain-access":        {query: "permission=duty.accept&subject=duty&subject_id=$duty.active&user_id=$user.unit_clerk.own"},
	"list-access-holders":   {query: "permission=duty.accept&subject=duty&subject_id=$duty.active"},
	"create-token":          {body: `{"name":"对接","permissions":["message.read"],"expires_at":"2017-04-01T00:00:00Z"}`},
	"resolve-unit-name":     {query: "name=督查室"},
	"create-unit":           {body: `{"parent_id":"$unit.department","name":"新设处室","code":"new-7","kind":"division"}`},
	"update-unit":           {body: `{"kind":"affiliated","code":"K-7","aliases":["科研所"],"sort":7}`},
	"rename-unit":           {body: `{"name":"更名后的科研所","on":"2017-03-06","reason":"机构改革"}`},
	"move-unit":             {body: `{"parent_id":"$unit.bureau","reason":"划转"}`},
	"merge-unit":            {body: `{"into_id":"$unit.bureau","on":"2017-03-06","reason":"合并"}`},
	"close-unit":            {body: `{"on":"2017-03-06","reason":"撤销"}`},
	"create-roster":         {body: `{"name":"各市州教育局","kinds":["city_bureau"]}`},
	"update-roster":         {body: `{"name":"各高等学校","kinds":["university"]}`},
	"create-user":           {body: `{"login":"new.user","name":"新用户"}`},
	"update-user":           {body: `{"name":"改名","language":"zh-CN"}`},
	"disable-user":          {body: `{"reason":"调离"}`},
	"enable-user":           {body: `{"reason":"返岗"}`},
	"grant-post":            {body: `{"user_id":"$user.open","unit_id":"$unit.school","role":"unit_head","valid_from":"2017-03-06","reason":"任职"}`},
	"end-post":              {body: `{"on":"2017-03-06","reason":"调离"}`},
	"staff-inspection":      {body: `{"leader_id":"$user.inspector.home","member_ids":["$user.inspector.other"]}`},
	"record-finding":        {body: `{"unit_id":"$unit.university","severity":"major","description":"未公开","basis":"《条例》第九条"}`},
	"dismiss-finding":       {body: `{"reason":"已自行改正"}`},
	"draft-notice":          {body: `{"finding_ids":["$id"],"title":"限期整改通知书","requirement":"限期公开"}`},
	"edit-notice":           {body: `{"finding_ids":["$finding.open"],"title":"限期整改通知书","requirement":"限期公开"}`},
	"serve-notice":          {body: `{"workdays":15}`},
	"reply-notice":          {body: `{"measures":"已公开招生简章","result":"整改到位"}`},
	"send-back-notice":      {body: `{"reason":"缺少公示截图"}`},
	"close-notice":          {body: `{"verdict":"属实"}`},
	"void-notice":           {body: `{"reason":"文号有误"}`},
	"reopen-notice":         {body: `{"reason":"问题反弹","due_date":"2017-04-28"}`},
	"urge-notice":           {body: `{"content":"请抓紧整改"}`},
	"get-notice-numbers":    {path: map[string]string{"year": "2017"}},
	"read-messages":         {body: `{}`},
	"create-webhook":        {body: `{"url":"https://oa.example.gov.cn/hook"}`},
	"import-plan-text":      {body: `{"text":"` + strings.ReplaceAll(planText("岚山大学"), "\n", `\n`) + `","title":"又一份要点","year":2017}`},
	"import-plan":           {media: formMedia, body: form("要点.txt", "一、加强公开\n（一）公布目录。编制公开目录。（牵头单位：岚山大学，2017年6月底前完成）\n")},
	"add-task":              {body: `{"title":"新任务","kind":"task"}`},
	"link-tasks":            {body: `{"before_id":"$task.of_plan.1","after_id":"$task.of_plan.2","lag":5}`},
	"amend-plan":            {body: `{"reason":"新下达任务","changes":[{"act":"redate","task_id":"$task.of_plan.1","due_date":"2017-12-29"}]}`},
	"compare-plans":         {query: "with=$plan.issued"},
	"copy-plan":             {body: `{"year":2018}`},
	"reopen-plan":           {body: `{"reason":"尚有事项未办结"}`},
	"save-plan-template":    {body: `{"title":"年度要点模板"}`},
	"issue-plan":            {body: `{"acknowledge":["$plan.warnings"]}`},
	"foresee-slip":          {query: "days=5"},
	"edit-task":             {body: `{"title":"改过的任务"}`},
	"move-task":             {body: `{"parent_id":"$task.draft.0"}`},
	"merge-tasks":           {body: `{"task_ids":["$task.draft.2"]}`},
	"split-task":            {body: `{"at":$task.at,"title":"后一半"}`},
	"answer-question":       {body: `{"unit_id":"$unit.university"}`},
	"list-evidence":         {query: "subject=duty&subject_id=$id"},
	"return-duty":           {body: `{"reason":"非我单位职责"}`},
	"insist-duty":           {body: `{"reason":"仍由你单位牵头"}`},
	"reassign-duty":         {body: `{"unit_id":"$unit.bureau","reason":"职责调整"}`},
	"cancel-duty":           {body: `{"reason":"任务取消"}`},
	"instruct-duty":         {body: `{"text":"请抓紧办理"}`},
	"urge-duty":             {body: `{"content":"请报送进展"}`},
	"close-duty":            {body: `{"close_reason":"done","note":"现场核查"}`},
	"send-back-duty":        {body: `{"reason":"缺少清单"}`},
	"reopen-duty":           {body: `{"reason":"问题反弹"}`},
	"create-report":         {body: `{"kind":"progress","progress":4500,"narrative":"已完成起草"}`},
	"update-report":         {body: `{"kind":"$kind","progress":4600,"narrative":"已完成起草"}`},
	"send-back-report":      {body: `{"reason":"数据不一致"}`},
	"request-extension":     {body: `{"due_date":"2017-12-29","reason":"招标流标","progress":5000}`},
	"opine-extension":       {body: `{"text":"情况属实"}`},
	"grant-extension":       {body: `{"due_date":"2017-12-29","text":"同意"}`},
	"refuse-extension":      {body: `{"reason":"不予延期"}`},
	"reply-urge":            {body: `{"text":"周五前报送"}`},
	"send-urges":            {body: `{"duty_ids":["$duty.active"],"content":"请报送进展"}`},
	"preview-outlooks":      {body: `{"duty_ids":["$duty.active"]}`},
	"preview-urges":         {body: `{"duty_ids":["$duty.active"]}`},
	"upload-evidence":       {query: "subject=duty&subject_id=$id&kind=%E6%88%AA%E5%9B%BE", media: formMedia, body: form("说明.txt", "已经公开")},
	"link-evidence":         {body: `{"subject":"duty","subject_id":"$id","name":"公开页面","url":"https://www.example.gov.cn/1"}`},
	"get-calendar-year":     {path: map[string]string{"year": "2017"}},
	"preview-calendar":      {body: `{"notice":"2028\n元旦 01-01..01-03"}`},
	"propose-calendar":      {body: `{"title":"节假日安排","notice":"2028\n元旦 01-01..01-03"}`},
	"refuse-calendar":       {body: `{"reason":"与原文不符"}`},
	"import-units":          {media: formMedia, body: form("units.csv", "code,name,kind,parent code\r\nnew-1,新单位,division,$code.department\r\n")},
	"enrol-second-factor":   {body: `{"password":"a-wrong-password-of-no-one"}`},
	"confirm-second-factor": {body: `{"code":"123456"}`},
	"remove-second-factor":  {body: `{"password":"a-wrong-password-of-no-one","code":"123456"}`},
	"reset-second-factor":   {body: `{"reason":"手机遗失"}`},
	"test-rule":             {body: `{"content":"id: duty.trial\nversion: 7\nsubject: duty\nlights:\n- {id: on_time, light: green}\nsteps:\n- {id: due, kind: due, at: {offset: 0, unit: day}, to: [owner]}\n","from":"2017-03-06","to":"2017-03-06"}`},
	"propose-rule":          {body: `{"content":"id: duty.trial\nversion: 7\nsubject: duty\nlights:\n- {id: on_time, light: green}\nsteps:\n- {id: due, kind: due, at: {offset: 0, unit: day}, to: [owner]}\n","applies_from":"2017-10-01"}`},
	"approve-rule":          {body: `{}`},
	"reject-rule":           {body: `{"reason":"先试行一个季度"}`},
}

const formMedia = "multipart/form-data; boundary=b0undary"

// form is a form with one file.
func form(name, content string) string {
	return "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n" +
		"Content-Type: application/octet-stream\r\n\r\n" + content + "\r\n--b0undary--\r\n"
}

var name = regexp.MustCompile(`\$[a-z_]+(\.[a-z_0-9]+)*`)

// fillIn puts the world's values in the place of $names.
func (w *world) fillIn(t testing.TB, text string) string {
	t.Helper()
	return name.ReplaceAllStringFunc(text, func(key string) string {
		value, ok := w.names[key[1:]]
		if !ok {
			t.Fatalf("the world has nothing called %s", key)
		}
		return value
	})
}

// good is the request of an operation on an object (nil: it has none).
func (w *world) good(t testing.TB, o *operation, on *object) request {
	t.Helper()
	g, given := goods[o.id]
	if on != nil {
		w.names["id"] = on.id.String()
		w.names["kind"], _, _ = strings.Cut(on.state, ".")
		for _, n := range []string{"1", "2"} {
			w.names["task.of_plan."+n] = w.names["task.issued."+n]
			if own, ok := w.names["task."+on.state+"."+n]; ok {
				w.names["task.of_plan."+n] = own
			}
		}
	}
	if o.required && !given {
		t.Fatalf("%s needs a body: write one in goods", o.id)
	}
	r := request{body: w.fillIn(t, g.body), media: g.media, path: map[string]string{}, header: map[string]string{}}
	query, err := url.ParseQuery(w.fillIn(t, g.query))
	if err != nil {
		t.Fatal(err)
	}
	r.query = query
	for name, value := range g.path {
		r.path[name] = w.fillIn(t, value)
	}
	if on != nil {
		r.path["id"] = on.id.String()
		if o.takes("header", "If-Match") {
			r.header["If-Match"] = strconv.Quote(strconv.Itoa(w.version(on)))
		}
	}
	return r
}
