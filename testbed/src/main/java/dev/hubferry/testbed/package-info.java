/** Real parts (Kafka, Postgres, sshd) that tests and the sandbox start on loopback and stop without leftovers. */
@NullMarked
package dev.hubferry.testbed;

import org.jspecify.annotations.NullMarked;
