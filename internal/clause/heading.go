package clause

import (
	"unicode"
	"unicode/utf8"
)

// Heading sets a number before a title as documents do: a mark closes the number ("26.", "（一）", "三、"), a blank parts a number
// without one ("6", "岚教督办〔2017〕1号") from the title.
func Heading(number, title string) string {
	last, _ := utf8.DecodeLastRuneInString(number)
	if number == "" || unicode.IsPunct(last) {
		return number + title
	}
	return number + " " + title
}

// longestTitle is how much of a description stands for what it describes, in characters.
const longestTitle = 60

// Short is a description where it stands for what it describes, in a list or a message: its beginning, if it is long.
func Short(text string) string {
	if runes := []rune(text); len(runes) > longestTitle {
		return string(runes[:longestTitle]) + "…"
	}
	return text
}
