//go:build linux

package document

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
)

// memoryCeiling is what a process may hold at its peak, in KiB, while it reads the worst file: the limits of one worksheet and of a
// document's text, several times over.
const memoryCeiling = 512 << 10

// hostile are files made to fill the memory, each with the fault that must name it.
func hostile(t *testing.T) map[string]struct {
	raw  []byte
	code string
} {
	t.Helper()
	var rows strings.Builder
	for k := 1; k <= 1_000_000; k++ {
		fmt.Fprintf(&rows, `<row r="%d"><c><v>1</v></c></row>`, k)
	}
	million := replaced(t, workbook(t, nil), "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+rows.String()+`</sheetData></worksheet>`)
	var blank strings.Builder
	for k := 1; k <= 190_000; k++ {
		fmt.Fprintf(&blank, `<row r="%d"><c s="0"/><c s="0"/></row>`, k)
	}
	coloured := replaced(t, workbook(t, nil), "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+blank.String()+`</sheetData></worksheet>`)
	paragraphs := strings.Repeat(par("推进学校建设"), 400_000)
	return map[string]struct {
		raw  []byte
		code string
	}{
		"a million rows":       {million, "document.too_many_cells"},
		"rows without a value": {coloured, "document.empty"},
		"a document too large": {word(t, paragraphs), "document.text_too_long"},
		"a part of blanks":     {pack(t, "word/document.xml", `<w:document `+wordNS+`><w:body>`+strings.Repeat(" ", MaxPart+1)), "document.bomb"},
	}
}

// TestRead_holds_its_memory_on_hostile_files reads each in a process of its own and looks at the most that it ever held.
func TestRead_holds_its_memory_on_hostile_files(t *testing.T) {
	if file := os.Getenv("DUBAN_HOSTILE"); file != "" {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Read(filepath.Base(file), raw)
		fmt.Printf("code=%s peak=%d\n", fault.CodeOf(err), peak(t))
		return
	}
	for name, c := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "hostile")
			if err := os.WriteFile(file, c.raw, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(os.Args[0], "-test.run=^"+"TestRead_holds_its_memory_on_hostile_files$", "-test.v")
			cmd.Env = append(os.Environ(), "DUBAN_HOSTILE="+file)
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "code="+c.code) {
				t.Fatalf("want %s, got %v: %s", c.code, err, out)
			}
			var held int
			_, rest, _ := strings.Cut(string(out), "peak=")
			if _, err := fmt.Sscan(rest, &held); err != nil || held == 0 {
				t.Fatalf("no peak in %s", out)
			}
			t.Logf("%d bytes, peak %d MiB, %v of processor", len(c.raw), held>>10, cmd.ProcessState.UserTime())
			if held > memoryCeiling {
				t.Errorf("held %d KiB", held)
			}
		})
	}
}

// peak is the most that this process ever held, in KiB.
func peak(t *testing.T) (kib int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatal(err)
	}
	return kib
}
