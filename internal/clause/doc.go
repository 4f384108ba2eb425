// Package clause reads official plans (工作要点, 责任分工方案, 督办台账) into a draft: a tree of nodes with who owes what by when and
// how much, each value tied to the characters that it came from. It knows rules of the language, never lists of documents.
//
// Two laws hold for every input. Coverage: every character of the source stands in exactly one piece, either of a node or of
// the unplaced list. Determinism: the same source and options give the same bytes. Nothing is guessed silently: what can't be
// placed stands in the unplaced list with its reason, and a value that needs something not in the text says so (Needs).
//
// All offsets are runes (characters) of Source.Text, counted from 0, half-open.
package clause
