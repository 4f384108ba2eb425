// Package rectify is the law of inspection (督查), finding (问题), rectification notice (整改通知书), reply (整改回复), objection (复核)
// and look-back (回头看), and of what an authority sets for them: their
// states, and tables that say which action leads from which state to which, by whom and with what. Pure data on top of
// package transition.
//
// Findings and replies move with the notice that carries them, in one transaction (Table.Along):
//
//	notice.serve      finding.order   open → ordered, for every finding in the notice
//	notice.void       finding.release ordered → open
//	notice.close      finding.close   ordered → closed       reply.accept     submitted → accepted
//	notice.reopen     finding.reopen  closed → ordered
//	notice.reply      reply.submit    → submitted
//	notice.send_back  reply.send_back submitted → sent_back
//	notice.plan, accept_plan, return_plan: the same for the plan (整改方案), the first of the unit's two answers
//	notice.fail       finding.pass_on ordered → open         reply.reject     submitted → sent_back
//	objection.revoke  notice.annul    → voided               finding.dismiss  ordered → dismissed
//	objection.change  notice.revise   the state stays
//
// Holder is whoever acts for the unit to which the finding or notice is addressed; Replier wrote the reply at hand.
package rectify
