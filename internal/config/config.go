// Package config is the program's settings: one struct, defaults < file < environment < flags. Unknown keys are refused and
// Validate lists every fault at once.
package config

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"gopkg.in/yaml.v3"
)

// Config is everything that an installation sets.
type Config struct {
	Listen      string   `koanf:"listen" yaml:"listen"`               // address of the page and API, "127.0.0.1:8080"
	Private     string   `koanf:"private" yaml:"private"`             // address of metrics and profiling; empty turns both off
	DatabaseURL string   `koanf:"database_url" yaml:"database_url"`   // "sqlite:data/duban.db" or "postgres://…"
	DataDir     string   `koanf:"data_dir" yaml:"data_dir"`           // folder of uploaded files
	S3          S3       `koanf:"s3" yaml:"s3"`                       // an S3-compatible bucket for the files instead; no bucket: the folder
	Secure      bool     `koanf:"secure" yaml:"secure"`               // served over HTTPS: __Host- cookie and HSTS
	Proxies     []string `koanf:"proxies" yaml:"proxies"`             // addresses whose X-Forwarded-For is believed
	LogLevel    string   `koanf:"log_level" yaml:"log_level"`         // debug, info, warn, error
	Factor      string   `koanf:"second_factor" yaml:"second_factor"` // who signs in with a one-time code: optional, administrators, everybody
	Mail        Mail     `koanf:"mail" yaml:"mail"`

	// DelegationDays is how many days a head or clerk may let another act in their post at most, and how far ahead that may begin.
	DelegationDays int `koanf:"delegation_days" yaml:"delegation_days"`

	Webhook Webhook `koanf:"webhook" yaml:"webhook"`
	Jobs    Jobs    `koanf:"jobs" yaml:"jobs"`

	// ClockOffset moves the program's clock against the machine's ("48h", "-720h"), for trials of what a later day brings. It is
	// for no installation that people work with: Validate refuses it together with Secure.
	ClockOffset time.Duration `koanf:"clock_offset" yaml:"clock_offset"`
}

// Mail is how e-mail leaves; an empty host turns it off.
type Mail struct {
	Host     string `koanf:"host" yaml:"host"`
	Port     int    `koanf:"port" yaml:"port"`
	User     string `koanf:"user" yaml:"user"`
	Password string `koanf:"password" yaml:"password"`
	From     string `koanf:"from" yaml:"from"`
	TLS      string `koanf:"tls" yaml:"tls"` // starttls, tls or none
}

// S3 is a bucket of an S3-compatible store (OSS, OBS, COS, Ceph, MinIO) that keeps the uploaded files.
type S3 struct {
	Endpoint    string `koanf:"endpoint" yaml:"endpoint"` // "https://oss.example.gov.cn"
	Bucket      string `koanf:"bucket" yaml:"bucket"`     // empty: files lie in data_dir
	Region      string `koanf:"region" yaml:"region"`
	AccessKey   string `koanf:"access_key" yaml:"access_key"`
	SecretKey   string `koanf:"secret_key" yaml:"secret_key"`
	Prefix      string `koanf:"prefix" yaml:"prefix"`             // in front of every key, "duban/"
	VirtualHost bool   `koanf:"virtual_host" yaml:"virtual_host"` // the bucket stands in the host name and not in the path
}

// Webhook bounds where signed copies of messages may be sent.
type Webhook struct {
	AllowPrivate bool `koanf:"allow_private" yaml:"allow_private"` // also to private and loopback addresses
}

// Jobs are the cron lines (five fields, Asia/Shanghai) that wake the program's own work.
type Jobs struct {
	Deadlines string `koanf:"deadlines" yaml:"deadlines"`
	Deliver   string `koanf:"deliver" yaml:"deliver"`
	Nightly   string `koanf:"nightly" yaml:"nightly"`
}

// Default is the settings of a single server on this machine.
func Default() Config {
	return Config{Listen: "127.0.0.1:8080", Private: "127.0.0.1:8081", DatabaseURL: "sqlite:data/duban.db", DataDir: "data/files", LogLevel: "info", Factor: "optional", DelegationDays: 90,
		S3: S3{Region: "us-east-1"}, Mail: Mail{Port: 587, TLS: "starttls"}, Jobs: Jobs{Deadlines: "* * * * *", Deliver: "* * * * *", Nightly: "17 3 * * *"}}
}

// Load reads the file (if one is named) and the environment (DUBAN_LISTEN, DUBAN_MAIL__HOST, …) over the defaults.
func Load(file string, environ []string) (Config, error) {
	c := Default()
	layers := []map[string]any{}
	if file != "" {
		layer, err := readFile(file)
		if err != nil {
			return Config{}, err
		}
		layers = append(layers, layer)
	}
	layers = append(layers, fromEnviron(environ))
	for _, layer := range layers {
		if err := merge(&c, layer); err != nil {
			return Config{}, err
		}
	}
	return c, c.Validate()
}

func readFile(file string) (map[string]any, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	layer := make(map[string]any)
	if err := yaml.Unmarshal(raw, &layer); err != nil {
		return nil, fmt.Errorf("parse settings %s: %w", file, err)
	}
	return layer, nil
}

// envPrefix marks the program's variables; two underscores separate levels.
const envPrefix = "DUBAN_"

func fromEnviron(environ []string) map[string]any {
	layer := make(map[string]any)
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		rest, ours := strings.CutPrefix(name, envPrefix)
		if !ours {
			continue
		}
		keys := strings.Split(strings.ToLower(rest), "__")
		place := layer
		for _, key := range keys[:len(keys)-1] {
			next, ok := place[key].(map[string]any)
			if !ok {
				next = make(map[string]any)
				place[key] = next
			}
			place = next
		}
		place[keys[len(keys)-1]] = value
	}
	return layer
}

// merge lays a layer over the settings; an unknown key is an error that names it.
func merge(c *Config, layer map[string]any) error {
	decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{Result: c, TagName: "koanf", ErrorUnused: true, WeaklyTypedInput: true,
		DecodeHook: mapstructure.ComposeDecodeHookFunc(mapstructure.StringToTimeDurationHookFunc(), mapstructure.StringToSliceHookFunc(","))})
	if err != nil {
		return fmt.Errorf("prepare settings: %w", err)
	}
	if err := decoder.Decode(layer); err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	return nil
}

// Validate lists every fault of the settings.
func (c Config) Validate() error {
	var faults []string
	add := func(ok bool, format string, args ...any) {
		if !ok {
			faults = append(faults, fmt.Sprintf(format, args...))
		}
	}
	add(isAddress(c.Listen), "listen: want host:port, have %q", c.Listen)
	add(c.Private == "" || isAddress(c.Private), "private: want host:port or nothing, have %q", c.Private)
	add(strings.HasPrefix(c.DatabaseURL, "sqlite:") || strings.HasPrefix(c.DatabaseURL, "postgres"), "database_url: want sqlite:FILE or postgres://…")
	add(c.DataDir != "", "data_dir: want a folder")
	if c.S3.Bucket != "" {
		u, err := url.Parse(c.S3.Endpoint)
		add(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && strings.Trim(u.Path, "/") == "", "s3.endpoint: want https://host, have %q", c.S3.Endpoint)
		add(c.S3.AccessKey != "" && c.S3.SecretKey != "" && c.S3.Region != "", "s3: want region, access_key and secret_key with bucket")
	}
	add(strings.Contains(" debug info warn error ", " "+c.LogLevel+" "), "log_level: want debug, info, warn or error, have %q", c.LogLevel)
	add(strings.Contains(" optional administrators everybody ", " "+c.Factor+" "), "second_factor: want optional, administrators or everybody, have %q", c.Factor)
	add(c.DelegationDays >= 1 && c.DelegationDays <= 366, "delegation_days: want 1 to 366, have %d", c.DelegationDays)
	add(c.Mail.Host == "" || c.Mail.From != "", "mail.from: want a sender address when mail.host is set")
	add(strings.Contains(" starttls tls none ", " "+c.Mail.TLS+" "), "mail.tls: want starttls, tls or none, have %q", c.Mail.TLS)
	add(c.ClockOffset == 0 || !c.Secure, "clock_offset: only for trials, never together with secure")
	for _, p := range c.Proxies {
		add(net.ParseIP(p) != nil, "proxies: want addresses, have %q", p)
	}
	if len(faults) > 0 {
		return fmt.Errorf("settings: %s", strings.Join(faults, "; "))
	}
	return nil
}

// Now is the program's clock.
func (c Config) Now() time.Time {
	return time.Now().Add(c.ClockOffset) //nolint:forbidigo // this is where the clock comes from
}

func isAddress(s string) bool {
	_, _, err := net.SplitHostPort(s)
	return err == nil
}

// Timeouts of the server (reliability.md: slow clients must not hold connections).
const (
	ReadHeaderTimeout = 5 * time.Second
	ReadTimeout       = 60 * time.Second
	IdleTimeout       = 120 * time.Second
	StopTimeout       = 10 * time.Second
	MaxHeaderBytes    = 32 << 10
)
