package plans

// SmallChunks makes issuing hand out one node a transaction.
func SmallChunks(s *Service) { s.chunk = 1 }
