package planning

import (
	_ "embed"
	"sync"

	"luoshi/internal/access"
	"luoshi/internal/service/workflow"
)

//go:embed steps.txt
var stepLines string

// rights are what the table of rights calls the steps of the workflows, as steps.txt says.
var rights = sync.OnceValue(func() map[string]access.Action { return workflow.ParseSteps(stepLines) })

type (
	// Case is how far a plan or an amendment is in its workflow, and by which steps.
	Case = workflow.Case
	// Step is a step that somebody took.
	Step = workflow.Step
	// Offer is a step that the caller may take now.
	Offer = workflow.Offer
)
