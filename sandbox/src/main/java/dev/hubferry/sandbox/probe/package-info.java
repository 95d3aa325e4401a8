/** What a user outside would see: is the hub reachable now? */
@NullMarked
package dev.hubferry.sandbox.probe;

import org.jspecify.annotations.NullMarked;
