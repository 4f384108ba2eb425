package httpapi

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "duban_http_request_seconds", Help: "Time to answer a request, by method, route and status.",
	Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5},
}, []string{"method", "route", "status"})

// observe counts a request under its route pattern, never its path, so that ids make no new series.
func observe(r *http.Request, status int, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	requests.WithLabelValues(r.Method, route, strconv.Itoa(status)).Observe(took.Seconds())
}
