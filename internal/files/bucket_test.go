package files_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
)

// fake is a store that keeps objects in memory and believes nobody: it computes every signature anew from what came over the
// wire, with code of its own, and holds the body against the hash that was signed.
type fake struct {
	mu      sync.Mutex
	objects map[string][]byte
	now     time.Time
	down    bool
}

const (
	accessKey = "TESTACCESS"
	secretKey = "test/secret+key"
	region    = "cn-north-1"
)

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	if f.down {
		http.Error(w, "SlowDown", http.StatusServiceUnavailable)
		return
	}
	if why := f.suspicious(r, body); why != "" {
		http.Error(w, why, http.StatusForbidden)
		return
	}
	switch content, there := f.objects[r.URL.Path]; {
	case r.Method == http.MethodPut:
		f.objects[r.URL.Path] = body
	case !there:
		http.Error(w, "NoSuchKey", http.StatusNotFound)
	default:
		_, _ = w.Write(content)
	}
}

// suspicious says what is wrong with a request's signature; "" if nothing is.
func (f *fake) suspicious(r *http.Request, body []byte) string {
	var credential, names, signature string
	auth := strings.TrimPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	for _, part := range strings.Split(auth, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch key {
		case "Credential":
			credential = value
		case "SignedHeaders":
			names = value
		case "Signature":
			signature = value
		}
	}
	stamp := r.Header.Get("X-Amz-Date")
	at, err := time.Parse("20060102T150405Z", stamp)
	if err != nil || f.now.Sub(at).Abs() > 15*time.Minute {
		return "RequestTimeTooSkewed"
	}
	scope := at.Format("20060102") + "/" + region + "/s3/aws4_request"
	if credential != accessKey+"/"+scope || !strings.Contains(names, "host") || !strings.Contains(names, "x-amz-date") {
		return "InvalidAccessKeyId"
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(body))
	if sum != r.Header.Get("X-Amz-Content-Sha256") {
		return "XAmzContentSHA256Mismatch"
	}
	request := r.Method + "\n" + r.URL.EscapedPath() + "\n" + r.URL.RawQuery + "\n"
	for _, name := range strings.Split(names, ";") {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		request += name + ":" + value + "\n"
	}
	request += "\n" + names + "\n" + sum
	key := "AWS4" + secretKey
	for _, part := range []string{at.Format("20060102"), region, "s3", "aws4_request"} {
		key = hash(key, part)
	}
	if hex.EncodeToString([]byte(hash(key, "AWS4-HMAC-SHA256\n"+stamp+"\n"+scope+"\n"+fmt.Sprintf("%x", sha256.Sum256([]byte(request)))))) != signature {
		return "SignatureDoesNotMatch"
	}
	return ""
}

func hash(key, text string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return string(h.Sum(nil))
}

func newFake(t *testing.T, change func(*files.BucketSettings)) (*fake, *files.Bucket, string) {
	t.Helper()
	f := &fake{objects: map[string][]byte{}, now: time.Date(2017, 3, 6, 1, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	set := files.BucketSettings{Endpoint: server.URL, Bucket: "duban", Region: region, AccessKey: accessKey, SecretKey: secretKey, Prefix: "evidence/",
		Now: func() time.Time { return f.now }, Client: server.Client()}
	if change != nil {
		change(&set)
	}
	dir := t.TempDir()
	return f, files.NewBucket(set, files.In(dir)), dir
}

// stores are the same tests for a folder and a bucket: whoever keeps files does not notice which it is.
func stores(t *testing.T) map[string]files.Store {
	_, bucket, _ := newFake(t, nil)
	return map[string]files.Store{"folder": files.In(t.TempDir()), "bucket": bucket}
}

func TestStore(t *testing.T) {
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			content := bytes.Repeat([]byte("公开目录"), 5000)
			kept, err := store.Take(t.Context(), bytes.NewReader(content), 1<<20, func(f *os.File) error {
				first := make([]byte, 12)
				if _, err := f.ReadAt(first, 0); err != nil || string(first) != "公开目录" {
					t.Errorf("look saw %q, %v", first, err)
				}
				return nil
			})
			if err != nil || kept.Size != int64(len(content)) || kept.Key != fmt.Sprintf("%x", sha256.Sum256(content)) {
				t.Fatalf("kept %+v, %v", kept, err)
			}
			again, err := store.Keep(content)
			if err != nil || again != kept.Key {
				t.Errorf("the same content again got %s, %v", again, err)
			}
			if got, err := store.Read(kept.Key); err != nil || !bytes.Equal(got, content) {
				t.Errorf("read %d bytes, %v", len(got), err)
			}
			for _, unknown := range []string{strings.Repeat("0", 64), "../secret", ""} {
				if _, err := store.Open(unknown); fault.KindOf(err) != fault.NotFound {
					t.Errorf("open %q: %v", unknown, err)
				}
			}
			if _, err := store.Take(t.Context(), bytes.NewReader(content), 10, nil); !errors.Is(err, files.ErrTooLarge) {
				t.Errorf("too much got %v", err)
			}
			no := errors.New("not this one")
			if _, err := store.Take(t.Context(), strings.NewReader("x"), 10, func(*os.File) error { return no }); !errors.Is(err, no) {
				t.Errorf("what look refuses got %v", err)
			}
		})
	}
}

func TestBucket_leaves_nothing_on_this_machine(t *testing.T) {
	_, bucket, dir := newFake(t, nil)
	if _, err := bucket.Keep([]byte("a")); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBucket_that_does_not_answer_well_is_unavailable(t *testing.T) {
	for name, change := range map[string]func(*files.BucketSettings){
		"with_a_wrong_secret": func(s *files.BucketSettings) { s.SecretKey = "wrong" },
		"with_a_wrong_key":    func(s *files.BucketSettings) { s.AccessKey = "wrong" },
		"with_a_clock_beside": func(s *files.BucketSettings) {
			s.Now = func() time.Time { return time.Date(2017, 3, 6, 2, 0, 0, 0, time.UTC) }
		},
		"at_a_closed_port": func(s *files.BucketSettings) { s.Endpoint = "http://127.0.0.1:1" },
	} {
		t.Run(name, func(t *testing.T) {
			_, bucket, _ := newFake(t, change)
			if _, err := bucket.Keep([]byte("a")); fault.KindOf(err) != fault.Unavailable {
				t.Errorf("keep got %v", err)
			}
			if _, err := bucket.Open(strings.Repeat("0", 64)); fault.KindOf(err) != fault.Unavailable {
				t.Errorf("open got %v", err)
			}
		})
	}
}

func TestBucket_with_the_bucket_in_the_host_name(t *testing.T) {
	f, _, _ := newFake(t, nil)
	server := httptest.NewServer(f)
	defer server.Close()
	client := &http.Client{Transport: reach{server.Listener.Addr().String(), http.DefaultTransport}}
	bucket := files.NewBucket(files.BucketSettings{Endpoint: "http://store.example", Bucket: "duban", Region: region, AccessKey: accessKey, SecretKey: secretKey,
		VirtualHost: true, Now: func() time.Time { return f.now }, Client: client}, files.In(t.TempDir()))
	key, err := bucket.Keep([]byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, there := f.objects["/"+key[:2]+"/"+key]; !there {
		t.Errorf("kept at %v", f.objects)
	}
}

// reach sends every request to one address and leaves its host name.
type reach struct {
	address string
	next    http.RoundTripper
}

func (r reach) RoundTrip(q *http.Request) (*http.Response, error) {
	if q.URL.Host != "duban.store.example" {
		return nil, fmt.Errorf("asked %s", q.URL.Host)
	}
	clone := q.Clone(q.Context())
	clone.Host, clone.URL.Host = q.URL.Host, r.address
	return r.next.RoundTrip(clone)
}
