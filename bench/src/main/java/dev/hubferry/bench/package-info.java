/** Load on the real services, measured from outside. */
@NullMarked
package dev.hubferry.bench;

import org.jspecify.annotations.NullMarked;
