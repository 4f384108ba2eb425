package app

import "context"

// advice says what each weakness of the database's durability means.
var advice = map[string]string{
	"fsync":              "fsync is off: a power cut loses or corrupts data",
	"synchronous_commit": "synchronous_commit is off: a crash loses acknowledged writes",
	"standby":            "standbys replicate asynchronously: set synchronous_standby_names, or a failover loses acknowledged writes",
}

// warn logs what makes acknowledged writes less safe than they should be.
func (a *App) warn(ctx context.Context) error {
	warnings, err := a.Store.Durability(ctx)
	for _, w := range warnings {
		a.logger.WarnContext(ctx, advice[w], "setting", w)
	}
	return err
}
