package rectify

import "unicode"

// Similarity is how alike two texts are, in percent: twice the pairs of neighbouring characters that they share, over all their pairs
// (the Sørensen–Dice coefficient). Blanks and punctuation do not count and letters have no case, so it suits Chinese, which has no
// word breaks. Two empty texts are not alike.
func Similarity(a, b string) int {
	first, n := pairs(a)
	second, m := pairs(b)
	if n == 0 || m == 0 {
		return 0
	}
	shared := 0
	for pair, count := range first {
		shared += min(count, second[pair])
	}
	return 200 * shared / (n + m)
}

// pairs counts the pairs of neighbouring characters; a text of a single character is a pair with nothing.
func pairs(text string) (counts map[[2]rune]int, n int) {
	var letters []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, unicode.ToLower(r))
		}
	}
	counts = make(map[[2]rune]int, len(letters))
	if len(letters) == 1 {
		letters = append(letters, 0)
	}
	for i := 0; i+1 < len(letters); i++ {
		counts[[2]rune{letters[i], letters[i+1]}]++
		n++
	}
	return counts, n
}

// Nearest finds the pair of texts of two lists that are most alike.
func Nearest(these, those []string) (this, that string, similarity int) {
	for _, a := range these {
		for _, b := range those {
			if s := Similarity(a, b); s > similarity {
				this, that, similarity = a, b, s
			}
		}
	}
	return this, that, similarity
}

// Recurrence is how much a fault is like an earlier one of the same unit, in percent: by what was found, or by that together with the
// clause that was broken.
func Recurrence(description, basis, earlier, earlierBasis string) int {
	same := Similarity(description, earlier)
	return max(same, (same+Similarity(basis, earlierBasis))/2)
}
