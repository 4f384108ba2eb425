package messages

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/words"
)

// smtpTimeout bounds every exchange with the mail server.
const smtpTimeout = 15 * time.Second

var tlsPolicies = map[string]mail.TLSPolicy{"": mail.TLSMandatory, "starttls": mail.TLSMandatory, "tls": mail.TLSMandatory, "none": mail.NoTLS}

// mailer is one connection to the mail server, opened when it is first needed and again after a failure.
type mailer struct {
	settings Mail
	client   *mail.Client
}

func (m *mailer) connect(ctx context.Context) error {
	if m.client != nil {
		return nil
	}
	policy, known := tlsPolicies[m.settings.TLS]
	if !known {
		return fmt.Errorf("unknown TLS setting %q of the mail server", m.settings.TLS)
	}
	options := []mail.Option{mail.WithPort(m.settings.Port), mail.WithTimeout(smtpTimeout), mail.WithTLSPolicy(policy)}
	if m.settings.TLS == "tls" {
		options = append(options, mail.WithSSL())
	}
	if m.settings.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.settings.User), mail.WithPassword(m.settings.Password))
	}
	client, err := mail.NewClient(m.settings.Host, options...)
	if err != nil {
		return fmt.Errorf("set up mail client: %w", err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return fmt.Errorf("reach mail server: %w", err)
	}
	m.client = client
	return nil
}

func (m *mailer) close() {
	if m.client != nil {
		_ = m.client.Close() // the messages have their answers; nothing hangs on the farewell
		m.client = nil
	}
}

// send sends one e-mail. A refusal for good by the server (5xx) is given up; everything else may be tried again.
func (m *mailer) send(ctx context.Context, msg *mail.Msg) error {
	if err := m.connect(ctx); err != nil {
		return err
	}
	err := m.client.Send(msg)
	if err == nil {
		return nil
	}
	m.close()
	var refused *mail.SendError
	if errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", errGivenUp, err)
	}
	return fmt.Errorf("send mail: %w", err)
}

// post sends a parcel to its person.
func (s *Service) post(ctx context.Context, m *mailer, p parcel) error {
	to, err := s.store.Read().User.Query().Where(user.ID(p.rows[0].RecipientID)).Only(ctx)
	if ent.IsNotFound(err) || err == nil && (to.Email == "" || !to.DisabledAt.IsZero()) {
		return fmt.Errorf("%w: the person has no address or was disabled", errGivenUp)
	}
	if err != nil {
		return fmt.Errorf("read recipient: %w", err)
	}
	t, err := digestOf(words.Match(to.Language), p.rows)
	if err != nil {
		return fmt.Errorf("%w: %w", errGivenUp, err)
	}
	msg, err := s.letter(p, to, t)
	if err != nil {
		return fmt.Errorf("%w: %w", errGivenUp, err)
	}
	return m.send(ctx, msg)
}

// letter writes the e-mail. Its Message-ID is the parcel's id, so that the same message sent twice can be told.
func (s *Service) letter(p parcel, to *ent.User, t text) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := msg.From(s.settings.Mail.From); err != nil {
		return nil, fmt.Errorf("set sender: %w", err)
	}
	address, err := netmail.ParseAddress(to.Email)
	if err != nil {
		return nil, fmt.Errorf("read address of %s: %w", to.ID, err)
	}
	msg.ToMailAddress(&netmail.Address{Name: oneLine(to.Name), Address: address.Address})
	_, domain, _ := strings.Cut(strings.TrimRight(s.settings.Mail.From, "> "), "@")
	msg.SetMessageIDWithValue(p.id.String() + "@" + domain)
	msg.SetDateWithValue(p.rows[0].CreatedAt)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers
	msg.Subject(t.title)
	msg.SetBodyString(mail.TypeTextPlain, t.body+"\n\n"+words.Text(words.Match(to.Language), "message.footer", nil)+"\n")
	return msg, nil
}
