/** Use cases, values and ports of storage-svc; plain Java. */
@NullMarked
package dev.hubferry.storage.domain;

import org.jspecify.annotations.NullMarked;
