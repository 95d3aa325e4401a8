/** The crash matrix: every failpoint of every service, before and after. */
@NullMarked
package dev.hubferry.system.crash;

import org.jspecify.annotations.NullMarked;
