// Package config is the settings of a server: what they are called, where each was said, and what is wrong with
// them. It is a room of its own because everything that opens a server needs the same settings in the same way
// (the server itself, backup, audit, the commands about accounts, tests), and no other room may ask the environment.
//
// settings.txt names every setting once. Its name is the flag (--public-url), with LUOSHI_ and capitals the
// variable of the environment (LUOSHI_PUBLIC_URL), and as it stands the name in the file. A flag goes before the
// environment, that before the file, that before the default.
package config
