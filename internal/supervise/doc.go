// Package supervise is the law of the supervisors' acts (督办): how soon a unit may be urged again, how long an instruction and a
// supervised matter run where nobody says so, and the states of matters (立项), instructions (批示), interviews (约谈) and
// circulars (通报表扬、通报批评). Pure data and functions; the periods come from the rule files matters.yaml and urges.yaml.
//
// Order 733 art. 11: a matter is fixed by an instruction of the head, or proposed and then approved; it is never active before.
// Art. 21: commendation and criticism are proposed and then approved. So who proposes never approves: the tables say so.
package supervise
