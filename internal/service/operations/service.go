package operations

import "luoshi/internal/service"

// Parts are what a Service works with beside the core.
type Parts struct {
	Jobs Jobs
}

// Service is the use cases of operation.
type Service struct {
	core *service.Core
	jobs Jobs
}

// New makes a Service.
func New(core *service.Core, parts Parts) *Service { return &Service{core: core, jobs: parts.Jobs} }
