package lightspeed

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/internal/clock"
)

const (
	saleTexts = `"saleID":"277","timeStamp":"2026-05-02T18:20:31+00:00","createTime":"2026-05-02T18:20:31+00:00","referenceNumber":"WEB-1","referenceNumberSource":"Web",
	"customerID":"8","employeeID":"2","registerID":"2","shopID":"1","taxCategoryID":"1","calcSubtotal":"89.94","calcTax1":"6.6","calcTax2":"0","calcTotal":"96.54",`
	openSale   = `{"@attributes":{"count":"1"},"Sale":{` + saleTexts + `"completed":"false","archived":"false","voided":"false","calcPayments":"0","balance":"96.54"}}`
	unbalanced = `{"httpCode":"400","httpMessage":"Bad Request","message":"Cannot complete an out of balance sale. Non-cash payments are greater than the total.","errorClass":"OutOfBalanceError","saleID":"1234","balance":"-0.01"}`
	oneType    = `{"@attributes":{"count":"1"},"PaymentType":{"paymentTypeID":"10","name":"Manual","archived":"false"}}`
	oneBuyer   = `{"@attributes":{"count":"1"},"Customer":{"customerID":"8","firstName":"A","lastName":"","archived":"false","createTime":"2026-05-02T18:20:31+00:00","timeStamp":"2026-05-02T18:20:31+00:00"}}`
)

func amountOf(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// anyAnswer suits every call of the table below.
func anyAnswer(w http.ResponseWriter, r *http.Request) {
	body := openSale
	switch {
	case strings.Contains(r.URL.Path, "PaymentType"):
		body = oneType
	case strings.Contains(r.URL.Path, "Customer"):
		body = oneBuyer
	}
	reply(200, body)(w, r)
}

// creations are the calls that must not be repeated; endings may be.
func creations(a *api) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"sale":          func(ctx context.Context) error { _, err := a.CreateSale(ctx, NewSale{}); return err },
		"customer":      func(ctx context.Context) error { _, err := a.CreateCustomer(ctx, NewCustomer{}); return err },
		"payment type":  func(ctx context.Context) error { _, err := a.CreatePaymentType(ctx, "Manual"); return err },
		"with payments": func(ctx context.Context) error { _, err := a.CompleteSaleWithPayments(ctx, 277, nil); return err },
	}
}

func endings(a *api) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"complete": func(ctx context.Context) error { _, err := a.CompleteSale(ctx, 277); return err },
		"archive":  func(ctx context.Context) error { return a.ArchiveSale(ctx, 277) },
	}
}

// Whether a failed request may have taken effect, how often it was sent, and as which error it comes back.
func TestOutcomeOfWrites(t *testing.T) {
	t.Parallel()
	badRequest := reply(400, `{"httpCode":"400","message":"Sale not created.","errorClass":"Exception"}`)
	for name, tt := range map[string]struct {
		answer   http.HandlerFunc
		unclear  bool
		want     error
		once     int // requests of a creation
		repeated int // of an ending
	}{
		"500":             {reply(500, `{"message":"oops"}`), true, ErrUnavailable, 1, 6},
		"502 HTML":        {reply(502, "<html>"), true, ErrUnavailable, 1, 6},
		"408":             {reply(408, ""), true, ErrUnavailable, 1, 6},
		"redirect":        {reply(302, "", "Location", "https://evil.example/"), true, ErrUnavailable, 1, 6},
		"no answer":       {hangUp, true, ErrUnavailable, 1, 6},
		"cut":             {cutOff, true, ErrUnavailable, 1, 6},
		"HTML":            {reply(200, "<html>"), true, ErrUnavailable, 1, 6},
		"HTML 403":        {reply(403, "<html>"), true, ErrUnavailable, 1, 6},
		"half":            {reply(200, openSale[:200]), true, ErrMalformed, 1, 6},
		"empty":           {reply(200, ""), true, ErrMalformed, 1, 6},
		"no record":       {reply(200, `{"@attributes":{"count":"1"}}`), true, ErrMalformed, 1, 6},
		"without an id":   {reply(200, `{"Sale":{},"Customer":{},"PaymentType":{}}`), true, ErrMalformed, 1, 6},
		"counts none":     {reply(200, `{"@attributes":{"count":"0"}}`), true, ErrNotFound, 1, 1},
		"try again later": {reply(400, `{"message":"Please try again later."}`), true, &APIError{}, 1, 6},
		"wordless 400":    {reply(400, ""), true, &APIError{}, 1, 1},
		"half a 400":      {reply(400, unbalanced[:120]), true, &APIError{}, 1, 1},
		"strange 404":     {reply(404, "{}"), true, ErrNotFound, 1, 1},
		"wordless 401":    {reply(401, ""), false, ErrUnauthorized, 2, 2},
		"refused":         {badRequest, false, &APIError{}, 1, 1},
		"forbidden":       {reply(403, `{"message":"no","errorClass":"InsufficientRightsException"}`), false, ErrForbidden, 1, 1},
		"not found":       {reply(404, `{"message":"no"}`), false, ErrNotFound, 1, 1},
		"422":             {reply(422, `{"message":"no"}`), false, &APIError{}, 1, 1},
		"unbalanced":      {reply(400, unbalanced), false, &OutOfBalanceError{}, 1, 1},
		"throttled":       {reply(429, "", "Retry-After", "1"), false, ErrThrottled, 10, 10},
		"token refused":   {reply(401, `{"error":"access_denied"}`), false, ErrUnauthorized, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check := func(a *api, call func(context.Context) error, kind string, requests int) {
				err := call(t.Context())
				if errors.Is(err, ErrUnclear) != tt.unclear || a.count() != requests {
					t.Errorf("%s: %d requests, %v", kind, a.count(), err)
				}
				var refused *APIError
				var balance *OutOfBalanceError
				switch tt.want.(type) { //nolint:errorlint // want is the error itself and wraps nothing
				case *OutOfBalanceError:
					if !errors.As(err, &balance) || balance.SaleID != 1234 || !balance.Balance.Equal(amountOf("-0.01")) || !errors.As(err, &refused) || refused.Status != 400 {
						t.Errorf("%s: %v", kind, err)
					}
				case *APIError:
					if !errors.As(err, &refused) {
						t.Errorf("%s: %v", kind, err)
					}
				default:
					if !errors.Is(err, tt.want) {
						t.Errorf("%s: %v, want %v", kind, err, tt.want)
					}
				}
			}
			for kind := range creations(nil) {
				a := serveAPI(t, tt.answer)
				check(a, creations(a)[kind], kind, tt.once)
			}
			for kind := range endings(nil) {
				a := serveAPI(t, tt.answer)
				check(a, endings(a)[kind], kind, tt.repeated)
			}
		})
	}
}

// What was refused for a reason that passes is sent again, creations too.
func TestWritesRecover(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]http.HandlerFunc{"throttled": reply(429, "", "Retry-After", "2"), "expired": reply(401, `{"error":"access_denied"}`)} {
		for kind := range creations(nil) {
			a := serveAPI(t, failure, anyAnswer)
			if err := creations(a)[kind](t.Context()); err != nil || a.count() != 2 || a.bodies[0] != a.bodies[1] {
				t.Errorf("%s, %s: %v after %d", name, kind, err, a.count())
			}
		}
	}
	for name, failure := range map[string]http.HandlerFunc{"500": reply(500, ""), "no answer": hangUp, "try again later": reply(400, `{"message":"Try again later"}`)} {
		for kind := range endings(nil) {
			a := serveAPI(t, failure, anyAnswer)
			if err := endings(a)[kind](t.Context()); err != nil || a.count() != 2 {
				t.Errorf("%s, %s: %v after %d", name, kind, err, a.count())
			}
		}
	}
}

// A refusal of the second try does not undo the first one.
func TestRefusalAfterUnclearStaysUnclear(t *testing.T) {
	t.Parallel()
	a := serveAPI(t, hangUp, reply(400, unbalanced))
	_, err := a.CompleteSale(t.Context(), 1234)
	var refused *OutOfBalanceError
	if !errors.Is(err, ErrUnclear) || !errors.As(err, &refused) || a.count() != 2 {
		t.Errorf("%v after %d", err, a.count())
	}
}

func TestWriteEndsWithItsContext(t *testing.T) {
	t.Parallel()
	t.Run("after it was sent", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		a := serveAPI(t, func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		if _, err := a.CreateSale(ctx, NewSale{}); !errors.Is(err, ErrUnclear) || !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("refused at the last moment", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		a := serveAPI(t, reply(400, unbalanced))
		a.client.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			resp, err := http.DefaultTransport.RoundTrip(r.WithContext(context.WithoutCancel(r.Context())))
			cancel()
			return resp, err
		})
		var refused *OutOfBalanceError
		if _, err := a.CreateSale(ctx, NewSale{Completed: true}); !errors.As(err, &refused) || refused.SaleID != 1234 {
			t.Errorf("%v", err)
		}
	})
	t.Run("in the queue", func(t *testing.T) {
		t.Parallel()
		a := serveAPI(t, anyAnswer)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := a.CreateSale(ctx, NewSale{}); errors.Is(err, ErrUnclear) || !errors.Is(err, context.Canceled) || a.count() != 0 {
			t.Errorf("%v after %d", err, a.count())
		}
	})
	t.Run("without a token", func(t *testing.T) {
		t.Parallel()
		a := serveAPI(t, anyAnswer)
		a.tokens.err = errors.New("locked")
		if _, err := a.CreateSale(t.Context(), NewSale{}); err == nil || errors.Is(err, ErrUnclear) || a.count() != 0 {
			t.Errorf("%v after %d", err, a.count())
		}
	})
	t.Run("with its token", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		a := serveAPI(t, anyAnswer)
		late := a.client.Account("123456", lateToken{a.tokens, cancel})
		if _, err := late.CreateSale(ctx, NewSale{}); errors.Is(err, ErrUnclear) || !errors.Is(err, context.Canceled) || a.count() != 0 {
			t.Errorf("%v after %d", err, a.count())
		}
		if s := late.Stats(); s.Requests != 0 {
			t.Errorf("counted as sent: %+v", s)
		}
	})
	t.Run("while it connects", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		a := serveAPI(t, anyAnswer)
		dialing := http.DefaultTransport.(*http.Transport).Clone()
		dialing.DialContext = blockedDial(cancel)
		a.client.http.Transport = dialing
		if _, err := a.CreateSale(ctx, NewSale{}); errors.Is(err, ErrUnclear) || !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("attempt", func(t *testing.T) {
		t.Parallel()
		a := serveAPI(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		a.client.retry.AttemptTimeout = 20 * time.Millisecond
		if _, err := a.CreateSale(t.Context(), NewSale{}); !errors.Is(err, ErrUnclear) || !errors.Is(err, ErrUnavailable) || a.count() != 1 {
			t.Errorf("%v after %d", err, a.count())
		}
	})
}

// A connection in use already makes no difference: the transport must not repeat what it cannot know to be unsent.
func TestTransportDoesNotRepeatWrites(t *testing.T) {
	t.Parallel()
	for kind := range creations(nil) {
		a := serveAPI(t, anyAnswer, hangUp, anyAnswer)
		var bodies int
		a.client.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.GetBody != nil || r.Header.Get("Idempotency-Key") != "" || r.Header.Get("X-Idempotency-Key") != "" {
				t.Errorf("%s: the transport may repeat it", kind)
			}
			bodies++
			return http.DefaultTransport.RoundTrip(r)
		})
		if err := creations(a)[kind](t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := creations(a)[kind](t.Context()); !errors.Is(err, ErrUnclear) || a.count() != 2 || bodies != 2 {
			t.Errorf("%s: %v after %d", kind, err, a.count())
		}
	}
}

// The vendor's servers speak HTTP/2, where an answer fails with its stream and not with its connection.
func TestOutcomeOfWritesOverHTTP2(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(http.ResponseWriter, *http.Request, context.CancelFunc){
		"reset": func(w http.ResponseWriter, r *http.Request, _ context.CancelFunc) { hangUp(w, r) },
		"cut": func(w http.ResponseWriter, r *http.Request, _ context.CancelFunc) {
			anyAnswer(w, r)
			_ = http.NewResponseController(w).Flush()
			hangUp(w, r)
		},
		"given up": func(_ http.ResponseWriter, r *http.Request, giveUp context.CancelFunc) {
			giveUp()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			var requests atomic.Int64
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.ProtoMajor != 2 {
					t.Errorf("over %s", r.Proto)
				}
				if requests.Add(1) == 1 {
					anyAnswer(w, r)
					return
				}
				fail(w, r, cancel)
			}))
			server.EnableHTTP2 = true
			server.StartTLS()
			t.Cleanup(server.Close)
			client := NewClient(Config{BaseURL: server.URL, HTTP: server.Client(), Clock: clock.NewAuto(testStart)})
			account := client.Account("123456", &tokens{current: testToken})
			if _, err := account.CreateSale(t.Context(), NewSale{}); err != nil {
				t.Fatal(err)
			}
			if _, err := account.CreateSale(ctx, NewSale{}); !errors.Is(err, ErrUnclear) || requests.Load() != 2 {
				t.Errorf("%v after %d", err, requests.Load())
			}
		})
	}
}

// The bodies: strings for all scalars, amounts exactly as they are, text as it is.
func TestBodiesOfWrites(t *testing.T) {
	t.Parallel()
	a := serveAPI(t, anyAnswer)
	none := int64(0)
	sale := NewSale{
		ReferenceNumber: "WEB-1", ReferenceNumberSource: "Web", EmployeeID: 2, RegisterID: 3, ShopID: 4, TaxCategoryID: &none,
		Lines: []NewSaleLine{
			{ItemID: 5, UnitQuantity: 2, UnitPrice: amountOf("0.10"), Tax: true, TaxClassID: 2},
			{UnitQuantity: 1, UnitPrice: amountOf("12345678.123456"), Note: "O'Hara's <b> & 🚲"},
		},
		Payments:     []NewSalePayment{{PaymentTypeID: 9, Amount: amountOf("1e2"), RemoteReference: "pay"}},
		InternalNote: "in\"side", CompleteTime: time.Date(2026, 5, 2, 10, 0, 0, 5, time.FixedZone("", -7*3600)),
	}
	ctx := t.Context()
	for _, call := range []func() error{
		func() error { _, err := a.CreateSale(ctx, sale); return err },
		func() error {
			_, err := a.CreateSale(ctx, NewSale{CustomerID: 8, Completed: true, PrintedNote: "Thanks"})
			return err
		},
		func() error { _, err := a.CompleteSale(ctx, 277); return err },
		func() error { _, err := a.CompleteSaleWithPayments(ctx, 277, sale.Payments); return err },
		func() error { return a.ArchiveSale(ctx, 277) },
		func() error { _, err := a.CreatePaymentType(ctx, "By hand"); return err },
		func() error {
			_, err := a.CreateCustomer(ctx, NewCustomer{FirstName: "Zoë", LastName: "O'Hara"})
			return err
		},
		func() error {
			_, err := a.CreateCustomer(ctx, NewCustomer{Company: "Ex", Email: "a+b@example.com", Phone: "541", Address: Address{Line1: "1 Main", City: "S"}})
			return err
		},
	} {
		if err := call(); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		`{"employeeID":"2","registerID":"3","shopID":"4","customerID":"0","taxCategoryID":"0","completed":"false","completeTime":"2026-05-02T17:00:00+00:00","referenceNumber":"WEB-1","referenceNumberSource":"Web","enablePromotions":"false","SaleLines":{"SaleLine":[{"itemID":"5","unitQuantity":"2","unitPrice":"0.1","tax":"true","taxClassID":"2"},{"unitQuantity":"1","unitPrice":"12345678.123456","tax":"false","Note":{"note":"O'Hara's <b> & 🚲","isPublic":"true"}}]},"SalePayments":{"SalePayment":[{"amount":"100","paymentTypeID":"9","remoteReference":"pay"}]},"SaleNotes":{"InternalNote":{"note":"in\"side"}}}`,
		`{"employeeID":"0","registerID":"0","shopID":"0","customerID":"8","completed":"true","enablePromotions":"false","SaleNotes":{"PrintedNote":{"note":"Thanks"}}}`,
		`{"completed":"true"}`,
		`{"completed":"true","SalePayments":{"SalePayment":[{"amount":"100","paymentTypeID":"9","remoteReference":"pay"}]}}`,
		``,
		`{"name":"By hand","requireCustomer":"false"}`,
		`{"firstName":"Zoë","lastName":"O'Hara","Contact":{"noEmail":"false","noPhone":"false","noMail":"false"}}`,
		`{"company":"Ex","Contact":{"noEmail":"false","noPhone":"false","noMail":"false","Addresses":{"ContactAddress":{"address1":"1 Main","city":"S"}},"Phones":{"ContactPhone":{"number":"541","useType":"Mobile"}},"Emails":{"ContactEmail":{"address":"a+b@example.com","useType":"Primary"}}}}`,
	}
	if diff := cmp.Diff(want, a.bodies); diff != "" {
		t.Error(diff)
	}
	if r := a.requests[4]; r.Method != http.MethodDelete || r.URL.Path != "/base/API/V3/Account/123456/Sale/277.json" {
		t.Errorf("%s %s", r.Method, r.URL)
	}
}

// Searches that a filter would take for something else are refused, and so are empty ones.
func TestSearchable(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "IN,1", "in,1", ">=,2", "~,%", "!=,x"} {
		a := serveAPI(t, reply(200, emptyPage))
		if _, err := a.SalesByReference(t.Context(), text); err == nil || a.count() != 0 {
			t.Errorf("%q was looked for", text)
		}
		if _, err := a.CustomersByEmail(t.Context(), text); err == nil || a.count() != 0 {
			t.Errorf("%q was looked for", text)
		}
	}
	a := serveAPI(t, reply(200, strings.ReplaceAll(strings.ReplaceAll(openSale, `"count":"1"`, `"next":""`), "WEB-1", "web-1 & co,5")))
	for text, want := range map[string]int{"web-1 & co,5": 1, "WEB-1 & co,5": 0} {
		if found, err := a.SalesByReference(t.Context(), text); err != nil || len(found) != want {
			t.Errorf("%q: %v, %v", text, found, err)
		}
	}
	if q := a.requests[0].URL.Query(); !strings.EqualFold(q.Get("referenceNumber"), "web-1 & co,5") || q.Get("archived") != "true" || q.Get("load_relations") != saleRelations {
		t.Errorf("query %v", q)
	}
}

// The pacer uses the published cost of a write until an answer reports it.
func TestCostOfWritesIsKnownBeforehand(t *testing.T) {
	t.Parallel()
	a := serveAPI(t, anyAnswer)
	sale := NewSale{Lines: []NewSaleLine{{Note: "x"}, {}, {}}, Payments: []NewSalePayment{{}}, Completed: true}
	if _, err := a.CreateSale(t.Context(), sale); err != nil {
		t.Fatal(err)
	}
	if got := a.pacer.bucket.costs["POST /API/V#/Account/#/Sale.json 5 completed "]; got != 7.5 {
		t.Errorf("costs %v", a.pacer.bucket.costs)
	}
}

// lateToken gives a token whose caller has given up meanwhile.
type lateToken struct {
	*tokens
	giveUp context.CancelFunc
}

func (s lateToken) Token(ctx context.Context) (string, error) {
	s.giveUp()
	return s.tokens.Token(ctx)
}

// blockedDial is a dialler that gives up with its context, which it ends itself.
func blockedDial(cancel context.CancelFunc) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}
}
