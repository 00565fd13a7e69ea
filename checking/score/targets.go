package score

// targetRule is the name of the rule that holds targets against results.
const targetRule = "target"

// openVerdict is what that rule says where the document does not decide.
const openVerdict = "open"

// said is the verdict of a finding that the key's verdict asks for.
var said = map[Verdict]string{
	Missed: "missed", Exceeded: "exceeded", Met: "met", OnTrack: "ahead", Behind: "behind", Open: openVerdict,
}

// target scores a target against its result.
func (s *scorer) target(o *Outcome) {
	if o.Relation.Verdict == Open {
		o.Right = !s.decided(o.Relation)
		o.Nearly = o.Right
	} else {
		o.Right = s.judged(o.Relation, nil)
		o.Nearly = o.Right || s.judged(o.Relation, s.twins)
	}
	if o.Right {
		o.Found = o.Claims
	}
}

// judged tells whether every result of the line has a finding with the verdict of the key and none with
// another. Twins are places that may stand for each other.
func (s *scorer) judged(r *Relation, twins map[int][]int) bool {
	target := -1
	for _, spot := range r.Spots() {
		if spot.Role == Target && target < 0 {
			target = spot.At
		}
	}
	for _, spot := range r.Spots() {
		if spot.Role != Part {
			continue
		}
		right, contrary := s.verdicts(r.Verdict, spot.At, target, twins)
		if !right || contrary {
			return false
		}
	}
	return true
}

// verdicts tells what the findings say of a result and its target; without the place of a target, of the
// result alone.
func (s *scorer) verdicts(want Verdict, result, target int, twins map[int][]int) (right, contrary bool) {
	for i := range s.findings {
		f := &s.findings[i]
		if f.Rule != targetRule || !f.at.has(result, twins) || target >= 0 && !f.at.has(target, twins) {
			continue
		}
		if f.Verdict == said[want] {
			right = true
		} else if f.Verdict != openVerdict {
			contrary = true
		}
	}
	return right, contrary
}

// has tells whether the place or one of its twins is among the places.
func (p places) has(at int, twins map[int][]int) bool {
	if p[at] {
		return true
	}
	for _, twin := range twins[at] {
		if p[twin] {
			return true
		}
	}
	return false
}

// decided tells whether a finding judges what the line calls open: two of its figures, or its only one.
func (s *scorer) decided(r *Relation) bool {
	for i := range s.findings {
		f := &s.findings[i]
		if f.Rule == targetRule && f.Verdict != openVerdict && f.Verdict != "" && s.about(*f, r) {
			return true
		}
	}
	return false
}

// about tells whether a finding names two figures of a relation, or its only one.
func (s *scorer) about(f found, r *Relation) bool {
	spots := r.Spots()
	return f.at.shares(spots) >= min(2, len(spots))
}

// twinsOf lists, for each figure that section C names, the other places where it stands.
func twinsOf(key []Relation) map[int][]int {
	twins := map[int][]int{}
	for i := range key {
		if key[i].Section != Same || key[i].Verdict == Fail {
			continue
		}
		for _, c := range key[i].Claims {
			for _, a := range c.Spots {
				for _, b := range c.Spots {
					if a.At != b.At {
						twins[a.At] = append(twins[a.At], b.At)
					}
				}
			}
		}
	}
	return twins
}
