/** What moving a hub's database means: use cases, values, and ports named by need. Plain Java. */
@NullMarked
package dev.hubferry.db.domain;

import org.jspecify.annotations.NullMarked;
