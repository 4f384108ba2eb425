package files

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// AWS Signature Version 4 for the service s3, as docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html has it.
const (
	algorithm = "AWS4-HMAC-SHA256"
	service   = "s3"
	stampForm = "20060102T150405Z"

	emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" // SHA-256 of nothing
)

// credentials are whose requests they are.
type credentials struct{ access, secret, region string }

// sign adds the headers that prove whose request it is, that it is of this moment, and which body it carries (hash is the body's
// SHA-256 in hex). Every header that stands in the request by then is signed.
func sign(r *http.Request, hash string, c credentials, now time.Time) {
	stamp := now.UTC().Format(stampForm)
	r.Header.Set("X-Amz-Date", stamp)
	r.Header.Set("X-Amz-Content-Sha256", hash)
	names, headers := signedHeaders(r)
	canonical := strings.Join([]string{r.Method, r.URL.EscapedPath(), canonicalQuery(r.URL), headers, names, hash}, "\n")
	scope := strings.Join([]string{stamp[:8], c.region, service, "aws4_request"}, "/")
	sum := sha256.Sum256([]byte(canonical))
	text := strings.Join([]string{algorithm, stamp, scope, hex.EncodeToString(sum[:])}, "\n")
	key := []byte("AWS4" + c.secret)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	r.Header.Set("Authorization", algorithm+" Credential="+c.access+"/"+scope+",SignedHeaders="+names+",Signature="+hex.EncodeToString(mac(key, text)))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// signedHeaders are the names, between semicolons, and the lines of the host and of every header.
func signedHeaders(r *http.Request) (names, lines string) {
	values := map[string]string{"host": r.Host}
	if r.Host == "" {
		values["host"] = r.URL.Host
	}
	for name, all := range r.Header {
		values[strings.ToLower(name)] = strings.TrimSpace(strings.Join(all, ","))
	}
	sorted := make([]string, 0, len(values))
	for name := range values {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	var b strings.Builder
	for _, name := range sorted {
		b.WriteString(name + ":" + values[name] + "\n")
	}
	return strings.Join(sorted, ";"), b.String()
}

// canonicalQuery sorts the parameters and writes blanks as %20.
func canonicalQuery(u *url.URL) string { return strings.ReplaceAll(u.Query().Encode(), "+", "%20") }
