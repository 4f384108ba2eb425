package bench

import "context"

// bytesPerDuty is what the database takes for each duty that it holds, open or closed: the duty, its clock, one event of its
// history and every index, with the units, people and tasks around it. The bare side is the row of the duty alone.
func bytesPerDuty(ctx context.Context, s *site) ([]Row, error) {
	whole, alone := "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", "SELECT sum(pgsize) FROM dbstat WHERE name = 'duties'"
	if s.store.Postgres() {
		whole, alone = "SELECT pg_database_size(current_database())", "SELECT pg_relation_size('duties')"
	}
	var all, row1 float64
	if err := s.bare.QueryRowContext(ctx, whole).Scan(&all); err != nil {
		return nil, err
	}
	if err := s.bare.QueryRowContext(ctx, alone).Scan(&row1); err != nil {
		return nil, err
	}
	n := float64(len(s.units) * dutiesEach)
	return []Row{{Measure: "size", Duties: s.size, Unit: "bytes a duty", Ours: Cost{Rate: all / n}, Bare: Cost{Rate: row1 / n}, Ratio: all / row1}}, nil
}
