package scenario

import (
	"container/heap"
	"context"
	"time"
)

// act is something that somebody will do at an instant.
type act struct {
	at    time.Time
	order int // acts of one instant happen in the order in which they were planned
	do    func(ctx context.Context) error
}

// agenda is what is still to come, earliest first.
type agenda struct {
	acts  []act
	count int
}

func (a *agenda) Len() int { return len(a.acts) }
func (a *agenda) Less(i, j int) bool {
	if !a.acts[i].at.Equal(a.acts[j].at) {
		return a.acts[i].at.Before(a.acts[j].at)
	}
	return a.acts[i].order < a.acts[j].order
}
func (a *agenda) Swap(i, j int) { a.acts[i], a.acts[j] = a.acts[j], a.acts[i] }
func (a *agenda) Push(x any)    { a.acts = append(a.acts, x.(act)) }
func (a *agenda) Pop() any {
	last := a.acts[len(a.acts)-1]
	a.acts = a.acts[:len(a.acts)-1]
	return last
}

// plan puts something on the agenda.
func (a *agenda) plan(at time.Time, do func(ctx context.Context) error) {
	a.count++
	heap.Push(a, act{at: at, order: a.count, do: do})
}

// next takes the earliest act that is due by an instant; false if there is none.
func (a *agenda) next(by time.Time) (act, bool) {
	if len(a.acts) == 0 || a.acts[0].at.After(by) {
		return act{}, false
	}
	return heap.Pop(a).(act), true
}
