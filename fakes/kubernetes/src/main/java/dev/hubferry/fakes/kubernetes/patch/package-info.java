/** The four kinds of patches. */
@NullMarked
package dev.hubferry.fakes.kubernetes.patch;

import org.jspecify.annotations.NullMarked;
