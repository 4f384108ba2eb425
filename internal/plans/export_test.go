package plans

import "context"

// AfterChunk makes issuing hand out one node a transaction and calls then after n of them, until the returned function is called.
func AfterChunk(s *Service, n int, then func()) (stop func()) {
	s.chunk = 1
	s.after = func(context.Context) {
		if n--; n == 0 {
			then()
		}
	}
	return func() { s.chunk, s.after = issueChunk, nil }
}
