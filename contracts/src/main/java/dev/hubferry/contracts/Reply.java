package dev.hubferry.contracts;

/** What a participant answers to a command: the record that belongs to it, or {@link Rejected}. */
public sealed interface Reply extends Body permits StorageReply, K8sReply, DbReply, DnsReply, Rejected {}
