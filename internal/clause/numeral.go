package clause

import (
	"strconv"
	"strings"
)

// digitWord matches a whole number in Arabic or Chinese digits.
const digitWord = `(?:[0-9]+|[〇○零一二两三四五六七八九十]+)`

var chineseDigits = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// wholeNumber reads a whole number in Arabic or Chinese digits (十五, 二十, 二〇二五); false if it is none or over a million.
func wholeNumber(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, n >= 0 && n <= 1e6
	}
	if s == "" || len(s) > 60 {
		return 0, false
	}
	if !strings.ContainsAny(s, "十百") {
		n := 0
		for _, r := range s {
			d, ok := chineseDigits[r]
			if !ok || n > 1e6 {
				return 0, false
			}
			n = n*10 + d
		}
		return n, true
	}
	total, digit, seen := 0, 0, false
	for _, r := range s {
		unit := map[rune]int{'十': 10, '百': 100}[r]
		d, isDigit := chineseDigits[r]
		switch {
		case isDigit:
			digit, seen = d, true
		case unit > 0 && !seen && total == 0:
			total, seen = unit, false // 十五
		case unit > 0 && seen:
			total, digit, seen = total+digit*unit, 0, false
		default:
			return 0, false
		}
	}
	return total + digit, true
}
