// Package target reads the description of an accelerator: the numbers that size its lanes, memory and port.
//
// A target is a small TOML file (targets/*.toml). Everything that builds, programs or models the machine takes a
// [Target]; nothing else in the project repeats these numbers.
//
// It imports the standard library and the TOML reader only. Start at [Target], then [Load]; the rules a target must
// satisfy stand in check.go, one after the other.
package target
