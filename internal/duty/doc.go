// Package duty is the law of a duty (责任), of the reports on it and of the extensions asked for it: their states, and tables
// that say which action leads from which state to which, by whom and with what. Pure data on top of package transition.
//
// A completion request (办结申请) is a report of the kind Completion, and the duty moves with it, in one transaction:
//
//	report.review    the unit head passes the request  → duty.request_completion  active → review
//	duty.close       the verifier strikes the duty off → report.confirm           reviewed → confirmed
//	duty.send_back   the verifier refuses it           → report.send_back         reviewed → sent_back
//	extension.grant  the leader names a new date       → duty.redate              stays
//
// So a duty is in review exactly while one completion request on it is reviewed. Rows that only happen along with another
// object's action name it as Via and are taken with Table.Along; a progress report moves nothing along.
//
// Author and Reviewer of a duty are those of the completion request at hand. Whoever wrote or submitted a report is its author.
package duty
