// Package vitals tells the system administrator how the installation does (系统状态): its jobs, what waits to leave, the database, the
// room on its disks. Everything is read when it is asked for, by a number of statements that does not grow with what is on record.
package vitals

import (
	"context"
	"sync"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Condition says whether somebody should look.
type Condition string

// The conditions, from the best to the worst.
const (
	Good Condition = "good"
	Warn Condition = "warn" // look at it when there is time
	Bad  Condition = "bad"  // look at it now
)

// Settings are what the service is told of the program.
type Settings struct {
	Version    string
	Server     string       // this server as its leases name it
	Runs       func() []Run // what this server's jobs did
	Mail       bool         // whether e-mail can leave
	Bucket     bool         // whether files lie in a bucket and not in DataDir
	DataDir    string       // folder of files, and of those that still arrive where there is a bucket
	DatabaseAt string       // folder of the database; "" where it is a server of its own
	Space      func(dir string) (files.Space, error)
}

// Service answers how the installation does.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	set     Settings
	started time.Time

	counting sync.Mutex
	counted  map[ident.ID]tally // by authority, up to the id
	upTo     ident.ID
}

// New returns the service; the moment counts as the start of this server.
func New(s *store.Store, gate *access.Gate, set Settings) *Service {
	if set.Space == nil {
		set.Space = files.SpaceOf
	}
	return &Service{store: s, gate: gate, set: set, started: s.Now(), counted: map[ident.ID]tally{}}
}

// SystemState is how the installation does.
type SystemState struct {
	Now       time.Time      `json:"now" doc:"Instant by the program's clock"`
	Version   string         `json:"version" doc:"Version of the program" example:"0.1.0"`
	Server    string         `json:"server" doc:"The server that answers: machine and process" example:"duban-1/812"`
	StartedAt time.Time      `json:"started_at" doc:"Instant at which this server started; what it says of its jobs begins there"`
	Condition Condition      `json:"condition" enum:"good,warn,bad" doc:"The worst of all parts"`
	Jobs      []SystemJob    `json:"jobs" doc:"The program's own work"`
	Queue     SystemQueue    `json:"queue" doc:"What waits to leave for the caller's authority"`
	Database  SystemDatabase `json:"database" doc:"The database"`
	Storage   SystemStorage  `json:"storage" doc:"Files and the room for them"`
}

// State reads how the installation does. Only the system administrator may.
func (s *Service) State(ctx context.Context) (SystemState, error) {
	filter, err := s.gate.May(ctx, access.WebhookManage)
	if err != nil {
		return SystemState{}, err
	}
	state := SystemState{Now: s.store.Now(), Version: s.set.Version, Server: s.set.Server, StartedAt: s.started}
	if state.Jobs, err = s.jobs(ctx, state.Now); err != nil {
		return SystemState{}, err
	}
	if state.Queue, err = s.queue(ctx, filter, state.Now); err != nil {
		return SystemState{}, err
	}
	if state.Database, err = s.database(ctx); err != nil {
		return SystemState{}, err
	}
	if state.Storage, err = s.storage(ctx, filter.AuthorityID, state.Now); err != nil {
		return SystemState{}, err
	}
	state.Condition = state.worst()
	return state, nil
}

// worst is the condition of the part that is worst off.
func (v SystemState) worst() Condition {
	all := []Condition{v.Database.Condition}
	for _, job := range v.Jobs {
		all = append(all, job.Condition)
	}
	for _, channel := range v.Queue.Channels {
		all = append(all, channel.Condition)
	}
	for _, disk := range v.Storage.Disks {
		all = append(all, disk.Condition)
	}
	worst := Good
	for _, c := range all {
		if c == Bad || c == Warn && worst == Good {
			worst = c
		}
	}
	return worst
}
