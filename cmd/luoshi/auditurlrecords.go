package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"luoshi/internal/service/publication/disclosed"
)

// mostNamed bounds the records that are named one by one.
const mostNamed = 20

// nameAltered asks for the proof of each record of a plan and names those that are no part of the edition. Where the
// proofs of all fail they tell nothing of single records, and none is named.
func (v *siteCheck) nameAltered(p toldPlan) {
	var altered []disclosed.Promise
	for i, record := range p.records {
		if i == 0 {
			continue // the heading, of which there is no proof
		}
		var promise disclosed.Promise
		if json.Unmarshal(record, &promise) != nil || !v.proved(p, promise.Key, record) {
			altered = append(altered, promise)
		}
	}
	if len(altered) > 1 && len(altered) == len(p.records)-1 {
		return
	}
	for _, promise := range altered[:min(len(altered), mostNamed)] {
		v.say("audit.url.record_broken", promise.Key, promise.Title)
	}
}

// proved tells whether a record is a part of the edition, as the proof that the site gives of it says.
func (v *siteCheck) proved(p toldPlan, key string, record []byte) bool {
	var proof disclosed.Proof
	if err := v.site.read(v.ctx, p.Address+"/proofs/"+key+".json", mostOfLog, &proof); err != nil {
		return false
	}
	hashing := v.keys[0].Suite().Hashing()
	return hashing.VerifyInclusion(proof.Leaf, p.proof.Edition.Leaves, hashing.Leaf(record), p.proof.Edition.Root, proof.Path) == nil
}

var errOtherPlan = errors.New("the records are those of another plan")

// heading checks that the first record is that of the plan that the edition is of.
func (p toldPlan) heading() error {
	var heading disclosed.Heading
	if len(p.records) == 0 {
		return errOtherPlan
	}
	if err := json.Unmarshal(p.records[0], &heading); err != nil {
		return fmt.Errorf("reading the heading: %w", err)
	}
	if heading.Plan != p.proof.Edition.Plan || heading.Title != p.Title || heading.Address != p.Address {
		return errOtherPlan
	}
	return nil
}
