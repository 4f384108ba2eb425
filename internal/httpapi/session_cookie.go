package httpapi

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// cookieName is __Host- bound over HTTPS; a plain name only where the program serves loopback without TLS.
func (a *API) cookieName() string {
	if a.Secure {
		return "__Host-duban"
	}
	return "duban"
}

// sessionCookie is the cookie that carries a session secret; an empty secret ends it. Its life is a length of time, not a date:
// the program's clock may stand in another year than the browser's (a year that is played again).
func (a *API) sessionCookie(secret string, expires time.Time) http.Cookie {
	c := http.Cookie{Name: a.cookieName(), Value: secret, Path: "/", HttpOnly: true, Secure: a.Secure, SameSite: http.SameSiteLaxMode}
	c.MaxAge = max(1, int(expires.Sub(a.Now()).Seconds()))
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

// clientAddress is the caller's address; X-Forwarded-For counts only behind a listed proxy.
func (a *API) clientAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if !slices.Contains(a.Proxies, host) {
		return host
	}
	forwarded := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	if last := strings.TrimSpace(forwarded[len(forwarded)-1]); net.ParseIP(last) != nil {
		return last
	}
	return host
}
