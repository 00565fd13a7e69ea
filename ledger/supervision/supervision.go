// Package supervision holds the rules of supervision orders (督办单): what an order says, how it is numbered, what
// terms it has, which sheet follows from how late a matter is, and when somebody has to be reminded.
//
// One matter is one order: it has one unit that leads, others that cooperate, a basis, a requirement and a deadline. How
// it goes from hand to hand is said by flow order, not here. Everything is pure: the same order, clocks, rule and date
// give the same answer, whoever asks and when.
package supervision
