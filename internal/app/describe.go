package app

import (
	"os"
	"strings"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/words"
)

// Describe puts an error into the words of the command line's user: the language comes from LC_ALL or LANG.
func Describe(err error) string {
	f := fault.As(err)
	if f == nil {
		return err.Error()
	}
	lang := shellLang()
	lines := []string{words.Text(lang, "fault."+f.Code, f.Params)}
	for _, field := range f.Fields {
		lines = append(lines, "  "+field.Location+": "+words.Field(lang, field.Code, field.Params))
	}
	return strings.Join(lines, "\n")
}

// shellLang is the language of the shell; English where it says nothing of Chinese.
func shellLang() words.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			tag := strings.ReplaceAll(strings.SplitN(value, ".", 2)[0], "_", "-")
			if strings.HasPrefix(tag, "zh") {
				return words.Match(tag)
			}
			return words.En
		}
	}
	return words.En
}
