// Package sandbox is a local Lightspeed Retail (R-Series): OAuth, the V3 API and its rate limits, in memory.
package sandbox
