package inspections

import (
	"context"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
)

// NumberRegister is the register of a series of document numbers: every number from 1 to last was used, once.
type NumberRegister struct {
	Kind   numbers.Kind      `json:"kind" doc:"Series" enum:"rectification,inspection,conclusion,objection,matter,interview,commendation,criticism"`
	Year   int               `json:"year" doc:"Year of the series"`
	Last   int               `json:"last" doc:"Last number taken; 0 if none"`
	Voided []VoidedDocNumber `json:"voided" doc:"Numbers that are void; they stay used"`
}

// VoidedDocNumber is a number that was taken and then voided.
type VoidedDocNumber struct {
	Serial     int      `json:"serial" doc:"Number within the year"`
	Reason     string   `json:"reason" doc:"Why it is void"`
	VoidedByID ident.ID `json:"voided_by_id" doc:"User who voided it"`
}

// Register reads one series of a year. It spans all units, so it is for those who see all inspections.
func (s *Service) Register(ctx context.Context, kind numbers.Kind, year int) (NumberRegister, error) {
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return NumberRegister{}, err
	}
	last, voided, err := s.series.Series(ctx, see.AuthorityID, kind, year)
	if err != nil {
		return NumberRegister{}, err
	}
	register := NumberRegister{Kind: kind, Year: year, Last: last, Voided: []VoidedDocNumber{}}
	for _, v := range voided {
		register.Voided = append(register.Voided, VoidedDocNumber{Serial: v.Serial, Reason: v.Reason, VoidedByID: v.ByID})
	}
	return register, nil
}
