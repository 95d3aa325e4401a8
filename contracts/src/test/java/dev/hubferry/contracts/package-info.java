/** Tests of the contracts. */
@NullMarked
package dev.hubferry.contracts;

import org.jspecify.annotations.NullMarked;
