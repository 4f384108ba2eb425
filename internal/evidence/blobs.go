package evidence

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Blobs keeps the bytes of files in a folder, under names made from their content: the same bytes are kept once, nothing is
// overwritten, and no name of a user ever reaches the file system.
type Blobs struct{ dir string }

// OpenBlobs opens the folder and makes it if it is missing.
func OpenBlobs(dir string) (*Blobs, error) {
	if err := os.MkdirAll(filepath.Join(dir, incoming), 0o750); err != nil {
		return nil, fmt.Errorf("open file store: %w", err)
	}
	return &Blobs{dir: dir}, nil
}

// incoming is the folder of files that are still arriving; on the same file system, so that a rename finishes them.
const incoming = "incoming"

// errTooLarge says that the bytes went over the limit.
var errTooLarge = errors.New("file over the limit")

// stored is what is known of kept bytes.
type stored struct {
	key  string // of the bytes: their SHA-256
	size int64
}

// keep reads at most limit bytes, writes them to disk and returns their key. When it returns, the bytes survive a power cut: the
// file and its folder are synced. Look may read the file before it gets its name, and refuse it.
func (b *Blobs) keep(ctx context.Context, from io.Reader, limit int64, look func(*os.File) error) (kept stored, err error) {
	temp := filepath.Join(b.dir, incoming, rand.Text())
	f, err := os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return stored{}, fmt.Errorf("keep file: %w", err)
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if removed := os.Remove(temp); !errors.Is(removed, fs.ErrNotExist) { // it is gone once it has its name
			err = errors.Join(err, removed)
		}
	}()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(reader{ctx, from}, limit+1))
	if err != nil {
		return stored{}, fmt.Errorf("read file: %w", err)
	}
	if size > limit {
		return stored{}, errTooLarge
	}
	if err := look(f); err != nil {
		return stored{}, err
	}
	if err := f.Sync(); err != nil {
		return stored{}, fmt.Errorf("sync file: %w", err)
	}
	key := hex.EncodeToString(sum.Sum(nil))
	return stored{key: key, size: size}, b.name(temp, key)
}

// name gives a finished file its place and syncs the folder.
func (b *Blobs) name(temp, key string) error {
	path := b.path(key)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("keep file: %w", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("keep file: %w", err)
	}
	return errors.Join(syncDir(filepath.Dir(path)), syncDir(b.dir))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// open opens kept bytes for reading.
func (b *Blobs) open(key string) (io.ReadSeekCloser, error) {
	if len(key) != sha256.Size*2 {
		return nil, fmt.Errorf("%q is no key of a file", key)
	}
	return os.Open(b.path(key))
}

func (b *Blobs) path(key string) string { return filepath.Join(b.dir, key[:2], key) }

// Sweep removes files that were still arriving when the program stopped and are older than age.
func (b *Blobs) Sweep(now time.Time, age time.Duration) error {
	entries, err := os.ReadDir(filepath.Join(b.dir, incoming))
	if err != nil {
		return fmt.Errorf("sweep file store: %w", err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || now.Sub(info.ModTime()) < age {
			continue
		}
		if err := os.Remove(filepath.Join(b.dir, incoming, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("sweep file store: %w", err)
		}
	}
	return nil
}

// reader stops reading when the context ends.
type reader struct {
	ctx  context.Context
	from io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
