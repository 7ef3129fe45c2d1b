// Package rtltest holds the test that the cycle model of gen/model agrees with the simulated hardware. It is a package of
// its own because it imports gen/run and with it the whole machine, which gen/model does not.
package rtltest
