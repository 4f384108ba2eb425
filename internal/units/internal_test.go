package units

import "maps"

// Distance lets the property test see it.
var Distance = distance

// PathColumns lets the schema test see the list.
func PathColumns() map[string]string { return maps.Clone(pathColumns) }
