/** Everything together: hosts, clusters, name servers, broker, database, users, the five services, and a prober. */
@NullMarked
package dev.hubferry.sandbox.world;

import org.jspecify.annotations.NullMarked;
