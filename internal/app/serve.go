package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"

	"github.com/duban-gov/duban/internal/config"
)

// maxConnections bounds what slow clients can hold open.
const maxConnections = 2000

// Serve answers on the public and the private address and wakes the jobs until the context ends, then lets requests and jobs
// finish and stops. Started is called once with the public address, when it listens.
func (a *App) Serve(ctx context.Context, started func(address string)) error {
	listener, err := net.Listen("tcp", a.Config.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", a.Config.Listen, err)
	}
	public := server(a.Handler())
	failed := make(chan error, 3)
	go func() { failed <- public.Serve(netutil.LimitListener(listener, maxConnections)) }()
	private, err := a.servePrivate(failed)
	if err != nil {
		return errors.Join(err, public.Close())
	}
	working, stopJobs := context.WithCancel(ctx)
	defer stopJobs()
	rested := make(chan struct{})
	go func() {
		defer close(rested)
		if err := a.runJobs(working); err != nil {
			failed <- err
		}
	}()
	told := make(chan struct{})
	go func() { defer close(told); a.Live.Run(working) }()
	if started != nil {
		started(listener.Addr().String())
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	stopJobs()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), config.StopTimeout)
	defer cancel()
	err = errors.Join(ignoreClosed(err), public.Shutdown(stop))
	if private != nil {
		err = errors.Join(err, private.Shutdown(stop))
	}
	<-rested
	<-told
	return err
}

func server(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: config.ReadHeaderTimeout, ReadTimeout: config.ReadTimeout,
		IdleTimeout: config.IdleTimeout, MaxHeaderBytes: config.MaxHeaderBytes}
}

// servePrivate serves metrics and profiling on an address of their own; nothing if there is none.
func (a *App) servePrivate(failed chan<- error) (*http.Server, error) {
	if a.Config.Private == "" {
		return nil, nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.Handler())
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	listener, err := net.Listen("tcp", a.Config.Private)
	if err != nil {
		return nil, fmt.Errorf("listen on %s for metrics: %w", a.Config.Private, err)
	}
	s := server(mux)
	s.WriteTimeout = 2 * time.Minute
	go func() { failed <- s.Serve(listener) }()
	return s, nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
