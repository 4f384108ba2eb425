package files

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/fault"
)

// BucketSettings name a bucket of an S3-compatible store.
type BucketSettings struct {
	Endpoint    string // "https://host" or "https://host:port"
	Bucket      string
	Region      string
	AccessKey   string
	SecretKey   string
	Prefix      string           // in front of every key
	VirtualHost bool             // the bucket stands in the host name; else in the path, as most private stores want it
	Now         func() time.Time // requests are signed with their time
	Client      *http.Client     // one with a limit of ten minutes if nil
}

// Bucket keeps files in a bucket. What arrives is written aside on this machine first, so that it can be looked at and its hash is
// known before the store hears of it; every upload is signed with that hash, so what stands under a key is whole.
type Bucket struct {
	set    BucketSettings
	aside  *Folder
	client *http.Client
}

// transferLimit is how long one upload or download may take.
const transferLimit = 10 * time.Minute

// NewBucket returns the bucket; aside is where files lie while they arrive.
func NewBucket(set BucketSettings, aside *Folder) *Bucket {
	client := set.Client
	if client == nil {
		client = &http.Client{Timeout: transferLimit, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return &Bucket{set: set, aside: aside, client: client}
}

// Keep stores content and returns its key.
func (b *Bucket) Keep(raw []byte) (key string, err error) {
	kept, err := b.Take(context.Background(), bytes.NewReader(raw), int64(len(raw)), nil)
	return kept.Key, err
}

// Take reads at most limit bytes, lets look see them and puts them into the bucket under their hash. Errors: ErrTooLarge;
// unavailable when the store does not take them.
func (b *Bucket) Take(ctx context.Context, from io.Reader, limit int64, look func(*os.File) error) (Kept, error) {
	return b.aside.receive(ctx, from, limit, look, func(file *os.File, kept Kept) error {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("read file again: %w", err)
		}
		answer, err := b.send(ctx, http.MethodPut, kept.Key, io.NopCloser(file), kept.Size, kept.Key)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return refused("keep", kept.Key, answer)
		}
		return nil
	})
}

// Open opens the content of a key for reading; an unknown key is not found.
func (b *Bucket) Open(key string) (io.ReadCloser, error) {
	if !valid(key) {
		return nil, fault.Missing("file")
	}
	answer, err := b.send(context.Background(), http.MethodGet, key, nil, 0, emptyHash)
	if err != nil {
		return nil, err
	}
	switch answer.StatusCode {
	case http.StatusOK:
		return answer.Body, nil
	case http.StatusNotFound:
		_ = answer.Body.Close()
		return nil, fault.Missing("file")
	}
	defer answer.Body.Close()
	return nil, refused("open", key, answer)
}

// Read returns the content of a key; content that does not fit its key is an error.
func (b *Bucket) Read(key string) ([]byte, error) { return read(b, key) }

// Sweep removes files that were still arriving on this machine when the program stopped.
func (b *Bucket) Sweep(now time.Time, age time.Duration) error { return b.aside.Sweep(now, age) }

// send signs and sends one request about a key.
func (b *Bucket) send(ctx context.Context, method, key string, body io.Reader, size int64, hash string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, b.address(key), body)
	if err != nil {
		return nil, fmt.Errorf("ask store of files: %w", err)
	}
	r.ContentLength = size
	sign(r, hash, credentials{b.set.AccessKey, b.set.SecretKey, b.set.Region}, b.set.Now())
	answer, err := b.client.Do(r)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "unavailable").Because(fmt.Errorf("ask store of files: %w", err))
	}
	return answer, nil
}

// address is where a key lies; keys are plain hex and prefixes plain words, so nothing needs escaping twice.
func (b *Bucket) address(key string) string {
	u, _ := url.Parse(b.set.Endpoint) // the settings were checked
	u.Path = "/" + b.set.Prefix + key[:2] + "/" + key
	if b.set.VirtualHost {
		u.Host = b.set.Bucket + "." + u.Host
	} else {
		u.Path = "/" + b.set.Bucket + u.Path
	}
	return u.String()
}

// maxAnswer is how much of a refusal goes into the log.
const maxAnswer = 500

func refused(act, key string, answer *http.Response) error {
	said, _ := io.ReadAll(io.LimitReader(answer.Body, maxAnswer)) // best effort: the status alone says enough
	return fault.New(fault.Unavailable, "unavailable").Because(
		fmt.Errorf("%s file %s: the store answered %s: %s", act, key, answer.Status, strings.TrimSpace(string(said))))
}
