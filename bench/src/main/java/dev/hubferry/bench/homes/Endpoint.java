package dev.hubferry.bench.homes;

/** Where the other host finds a host's sshd. */
record Endpoint(String address, int port) {}
