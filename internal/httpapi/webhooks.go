package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/messages"
)

// registerWebhooks adds the addresses that get signed copies of messages.
func (a *API) registerWebhooks() {
	op := func(id, method, path, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/webhooks" + path, Tag: "webhooks", Permission: access.WebhookManage, Summary: summary, Description: description}
	}
	version := func(v messages.Webhook) int { return v.Version }
	route(a, op("list-webhooks", http.MethodGet, "", "List webhooks", "The authority's webhooks, without their secrets."),
		func(ctx context.Context, _ *struct{}) (*plain[messages.WebhookList], error) {
			list, err := a.Messages.Webhooks(ctx)
			return &plain[messages.WebhookList]{list}, err
		})
	create := op("create-webhook", http.MethodPost, "", "Add a webhook",
		"The answer shows the secret once. Calls are POST with a JSON body and the headers Duban-Message-Id (stable over retries), Duban-Timestamp (seconds) and "+
			"Duban-Signature: \"v1=\" and the hexadecimal HMAC-SHA256, under the secret, of timestamp, point and body. Any 2xx answer within 5 seconds counts; "+
			"redirects are not followed, and private addresses are refused unless the settings allow them.")
	create.Creates, create.Status = true, http.StatusCreated
	route(a, create, func(ctx context.Context, in *struct{ Body messages.CreateWebhookInput }) (*one[messages.Webhook], error) {
		made, err := a.Messages.CreateWebhook(ctx, in.Body)
		return reply(made, made.Version), err
	})
	turn := func(on bool) func(context.Context, ident.ID, int) (messages.Webhook, error) {
		return func(ctx context.Context, id ident.ID, version int) (messages.Webhook, error) {
			return a.Messages.EnableWebhook(ctx, id, version, on)
		}
	}
	actOn(a, op("disable-webhook", http.MethodPost, "/{id}/disable", "Turn a webhook off", "It gets no more calls; what waits for it is given up."), turn(false), version)
	actOn(a, op("enable-webhook", http.MethodPost, "/{id}/enable", "Turn a webhook on", "It gets what happens from now on."), turn(true), version)
	route(a, op("test-webhook", http.MethodPost, "/{id}/test", "Try a webhook", "Calls it now with a test message and tells what came of it."),
		func(ctx context.Context, in *byID) (*plain[messages.WebhookTrial], error) {
			trial, err := a.Messages.TestWebhook(ctx, in.ID)
			return &plain[messages.WebhookTrial]{trial}, err
		})
}
