/** What the services say to each other and to the outside, and nothing else. */
@NullMarked
package dev.hubferry.contracts;

import org.jspecify.annotations.NullMarked;
