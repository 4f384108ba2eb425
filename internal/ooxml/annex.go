package ooxml

import (
	"fmt"
	"strings"
)

// annexList is the note of annexes (附件说明) one line below the text: one name without a number, several numbered.
func annexList(names []string) []Block {
	if len(names) == 0 {
		return nil
	}
	blocks := []Block{Paragraph{Style: Body}}
	if len(names) == 1 {
		return append(blocks, Paragraph{Style: Body, Text: "附件：" + names[0]})
	}
	for i, name := range names {
		lead := "　　　"
		if i == 0 {
			lead = "附件："
		}
		blocks = append(blocks, Paragraph{Style: Body, Text: fmt.Sprintf("%s%d. %s", lead, i+1, name)})
	}
	return blocks
}

// joined is a title without its line breaks.
func joined(title string) string { return strings.ReplaceAll(title, "\n", "") }
