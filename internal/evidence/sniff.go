package evidence

import (
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"github.com/duban-gov/duban/internal/fault"
)

const (
	zipType = "application/zip"
	oleType = "application/x-ole-storage"
)

// accepted maps the extension of a file to what its bytes may turn out to be; the first is what it is served as. Programs,
// pages and macros are not evidence.
var accepted = map[string][]string{
	".pdf":  {"application/pdf"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", zipType},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zipType},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", zipType},
	".doc":  {"application/msword", oleType},
	".xls":  {"application/vnd.ms-excel", oleType},
	".ppt":  {"application/vnd.ms-powerpoint", oleType},
	".wps":  {"application/vnd.ms-works", oleType, "application/msword"},
	".et":   {"application/vnd.ms-excel", oleType},
	".ofd":  {"application/ofd", zipType},
	".jpg":  {"image/jpeg"},
	".jpeg": {"image/jpeg"},
	".png":  {"image/png"},
	".tif":  {"image/tiff"},
	".tiff": {"image/tiff"},
	".txt":  {"text/plain"},
	".csv":  {"text/csv", "text/plain"},
	".mp4":  {"video/mp4"},
	".zip":  {zipType},
}

// maxName is how many bytes a file name may have.
const maxName = 200

// cleanName is the last part of a name as a user's system gave it; it is shown and offered for download, never used as a path.
func cleanName(name string) (string, error) {
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	hidden := func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
	}
	if name == "." || name == "/" || len(name) > maxName || strings.ContainsFunc(name, hidden) {
		return "", fault.BadField("body.file", "file.name")
	}
	return name, nil
}

// sniff finds the media type of a file from its bytes and holds it against the extension of its name.
func sniff(f *os.File, name string) (string, error) {
	extension := strings.ToLower(path.Ext(name))
	types, ok := accepted[extension]
	if !ok {
		return "", badFile("file.extension", extension)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	found, err := mimetype.DetectReader(f)
	if err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	if !slices.ContainsFunc(types, found.Is) {
		return "", badFile("file.content", extension)
	}
	return types[0], nil
}

func badFile(code, extension string) error {
	return fault.BadFields(fault.Field{Location: "body.file", Code: code, Params: fault.Params{"extension": extension}})
}
