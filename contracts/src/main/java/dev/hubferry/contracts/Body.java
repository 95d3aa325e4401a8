package dev.hubferry.contracts;

/** Anything that travels as the JSON body of a message. */
public sealed interface Body permits Command, Cancel, Probe, Reply, CommandStatus, Progress, MigrationEvent {}
