package clause

import (
	"regexp"
	"sync"
)

// lazy is a regular expression that is compiled at its first use. The expressions of this package take ten megabytes and half of
// the program's start when they are compiled with it; a server that reads no document never needs them.
type lazy struct {
	compiled func() *regexp.Regexp
}

// expressions lists every expression of the package, so that a test compiles each.
var expressions []*lazy

func rx(text string) *lazy {
	l := &lazy{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
	expressions = append(expressions, l)
	return l
}

func (l *lazy) MatchString(s string) bool            { return l.compiled().MatchString(s) }
func (l *lazy) FindString(s string) string           { return l.compiled().FindString(s) }
func (l *lazy) FindStringIndex(s string) []int       { return l.compiled().FindStringIndex(s) }
func (l *lazy) FindStringSubmatch(s string) []string { return l.compiled().FindStringSubmatch(s) }

func (l *lazy) FindStringSubmatchIndex(s string) []int {
	return l.compiled().FindStringSubmatchIndex(s)
}

func (l *lazy) FindAllStringIndex(s string, n int) [][]int {
	return l.compiled().FindAllStringIndex(s, n)
}

func (l *lazy) FindAllStringSubmatch(s string, n int) [][]string {
	return l.compiled().FindAllStringSubmatch(s, n)
}

func (l *lazy) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return l.compiled().FindAllStringSubmatchIndex(s, n)
}

func (l *lazy) ReplaceAllString(s, by string) string { return l.compiled().ReplaceAllString(s, by) }

func (l *lazy) ReplaceAllStringFunc(s string, by func(string) string) string {
	return l.compiled().ReplaceAllStringFunc(s, by)
}
