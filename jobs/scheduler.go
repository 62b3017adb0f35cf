package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/google/uuid"

	"possync/jobs/restore"
)

// How often each job checks for work. The database decides what is due, not these.
const (
	tickEvery      = 500 * time.Millisecond // work starts within a second of when it is due
	renewEvery     = time.Minute
	revokeEvery    = time.Minute
	sweepEvery     = time.Minute
	retentionEvery = time.Hour
	customersEvery = 10 * time.Minute
	deletionEvery  = time.Second
	salesEvery     = 5 * time.Second
	listEvery      = time.Second
	sampleEvery    = time.Minute
	watchEvery     = time.Minute
	incidentsEvery = 2 * time.Second
	writeEvery     = 10 * time.Second
	sendEvery      = time.Second
)

// startScheduler starts gocron. stop ends it and waits for the jobs it runs.
func (s *Service) startScheduler(ctx context.Context, tick func()) (stop func() error, err error) {
	scheduler, err := gocron.NewScheduler(
		gocron.WithLocation(time.UTC),
		gocron.WithLogger(s.Logger),
		gocron.WithStopTimeout(20*time.Second),
		gocron.WithGlobalJobOptions(
			gocron.WithSingletonMode(gocron.LimitModeReschedule),
			gocron.WithEventListeners(
				// Without listeners gocron drops errors and lets a panic end the process.
				gocron.AfterJobRunsWithError(func(_ uuid.UUID, name string, err error) {
					if ctx.Err() == nil {
						s.Logger.ErrorContext(ctx, "job failed", "job", name, "error", err)
					}
				}),
				gocron.AfterJobRunsWithPanic(func(_ uuid.UUID, name string, p any) {
					s.Logger.ErrorContext(ctx, "job panicked", "job", name, "panic", fmt.Sprint(p))
				}),
			),
		))
	if err != nil {
		return nil, fmt.Errorf("create the scheduler: %w", err)
	}
	jobs := []struct {
		name  string
		every time.Duration
		run   func(context.Context) error
	}{
		{"tick", tickEvery, func(context.Context) error {
			s.lastTick.Store(time.Now().UnixNano())
			tick()
			return nil
		}},
		{"heartbeat", restore.HeartbeatEvery, s.restores.Heartbeat},
		{"renew tokens", renewEvery, s.links.RenewDue},
		{"retry refused tokens", renewEvery, s.links.RetryRefused},
		{"revoke tokens", revokeEvery, func(ctx context.Context) error {
			return errors.Join(s.links.CloseAbandoned(ctx), s.links.RevokeDue(ctx))
		}},
		{"sweep open sales", sweepEvery, s.exporter.Sweep},
		{"retention", retentionEvery, s.applyRetention},
		{"erase old customer data", customersEvery, s.EraseOldCustomers},
		{"delete sites", deletionEvery, s.DeleteSites},
		{"report sales", salesEvery, s.reportSales},
		{"list products", listEvery, s.listProducts},
		{"sample budgets", sampleEvery, s.SampleBudgets},
		{"watch platforms", watchEvery, s.WatchPlatforms},
		{"watch for incidents", incidentsEvery, s.WatchIncidents},
		{"write of alerts", writeEvery, s.WriteAlertEmails},
		{"send e-mails", sendEvery, s.SendAlertEmails},
	}
	for _, job := range jobs {
		_, err := scheduler.NewJob(gocron.DurationJob(job.every/time.Duration(s.Pace)), gocron.NewTask(job.run),
			gocron.WithName(job.name), gocron.WithContext(ctx), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return nil, fmt.Errorf("add job %q: %w", job.name, err)
		}
	}
	scheduler.Start()
	return func() error {
		s.lastTick.Store(0)
		if err := scheduler.Shutdown(); err != nil {
			return fmt.Errorf("stop the scheduler: %w", err)
		}
		return nil
	}, nil
}

func stack() string { return string(debug.Stack()) }
