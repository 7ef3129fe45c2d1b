// Package tool knows the outside programs and files that sparsegen can use: what each is for, how to find it and
// how to install it. Nothing here is needed to build, emit or simulate in process.
//
// Start reading at All. The package imports nothing of this project.
package tool
