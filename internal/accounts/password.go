package accounts

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"github.com/duban-gov/duban/internal/fault"
)

// Lengths of a password in characters (ASVS 5.0 6.2.1: 15 without a second factor, kept for everybody: the factor can be taken
// away again; 6.2.9: at least 64 are allowed). No rule of composition and no rotation (6.2.5, 6.2.10).
const (
	MinPassword = 15
	MaxPassword = 200

	// minOwn is how many characters must be left when known words, runs and repetitions are taken away.
	minOwn = 6
)

// cost is argon2id with 19 MiB, two passes, one lane (OWASP's recommendation).
var cost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobody is compared with when there is no such user, so that the answer takes as long.
var nobody = fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", cost.Memory, cost.Iterations, cost.Parallelism,
	strings.Repeat("A", 22), strings.Repeat("A", 43))

// hasher hashes passwords, at most as many at once as there are cores: each takes 19 MiB and a core.
type hasher struct{ slots chan struct{} }

func newHasher() *hasher { return &hasher{slots: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// take waits for a slot; the returned function gives it back.
func (h *hasher) take(ctx context.Context) (func(), error) {
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, "unavailable").Because(ctx.Err())
	}
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	give, err := h.take(ctx)
	if err != nil {
		return "", err
	}
	defer give()
	hash, err := argon2id.CreateHash(norm.NFC.String(password), &cost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// matches compares in constant time; an empty hash (no such user, or no password set) costs the same and never matches.
func (h *hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	give, err := h.take(ctx)
	if err != nil {
		return false, err
	}
	defer give()
	known := hash != ""
	if !known {
		hash = nobody
	}
	if utf8.RuneCountInString(password) > MaxPassword {
		password = ""
	}
	ok, err := argon2id.ComparePasswordAndHash(norm.NFC.String(password), hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return ok && known, nil
}

// Hash makes the kept form of a password; the sample uses it for its printed sign-ins.
func (s *Service) Hash(ctx context.Context, password string) (string, error) {
	return s.hasher.hash(ctx, password)
}

// commonWords are pieces of which guessable passwords are built, in small letters.
var commonWords = []string{
	"password", "passwd", "passw0rd", "p@ssword", "p@ssw0rd", "admin", "administrator", "root", "welcome", "letmein", "iloveyou", "woaini",
	"qwerty", "asdfgh", "zxcvbn", "qazwsx", "1qaz2wsx", "changeme", "default", "secret", "login", "user", "test", "guest", "office",
	"duban", "ducha", "jiaoyu", "jiaoyuting", "督办", "督查", "督查督办", "密码", "教育厅", "教育局", "办公室", "管理员",
}

// checkPassword holds the password rules; about are the words that belong to the user and the authority.
func checkPassword(location, password string, about ...string) error {
	password = norm.NFC.String(password)
	bad := func(code string, n int) error {
		return fault.BadFields(fault.Field{Location: location, Code: code, Params: fault.Params{"n": n}})
	}
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return bad("password.short", MinPassword)
	case n > MaxPassword:
		return bad("password.long", MaxPassword)
	}
	if strings.ContainsFunc(password, unicode.IsControl) {
		return bad("password.control", 0)
	}
	if own(password, about) < minOwn {
		return bad("password.guessable", minOwn)
	}
	return nil
}

// own counts the characters that are left of a password without known words, runs (abcd, 4321) and repetitions.
func own(password string, about []string) int {
	rest := strings.ToLower(password)
	for _, word := range append(slices.Clone(about), commonWords...) {
		if word = strings.ToLower(strings.TrimSpace(word)); utf8.RuneCountInString(word) >= 2 {
			rest = strings.ReplaceAll(rest, word, "\x00")
		}
	}
	seen := map[rune]int{}
	left := 0
	var before rune
	for _, r := range rest {
		step := r - before
		before = r
		if r == 0 || step == 0 || step == 1 || step == -1 {
			continue
		}
		if seen[r]++; seen[r] <= 2 { // a third time is a pattern, not a choice
			left++
		}
	}
	return left
}
