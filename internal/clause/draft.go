package clause

import "github.com/duban-gov/duban/internal/plan"

// Draft is a plan as read from a source.
type Draft struct {
	// Title, Number and Year are the document's own; Year is 0 if neither the options nor the document say it.
	Title      string `json:"title,omitempty"`
	TitleSpan  Span   `json:"title_span,omitzero"`
	Number     string `json:"number,omitempty"` // 文号
	NumberSpan Span   `json:"number_span,omitzero"`
	Year       int    `json:"year,omitempty"`
	// YearFrom says where Year comes from: option, number, title, date.
	YearFrom     string       `json:"year_from,omitempty"`
	Declarations Declarations `json:"declarations,omitzero"`
	// Nodes are in document order; a parent stands before its children.
	Nodes []Node `json:"nodes"`
	// Unplaced is every piece of the source that is in no node, with the reason.
	Unplaced []Unplaced `json:"unplaced"`
}

// Node is a section, key point, task or subtask of the draft.
type Node struct {
	ID     int           `json:"id"`               // from 1, in document order
	Parent int           `json:"parent,omitempty"` // 0 at the root
	Depth  int           `json:"depth"`            // 0 at the root
	Kind   plan.NodeKind `json:"kind"`
	// Number is the numbering as written (（一）, 12.); "" if there is none.
	Number string `json:"number,omitempty"`
	Title  string `json:"title"`
	// Text is the node's own wording without its number and without the responsibility clause.
	Text string `json:"text,omitempty"`
	// Span goes from the node's first to its last own character.
	Span   Span    `json:"span"`
	Pieces []Piece `json:"pieces"`
	// General marks parts that ask for nothing (指导思想, 基本原则).
	General     bool         `json:"general,omitempty"`
	Mode        Mode         `json:"mode,omitempty"`
	Assignments []Assignment `json:"assignments,omitempty"`
	// Open says that the list of bodies ends with 等: there are more than it names.
	Open       bool       `json:"open,omitempty"`
	Scope      []string   `json:"scope,omitempty"` // 适用范围, 推广范围: where it holds, no units
	Deadline   Deadline   `json:"deadline"`
	Milestones []Deadline `json:"milestones,omitempty"`
	Targets    []Target   `json:"targets,omitempty"`
	// Leaders are the persons named in a table or label (分管领导, 责任人) as written.
	Leaders []string `json:"leaders,omitempty"`
}

// PieceKind is what a piece of a node is.
type PieceKind string

const (
	PieceNumber PieceKind = "number" // 序号
	PieceTitle  PieceKind = "title"
	PieceBody   PieceKind = "body"
	PieceDuty   PieceKind = "duty" // the responsibility clause, and a labelled time limit
	PieceCell   PieceKind = "cell"
	PieceMark   PieceKind = "mark" // separators, list marks, white space
)

// Piece is a stretch of source that belongs to one node.
type Piece struct {
	Kind PieceKind `json:"kind"`
	Span Span      `json:"span"`
}

// Assignment is one responsible body of a node.
type Assignment struct {
	Part plan.AssignmentPart `json:"part"`
	// Name is as the text has it; FullName is set where the text left out a prefix shared with a name before it.
	Name     string `json:"name"`
	FullName string `json:"full_name,omitempty"`
	Span     Span   `json:"span"`
	Mode     Mode   `json:"mode"`
	// Inherited marks a collective that an earlier declaration gave (以下均需…落实，不再列出); its span is the declaration's.
	Inherited bool `json:"inherited,omitempty"`
}

// Reason is why a piece is in no node.
type Reason string

const (
	Blank      Reason = "blank"      // white space between blocks
	TitleText  Reason = "title"      // the document's title
	DocNumber  Reason = "number"     // 文号
	Addressee  Reason = "addressee"  // 主送机关
	Preamble   Reason = "preamble"   // text before the first part
	Signature  Reason = "signature"  // 落款, date, 此件公开发布
	Attachment Reason = "attachment" // 附件 list and marks
	TableHead  Reason = "table_head" // the header row of a table
	Note       Reason = "note"       // contact, copy list, file remarks
	Unknown    Reason = "unknown"
)

// Unplaced is a piece of the source that stands in no node.
type Unplaced struct {
	Span   Span   `json:"span"`
	Text   string `json:"text"`
	Reason Reason `json:"reason"`
}

// Options steer the reading.
type Options struct {
	// Year is the document's year where the user knows it; 0 lets the document say it.
	Year int
}

// Children lists the nodes directly below id (0 for the root), in order.
func (d Draft) Children(id int) []Node {
	var out []Node
	for _, n := range d.Nodes {
		if n.Parent == id {
			out = append(out, n)
		}
	}
	return out
}

// Node is the node with an id; false if there is none.
func (d Draft) Node(id int) (Node, bool) {
	if id < 1 || id > len(d.Nodes) {
		return Node{}, false
	}
	return d.Nodes[id-1], true
}
